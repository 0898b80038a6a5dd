import Engine
import Glibc
import Processes
import Protocol
import Raster
import Synchronization
import Transport

/// Paints the canvas and feeds the encoder, on a thread of its own; an encoder that goes is started again.
///
/// The game never waits for it: an encoder or a network that is too slow costs pictures.
final class BroadcastThread: Sendable {
    /// Pictures painted a second; the stream repeats them up to its own rate.
    static let paintsPerSecond = 10
    private static let frameMs = Int64(1000 / paintsPerSecond)
    /// An encoder that takes nothing for so long is ended, in milliseconds.
    private static let maxStallMs = 10_000
    /// What an encoder may take for its end, in milliseconds.
    private static let endMs = 3_000

    /// How a broadcast goes.
    struct State: Hashable {
        /// Whether an encoder runs.
        var isRunning = false
        /// Encoders started so far.
        var starts = 0
        /// Pictures that an encoder took whole.
        var sentFrames = 0
        /// Pictures that weren't made because an encoder took the one before too slowly.
        var droppedFrames = 0
    }

    let board: BroadcastBoard
    private let settings: BroadcastSettings
    private let key: String
    private let palette: Palette
    private let log: Log
    private let isStopping = Atomic(false)
    private let progress = Mutex(State())
    private let running = Mutex<SystemThread?>(nil)

    /// Takes what is needed; nothing is broadcast before `start`.
    ///
    /// - Parameter key: the stream key; empty where the address has everything.
    init(_ settings: BroadcastSettings, key: String, palette: Palette, board: BroadcastBoard, log: Log) {
        self.settings = settings
        self.key = key
        self.palette = palette
        self.board = board
        self.log = log
    }

    /// How it goes; reading it waits for nothing.
    var state: State { progress.withLock { $0 } }

    /// Begins to broadcast.
    func start() throws(ProcessFailure) {
        let thread = try SystemThread { self.run() }
        running.withLock { $0 = thread }
    }

    /// Ends the encoder and the thread; returns when both are gone.
    func stop() {
        isStopping.store(true, ordering: .relaxed)
        let thread = running.withLock { thread in
            let taken = thread
            thread = nil
            return taken
        }
        thread?.join()
    }

    private var isStopped: Bool { isStopping.load(ordering: .relaxed) }

    private func run() {
        var pause = RestartPause()
        while !isStopped {
            let startMs = Monotonic.nowMs
            let reason = broadcast()
            progress.withLock { $0.isRunning = false }
            guard !isStopped else { return }
            let seconds = pause.next(afterMs: Monotonic.nowMs - startMs)
            log.write(
                .warning, "broadcast_interrupted",
                [
                    "to": .text(settings.host), "reason": .text(settings.hidingSecrets(in: reason, key: key)),
                    "again_in_s": .number(Int64(seconds)),
                ])
            for _ in 0..<seconds * 10 where !isStopped { _ = poll(nil, 0, 100) }
        }
    }

    /// Broadcasts until the encoder goes; returns why.
    private func broadcast() -> String {
        let encoder: EncoderProcess
        do throws(EncoderProcess.Failure) {
            encoder = try EncoderProcess(
                program: settings.encoder,
                arguments: settings.arguments(preset: key.isEmpty ? nil : EncoderProcess.keyDescriptor),
                key: key)
        } catch {
            return error.reason
        }
        progress.withLock {
            $0.starts += 1
            $0.isRunning = true
        }
        log.write(.info, "broadcast_started", ["to": .text(settings.host)])
        var reason: String?
        board.showWhole()
        var studio = Studio(settings, palette)
        var dueMs = Monotonic.nowMs
        while !isStopped, reason == nil {
            studio.paint(board.takeNews(), atMs: WallClock.nowMs)
            do throws(EncoderProcess.Failure) {
                try send(studio.picture, to: encoder)
            } catch {
                reason = error.reason
                break
            }
            // Pictures that a slow encoder made late aren't caught up on.
            let nowMs = Monotonic.nowMs
            let lateMs = max(0, nowMs - dueMs - Self.frameMs)
            dueMs += Self.frameMs + lateMs
            progress.withLock {
                $0.sentFrames += 1
                $0.droppedFrames += Int(lateMs / Self.frameMs)
            }
            encoder.wait(ms: Int32(dueMs - nowMs))
        }
        let end = encoder.end(withinMs: reason == Self.stalled ? 0 : Self.endMs)
        return reason == Self.stalled ? Self.stalled : end.reason
    }

    private static let stalled = "it took nothing for \(maxStallMs / 1000) s"

    private func send(_ picture: [UInt8], to encoder: EncoderProcess) throws(EncoderProcess.Failure) {
        var rest = picture[...]
        var lastMs = Monotonic.nowMs
        while !rest.isEmpty, !isStopped {
            let count = try encoder.write(rest, waitMs: 100)
            rest = rest.dropFirst(count)
            if count > 0 {
                lastMs = Monotonic.nowMs
            } else if Monotonic.nowMs - lastMs > Self.maxStallMs {
                throw EncoderProcess.Failure(reason: Self.stalled)
            }
        }
    }
}

/// The picture under way, and the canvas that it is painted from.
private struct Studio {
    private let settings: BroadcastSettings
    private let palette: Palette
    private var cells: [UInt8] = []
    private var painted: StreamPicture?

    init(_ settings: BroadcastSettings, _ palette: Palette) {
        self.settings = settings
        self.palette = palette
    }

    /// The picture's bytes.
    var picture: [UInt8] { painted?.bytes ?? [] }

    mutating func paint(_ news: BroadcastBoard.News, atMs: Int64) {
        if let whole = news.whole {
            cells = whole
            if painted == nil || news.size != size {
                size = news.size
                painted = StreamPicture(
                    width: settings.width, height: settings.height, size: news.size, palette: palette)
            }
            painted?.paint(cells)
        }
        for (cell, color) in news.changed { cells[Int(cell)] = color }
        painted?.paint(news.changed.lazy.map(\.cell), of: cells)
        painted?.write(
            StreamPicture.Facts(
                players: news.players, queued: news.queued, version: news.version, atMs: atMs))
    }

    private var size: CanvasSize?
}

/// How long an encoder that went is waited for: twice as long each time, until one lasted a while.
struct RestartPause {
    private static let maxSeconds = 60
    private static let lastingMs: Int64 = 60_000
    private var seconds = 1

    /// The seconds to wait now.
    ///
    /// - Parameter afterMs: how long the last one lasted.
    mutating func next(afterMs: Int64) -> Int {
        if afterMs >= Self.lastingMs { seconds = 1 }
        defer { seconds = min(seconds * 2, Self.maxSeconds) }
        return seconds
    }
}
