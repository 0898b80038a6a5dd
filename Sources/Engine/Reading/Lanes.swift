import Game
import Protocol

/// Which of the canvas's two streams of frames a connection gets.
enum Lane: Hashable, Sendable {
    /// A frame each tick, for whoever plays or waits.
    case players
    /// A merged frame each slower tick, for spectators where the host lets them watch live.
    case spectators

    /// The topic that carries it.
    var topic: Topic {
        switch self {
        case .players: .canvas
        case .spectators: .spectators
        }
    }
}

/// The stream of spectators: when its next frame is due, and how many it is for.
struct SpectatorLane: Sendable {
    private(set) var frames: FrameClock
    /// Sockets that belong to it.
    private(set) var sockets = 0
    /// Of them, those that left nothing unread.
    private(set) var followers = 0

    /// Starts with nobody in it.
    init(tickMs: Int) {
        frames = FrameClock(tickMs: tickMs, publishedVersion: 0)
    }

    /// Counts a connection that is as it says now.
    mutating func add(_ connection: Connection, at version: Version) {
        guard connection.lane == .spectators, connection.feed != .none else { return }
        sockets += 1
        guard connection.feed == .following else { return }
        // While nobody follows there are no frames, and the next one begins with whoever comes.
        if followers == 0 { frames.skip(to: version) }
        followers += 1
    }

    /// Counts a connection that was as it says no more.
    mutating func remove(_ connection: Connection) {
        guard connection.lane == .spectators, connection.feed != .none else { return }
        sockets -= 1
        if connection.feed == .following { followers -= 1 }
    }

    /// Takes everything up to a version for told.
    mutating func skip(to version: Version) { frames.skip(to: version) }

    /// Notes that a frame went out.
    mutating func published(_ version: Version, at now: Moment) { frames.published(version, at: now) }
}

extension ServerEngine {
    /// The version up to which the followers of a lane were told; where it has none, that at which it would begin.
    func publishedVersion(in lane: Lane) -> Version {
        switch lane {
        case .players: frames.publishedVersion
        case .spectators:
            spectators.followers > 0 ? spectators.frames.publishedVersion : canvas.durableVersion
        }
    }

    /// The oldest version that a frame to come may lead on from.
    var oldestPublishedVersion: Version {
        min(publishedVersion(in: .players), publishedVersion(in: .spectators))
    }

    /// Sets what frames a connection gets, and in which lane.
    mutating func set(
        _ feed: Connection.Feed, _ lane: Lane, of id: ConnectionID, into effects: inout [Effect]
    ) {
        guard var connection = connections[id] else { return }
        if connection.feed == .following { effects.append(.unsubscribe(id, connection.lane.topic)) }
        spectators.remove(connection)
        (connection.feed, connection.lane) = (feed, lane)
        connections[id] = connection
        spectators.add(connection, at: canvas.durableVersion)
        if feed == .following { effects.append(.subscribe(id, lane.topic)) }
    }

    /// Has a connection that has all up to a version follow a lane: first it gets what the lane was told since.
    mutating func lead(_ id: ConnectionID, from version: Version, into lane: Lane, effects: inout [Effect]) {
        let published = publishedVersion(in: lane)
        if version < published {
            let run = canvas.merged(from: version, to: published)
            connections[id]?.catchUpBytes = run.pixels.count * Limits.maxPixelBytes
            effects.append(.send(id, ServerEnvelope(.pixels(run))))
        }
        set(.following, lane, of: id, into: &effects)
    }

    /// Lets a connection have a lane's frames without a gap, whatever frames it had before.
    ///
    /// They begin at the version that the lane's followers were told last, or before it.
    mutating func follow(_ id: ConnectionID, in lane: Lane, into effects: inout [Effect]) {
        guard let connection = connections[id] else { return }
        switch connection.feed {
        case .none where connection.congestedSinceUs == nil:
            set(.following, lane, of: id, into: &effects)
        case .none:
            set(.behind(publishedVersion(in: lane)), lane, of: id, into: &effects)
        case .behind:
            set(connection.feed, lane, of: id, into: &effects)
        case .following where connection.lane != lane:
            let version = publishedVersion(in: connection.lane)
            set(.none, connection.lane, of: id, into: &effects)
            lead(id, from: version, into: lane, effects: &effects)
        case .following: break
        }
    }

    /// Ends the frames of players for a connection that stays open: it has those of spectators, or none.
    mutating func stepAside(_ id: ConnectionID, into effects: inout [Effect]) {
        if configuration.hasLiveSpectators {
            follow(id, in: .spectators, into: &effects)
        } else {
            unfollow(id, into: &effects)
        }
    }

    /// Ends the canvas's frames for a connection.
    mutating func unfollow(_ id: ConnectionID, into effects: inout [Effect]) {
        guard let connection = connections[id] else { return }
        set(.none, connection.lane, of: id, into: &effects)
    }

    /// When spectators' next frame is due; nil while nobody follows or all was told.
    var spectatorFrameDueUs: Int64? {
        spectators.followers > 0 ? spectators.frames.dueUs(to: canvas.durableVersion) : nil
    }

    /// Tells spectators what has become durable, if their tick has passed since the last time.
    mutating func publishToSpectatorsIfDue(at now: Moment, into effects: inout [Effect]) {
        guard let dueUs = spectatorFrameDueUs, dueUs <= now.monotonicUs else { return }
        let run = canvas.merged(from: spectators.frames.publishedVersion, to: canvas.durableVersion)
        effects.append(.publish(.spectators, .pixels(run)))
        spectators.published(canvas.durableVersion, at: now)
    }
}
