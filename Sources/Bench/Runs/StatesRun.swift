import Game
import Glibc

/// `pixelwars-bench states`: what a step of the engine costs with ever more accounts.
///
/// Engines of all sizes take turns round by round, so that whatever else the machine does meets them alike. One
/// size is there twice: what its twins differ by is the noise.
struct StatesRun {
    /// The figures of one kind of step at one size.
    struct Kind: Codable {
        var kind: StepKind
        var steps: Int
        var medianUs: Double
        var p99Us: Double
    }

    /// The figures of one size.
    struct Size: Codable {
        var accounts: Int
        var queued: Int
        var playing: Int
        /// Over all kinds in the mix, each as often as the others.
        var medianUs: Double
        var p99Us: Double
        var kinds: [Kind]
    }

    /// How a median grew between two sizes.
    struct Growth: Codable {
        var from: Int
        var to: Int
        /// The median of the ratios of all blocks.
        var ratio: Double
        /// log `to` ÷ log `from`.
        var logRatio: Double
    }

    /// All of it.
    struct Measurement: Codable {
        var sizes: [Size]
        var growths: [Growth]
        /// What two engines of one size differ by in nine blocks of ten, as a share.
        var noise: Double
        var bars: [Bar]
    }

    /// Accounts, rising; the engine of the middle size has a twin.
    var sizes = [1_000, 10_000, 100_000]
    /// How often medians are compared.
    var blocks = 20
    var roundsPerBlock = 100

    private static let maxMedianUs = 50.0
    private static let noiseShare = 0.9

    /// Builds the engines, has them take turns, and sums up.
    func measurement() throws(BenchFailure) -> Measurement {
        var subjects: [EngineSubject] = []
        let counts = sizes + [sizes[sizes.count / 2]]
        for (number, count) in counts.enumerated() {
            Report.line("states: signing \(count) accounts in")
            subjects.append(try EngineSubject(count: count, seed: UInt64(number)))
        }
        var totals = [[StepKind: Samples]](repeating: [:], count: counts.count)
        var medians = [[Double]](repeating: [], count: counts.count)
        for block in 0..<blocks {
            for round in 0..<roundsPerBlock {
                for turn in subjects.indices {
                    subjects[(turn + round + block) % subjects.count].round()
                }
            }
            for index in subjects.indices {
                let found = subjects[index].takeSamples()
                medians[index].append(Self.mix(found).percentileUs(0.5))
                for (kind, samples) in found { totals[index][kind, default: Samples()].add(samples) }
            }
        }
        let measured = sizes.indices.map { size(subjects[$0], totals[$0]) }
        return summary(measured, medians)
    }

    private static func mix(_ found: [StepKind: Samples]) -> Samples {
        var all = Samples()
        for kind in StepKind.mixed { all.add(found[kind] ?? Samples()) }
        return all
    }

    private func size(_ subject: EngineSubject, _ found: [StepKind: Samples]) -> Size {
        let mix = Self.mix(found)
        let kinds = StepKind.allCases.map { kind in
            let samples = found[kind] ?? Samples()
            return Kind(
                kind: kind, steps: samples.count, medianUs: samples.percentileUs(0.5),
                p99Us: samples.percentileUs(0.99))
        }
        return Size(
            accounts: subject.count, queued: subject.crowd.count(.queued),
            playing: subject.crowd.count(.playing), medianUs: mix.percentileUs(0.5),
            p99Us: mix.percentileUs(0.99), kinds: kinds.filter { $0.steps > 0 })
    }

    private func summary(_ measured: [Size], _ medians: [[Double]]) -> Measurement {
        let middle = sizes.count / 2
        let noise = Self.share(
            zip(medians[middle], medians[sizes.count]).map { abs($1 / $0 - 1) }, Self.noiseShare)
        let last = sizes.count - 1
        let growths = (0..<last).map { index in
            Growth(
                from: sizes[index], to: sizes[last],
                ratio: Self.share(zip(medians[index], medians[last]).map { $1 / $0 }, 0.5),
                logRatio: log(Double(sizes[last])) / log(Double(sizes[index])))
        }
        var bars = measured.suffix(1).map {
            Bar(
                name: "median of a step at \($0.accounts) accounts, µs", measured: $0.medianUs,
                atMost: Self.maxMedianUs)
        }
        bars += growths.suffix(1).map {
            Bar(
                name: "its growth from \($0.from) accounts, by log n and noise", measured: $0.ratio,
                atMost: $0.logRatio + noise)
        }
        return Measurement(sizes: measured, growths: growths, noise: noise, bars: bars)
    }

    /// The value under which a share of all lies.
    static func share(_ values: [Double], _ share: Double) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return .nan }
        let index = Int((Double(sorted.count) * share).rounded(.up)) - 1
        return sorted[min(max(0, index), sorted.count - 1)]
    }
}

extension StatesRun.Measurement {
    /// Prints the tables.
    func print() {
        let kinds = StepKind.allCases.filter { kind in
            sizes.contains { $0.kinds.contains { $0.kind == kind } }
        }
        func cell(_ size: StatesRun.Size, _ kind: StepKind) -> String {
            guard let found = size.kinds.first(where: { $0.kind == kind }) else { return "–" }
            return Report.digits(found.medianUs, 2) + " / " + Report.digits(found.p99Us, 1)
        }
        Report.table(
            head: ["a step, µs: median / p99"] + sizes.map { "\($0.accounts) accounts" },
            rows: [
                ["queued"] + sizes.map { "\($0.queued)" }, ["playing"] + sizes.map { "\($0.playing)" },
                ["all kinds, as often each"]
                    + sizes.map { Report.digits($0.medianUs, 2) + " / " + Report.digits($0.p99Us, 1) },
            ] + kinds.map { kind in [kind.rawValue] + sizes.map { cell($0, kind) } })
        Swift.print("")
        Report.table(
            head: ["growth of the median", "measured", "log n"],
            rows: growths.map {
                [
                    "\($0.from) to \($0.to) accounts", Report.digits($0.ratio, 2),
                    Report.digits($0.logRatio, 2),
                ]
            } + [
                ["noise: twins of \(sizes[sizes.count / 2].accounts) differ by", Report.digits(noise, 2), ""]
            ])
        Bar.print(bars)
    }
}
