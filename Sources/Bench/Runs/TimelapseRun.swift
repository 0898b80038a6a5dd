import Client
import Glibc
import Protocol
import Raster

/// `pixelwars-bench timelapse`: how fast the frames of a film are made, up to the pipe that an encoder reads.
///
/// The pages of history are there already, as a server sends them: reading them, going from version to version,
/// painting what changed and writing each whole frame into a pipe is what is measured. Another thread empties it.
struct TimelapseRun {
    /// The figures.
    struct Measurement: Codable {
        var changes: Int
        var width: Int
        var height: Int
        var frames: Int
        var seconds: Double
        /// Of these the reading of pages.
        var decodeSeconds: Double
        var framesPerSecond: Double
        var bars: [Bar]
    }

    private static let changes = 1_000_000
    private static let frames = 600
    private static let framesPerSecond = 30
    private static let side = 1_000
    private static let maxFrameMs = 5.0

    /// Makes a film of a million random changes.
    func measurement() throws(BenchFailure) -> Measurement {
        guard let size = CanvasSize(width: Self.side, height: Self.side) else {
            throw BenchFailure("the canvas is too large")
        }
        Report.line("timelapse: drawing \(Self.changes) changes")
        let pages = Self.pages(size)
        let drain = try PipeDrain()
        defer { drain.end() }
        let last = Version(Self.changes)
        let plan = FilmPlan(
            from: 0, to: last, length: .seconds(Self.frames / Self.framesPerSecond),
            framesPerSecond: Self.framesPerSecond)
        var memory = Timeline.Memory()
        memory.pageChanges = Limits.maxHistoryChanges
        memory.maxChanges = 4 * memory.pageChanges
        memory.maxKeyframeBytes = 0
        let blank = HistoryCanvas(
            size: size, epoch: 1, version: 0, atMs: 0, cells: [UInt8](repeating: 0, count: size.cellCount))
        let start = MonotonicClock.nowUs
        var decodeUs: Int64 = 0
        var timeline = Timeline(blank, versions: 0...last, memory: memory)
        var film: FilmFrames
        do throws(RasterError) {
            film = try FilmFrames(size: size, palette: .standard, scale: 1, form: .rgb24)
        } catch { throw BenchFailure(error.description) }
        var made = 0
        while made < plan.frameCount {
            switch timeline.seek(to: plan.version(ofFrame: made)) {
            case .needs(.page(let version, _)):
                let began = MonotonicClock.nowUs
                guard let page = try? HistoryPage(json: pages[Int(version) / Limits.maxHistoryChanges]),
                    timeline.take(.page(page))
                else { throw BenchFailure("the page after \(version) can't be read") }
                decodeUs += MonotonicClock.nowUs - began
            case .needs(.state(let version)): throw BenchFailure("version \(version) is jumped to")
            case .arrived(let changed):
                if let changed { film.paint(changed, of: timeline.cells) } else { film.paint(timeline.cells) }
                try drain.write(film.bytes)
                made += 1
            }
        }
        let seconds = Double(MonotonicClock.nowUs - start) / 1_000_000
        return Measurement(
            changes: Self.changes, width: film.width, height: film.height, frames: made, seconds: seconds,
            decodeSeconds: Double(decodeUs) / 1_000_000, framesPerSecond: Double(made) / seconds,
            bars: [
                Bar(
                    name: "ms a frame before the encoder", measured: seconds * 1_000 / Double(made),
                    atMost: Self.maxFrameMs)
            ])
    }

    /// Random changes by a hundred accounts, in the longest pages there are.
    private static func pages(_ size: CanvasSize) -> [[UInt8]] {
        var random = SeededGenerator(seed: 7)
        let accounts = (1...100).map { AccountName(id: Identifier(rawValue: $0), name: "player \($0)") }
        return stride(from: 0, to: changes, by: Limits.maxHistoryChanges).map { first in
            let changes = (0..<Limits.maxHistoryChanges).map { number in
                HistoryChange(
                    x: UInt16.random(in: 0..<UInt16(size.width), using: &random),
                    y: UInt16.random(in: 0..<UInt16(size.height), using: &random),
                    color: UInt8.random(in: 0..<32, using: &random),
                    account: UInt32.random(in: 0..<100, using: &random), afterMs: Int64(number / 2))
            }
            let page = HistoryPage(
                epoch: 1, from: Version(first), atMs: 1_700_000_000_000 + Int64(first / 2),
                accounts: accounts, changes: changes)
            return page.json()
        }
    }
}

extension TimelapseRun.Measurement {
    /// Prints the table.
    func print() {
        Report.table(
            head: ["timelapse", ""],
            rows: [
                ["changes", "\(changes)"], ["frames of \(width)x\(height)", "\(frames)"],
                ["seconds", Report.digits(seconds, 2)],
                ["of these reading pages", Report.digits(decodeSeconds, 2)],
                ["frames a second", Report.digits(framesPerSecond, 0)],
            ])
        Bar.print(bars)
    }
}
