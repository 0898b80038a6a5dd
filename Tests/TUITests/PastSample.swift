import Client
import Protocol
import Testing

@testable import TUI

/// A canvas's past as a server would tell it, without one.
struct PastSample: Sendable {
    /// An epoch with its changes, in order.
    private struct Chapter: Sendable {
        var epoch: HistoryEpoch
        var changes: [HistoryChange]
    }

    /// 2026-11-27T12:00:00Z.
    static let startMs: Int64 = 1_795_780_800_000
    private static let people = ["Ada", "Bob", "Grace", "Linus"]

    private var chapters: [Chapter] = []
    /// Pages are no longer than this, whatever is asked for.
    var longestPage = Int.max
    /// Refuses what is asked with these, one after the other.
    var refusals: [Failure] = []

    var overview: HistoryAnswer {
        HistoryAnswer(
            epochs: chapters.map(\.epoch), oldestVersion: chapters[0].epoch.firstVersion,
            latestVersion: chapters[chapters.count - 1].epoch.lastVersion)
    }

    /// A small canvas with 300 changes, one a second, an hour's rest, and a larger one with so many more, four a second.
    static func standard(last count: Int = 1_000) throws -> PastSample {
        var past = PastSample()
        try past.add(epoch: 1, width: 40, height: 30, from: 0, count: 300, everyMs: 1_000, atMs: startMs)
        try past.add(
            epoch: 2, width: 100, height: 60, from: 301, count: count, everyMs: 250,
            atMs: startMs + 3_600_000)
        return past
    }

    private mutating func add(
        epoch: Int, width: Int, height: Int, from first: Version, count: Int, everyMs: Int64, atMs: Int64
    ) throws {
        let size = try #require(CanvasSize(width: width, height: height))
        var random = SeededGenerator(seed: UInt64(epoch))
        let changes = (0..<count).map { number in
            // Painted from left to right, so that one sees how far it is.
            let x = number * width / max(count, 1)
            return HistoryChange(
                x: UInt16(x), y: UInt16(Int.random(in: 0..<height, using: &random)),
                color: UInt8(Int.random(in: 1..<32, using: &random)), account: UInt32(number % 7 % 4),
                afterMs: Int64(number + 1) * everyMs)
        }
        chapters.append(
            Chapter(
                epoch: HistoryEpoch(
                    epoch: epoch, size: size, firstVersion: first, lastVersion: first + Version(count),
                    startedAtMs: atMs, endedAtMs: epoch == 1 ? Self.startMs + 3_600_000 : nil),
                changes: changes))
    }

    private func chapter(of version: Version) -> Chapter? {
        chapters.last { $0.epoch.firstVersion <= version && version <= $0.epoch.lastVersion }
    }

    func timeMs(of version: Version) -> Int64 {
        guard let chapter = chapter(of: version), version > chapter.epoch.firstVersion else {
            return chapter(of: version)?.epoch.startedAtMs ?? 0
        }
        let change = chapter.changes[Int(version - chapter.epoch.firstVersion) - 1]
        return chapter.epoch.startedAtMs + change.afterMs
    }

    /// The canvas at a version, painted change by change.
    func cells(at version: Version) -> [UInt8] {
        guard let chapter = chapter(of: version) else { return [] }
        var cells = [UInt8](repeating: 0, count: chapter.epoch.size.cellCount)
        for change in chapter.changes.prefix(Int(version - chapter.epoch.firstVersion)) {
            cells[chapter.epoch.size.cell(x: Int(change.x), y: Int(change.y))] = change.color
        }
        return cells
    }

    /// Who made the changes after one version up to another, as names with counts.
    func makers(after low: Version, through high: Version) -> [String: Int] {
        var counts: [String: Int] = [:]
        guard let chapter = chapter(of: high) else { return counts }
        for version in low + 1...high {
            let change = chapter.changes[Int(version - chapter.epoch.firstVersion) - 1]
            counts[Self.people[Int(change.account)], default: 0] += 1
        }
        return counts
    }

    private func canvas(at version: Version) throws -> HistoryCanvas {
        let epoch = try #require(chapter(of: version)).epoch
        return HistoryCanvas(
            size: epoch.size, epoch: epoch.epoch, version: version, atMs: timeMs(of: version),
            cells: cells(at: version))
    }

    /// What a server answers.
    mutating func answer(_ wish: ReplayWish) throws -> ReplayReport {
        if !refusals.isEmpty { return .failed(wish, refusals.removeFirst()) }
        switch wish {
        case .overview: return .overview(overview)
        case .fetch(.state(let version)): return .supply(.state(try canvas(at: version)))
        case .fetch(.page(let version, let limit)):
            let chapter = try #require(self.chapter(of: version))
            let index = Int(version - chapter.epoch.firstVersion)
            let changes = Array(chapter.changes.dropFirst(index).prefix(min(limit, longestPage)))
            return .supply(
                .page(
                    HistoryPage(
                        epoch: chapter.epoch.epoch, from: version, atMs: chapter.epoch.startedAtMs,
                        accounts: Self.people.enumerated().map {
                            AccountName(id: GameSamples.account($0.offset).id, name: $0.element)
                        }, changes: changes)))
        case .find(let timeMs):
            let all = chapters.flatMap { Array($0.epoch.firstVersion...$0.epoch.lastVersion) }
            return .found(try canvas(at: all.last { self.timeMs(of: $0) <= timeMs } ?? all[0]))
        }
    }
}

extension Model {
    /// On the page of the past, with all that was asked for answered.
    mutating func openPast(_ past: inout PastSample) throws {
        _ = try settle(open(.replay), &past)
    }

    /// Answers what is asked for until nothing is, and returns all questions.
    mutating func settle(_ commands: [Command], _ past: inout PastSample) throws -> [ReplayWish] {
        var wishes: [ReplayWish] = []
        var open = commands
        while !open.isEmpty {
            guard case .replay(let wish) = open.removeFirst() else { continue }
            wishes.append(wish)
            try #require(wishes.count < 1_000, "it asks without end")
            open += update(.server(.replay(try past.answer(wish))), nowMs: clockMs)
        }
        return wishes
    }

    /// Presses a key on the page of the past.
    @discardableResult
    mutating func press(_ press: KeyPress, _ past: inout PastSample) throws -> [ReplayWish] {
        try settle(update(.input(.key(press)), nowMs: clockMs), &past)
    }

    /// Lets time pass in the page's own steps.
    mutating func play(milliseconds: Int64, _ past: inout PastSample) throws {
        let endMs = clockMs + milliseconds
        while let nextMs = pageMs, nextMs <= endMs {
            _ = try settle(update(.clock, nowMs: max(nextMs, clockMs + 1)), &past)
        }
        _ = try settle(update(.clock, nowMs: endMs), &past)
    }
}
