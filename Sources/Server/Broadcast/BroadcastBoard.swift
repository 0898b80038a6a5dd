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
    }

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
                $0.changed = []
                $0.isWhole = true
            }
        default: break
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
        state.withLock { state in
            let news = News(
                size: state.size, whole: state.isWhole ? state.cells : nil, changed: state.changed,
                players: state.players, queued: state.queued, version: state.version)
            state.isWhole = false
            state.changed.removeAll(keepingCapacity: true)
            return news
        }
    }
}
