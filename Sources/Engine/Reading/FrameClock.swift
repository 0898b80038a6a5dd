import Game
import Protocol

/// When the canvas's next frame may go out, and from which version it leads on: frames are a tick apart at least.
struct FrameClock: Sendable {
    private let tickUs: Int64
    /// The version up to which everyone who follows was told.
    private(set) var publishedVersion: Version
    private var lastUs: Int64?

    /// Starts with everything up to a version told.
    init(tickMs: Int, publishedVersion: Version) {
        tickUs = Int64(max(0, tickMs)) * 1000
        self.publishedVersion = publishedVersion
    }

    /// When a frame to a version may go out; nil when all of it was told.
    func dueUs(to version: Version) -> Int64? {
        guard version > publishedVersion else { return nil }
        return lastUs.map { $0 + tickUs } ?? .min
    }

    /// Takes everything up to a version for told.
    mutating func skip(to version: Version) { publishedVersion = version }

    /// Notes that a frame went out.
    mutating func published(_ version: Version, at now: Moment) {
        publishedVersion = version
        lastUs = now.monotonicUs
    }
}

extension ServerEngine {
    /// When a frame is due that no commit will bring; a commit under way brings it when it ends, so that a slow
    /// one delays the frames behind it no longer than itself.
    var frameDueUs: Int64? {
        commits.inFlight == nil ? frames.dueUs(to: canvas.durableVersion) : nil
    }

    /// Tells everyone who follows what has become durable, if a tick has passed since the last time.
    mutating func publishIfDue(at now: Moment, into effects: inout [Effect]) {
        guard let dueUs = frames.dueUs(to: canvas.durableVersion) else { return }
        guard dueUs <= now.monotonicUs || draining != .serving else { return }
        let run = canvas.merged(from: frames.publishedVersion, to: canvas.durableVersion)
        effects.append(.publish(.canvas, .pixels(run)))
        frames.published(canvas.durableVersion, at: now)
    }
}
