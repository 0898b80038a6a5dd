import Engine
import Protocol
import Raster
import Synchronization

/// What a broadcast shows, between the loop that knows of changes and the thread that paints them.
///
/// The loop never waits for a picture: it writes colors down, at most so many, and beyond that only that the
/// whole canvas is to be painted anew.
final class BroadcastBoard: Sendable {
    /// What to paint.
    struct News {
        var size: CanvasSize
        /// Every cell's color, where all are to be painted anew.
        var whole: [UInt8]?
        /// Cells and their colors, in the order of their changes.
        var changed: [(cell: UInt32, color: UInt8)]
        var players: Int
        var queued: Int
        var version: Version
    }

    private struct State {
        var size: CanvasSize
        var cells: [UInt8]
        var changed: [(cell: UInt32, color: UInt8)] = []
        var isWhole = true
        var players = 0
        var queued = 0
        var version: Version
        /// How many canvases there were before.
        var resets = 0
    }

    /// Cells that are copied while the loop may have to wait for that: a few microseconds.
    private static let copiedCells = 65_536
    /// More changes than this between two pictures are painted as a whole canvas.
    private static let maxChanges = 65_536

    private let state: Mutex<State>

    /// Begins with a canvas.
    init(size: CanvasSize, cells: [UInt8], version: Version) {
        state = Mutex(State(size: size, cells: cells, version: version))
    }

    /// Takes what the sockets on the canvas are told.
    func take(_ message: ServerMessage) {
        switch message {
        case .pixels(let run): take(run)
        case .canvasReset(_, let version, let width, let height):
            guard let size = CanvasSize(width: width, height: height) else { return }
            state.withLock {
                $0.size = size
                $0.cells = [UInt8](repeating: 0, count: size.cellCount)
                $0.version = version
                $0.resets += 1
                $0.changed = []
                $0.isWhole = true
            }
        case .welcome, .status, .placed, .clickTotals, .clicksAccepted, .relay, .runStarted, .score,
            .runEnded,
            .heartbeat, .announcement, .ok, .error:
            break
        }
    }

    private func take(_ run: PixelRun) {
        state.withLock { state in
            for pixel in run.pixels {
                let cell = state.size.cell(x: pixel.x, y: pixel.y)
                state.cells[cell] = pixel.color
                if !state.isWhole { state.changed.append((UInt32(cell), pixel.color)) }
            }
            state.version = run.to
            if state.changed.count > Self.maxChanges { state.isWhole = true }
            if state.isWhole { state.changed = [] }
        }
    }

    /// Takes how many are here.
    func take(_ counts: EngineCounts) {
        state.withLock {
            $0.players = counts.players
            $0.queued = counts.queued
        }
    }

    /// Has the whole canvas painted next, for a picture that begins anew.
    func showWhole() {
        state.withLock {
            $0.isWhole = true
            $0.changed = []
        }
    }

    /// Hands over what changed since the last time.
    func takeNews() -> News {
        while true {
            var (news, resets) = state.withLock { state in
                let news = News(
                    size: state.size, whole: state.isWhole ? [] : nil, changed: state.changed,
                    players: state.players, queued: state.queued, version: state.version)
                state.isWhole = false
                state.changed.removeAll(keepingCapacity: true)
                return (news, state.resets)
            }
            guard news.whole != nil else { return news }
            if let cells = copy(news.size.cellCount, after: resets) {
                news.whole = cells
                return news
            }
        }
    }

    /// Copies every cell, a stretch at a time; nil where another canvas took this one's place.
    ///
    /// The loop's own array stays the loop's: a shared one would be copied whole by the next pixel. What changes
    /// meanwhile may be in the copy or not, and is handed over the next time in any case.
    private func copy(_ count: Int, after resets: Int) -> [UInt8]? {
        var cells: [UInt8] = []
        cells.reserveCapacity(count)
        while cells.count < count {
            let isSame = state.withLock { state in
                guard state.resets == resets else { return false }
                cells += state.cells[cells.count..<min(count, cells.count + Self.copiedCells)]
                return true
            }
            guard isSame else { return nil }
        }
        return cells
    }
}
