public import Game
public import Protocol

/// Numbers for metrics and tests.
public struct EngineCounts: Hashable, Sendable {
    /// Open WebSockets.
    public var connections: Int
    /// Of them, those of spectators who watch live.
    public var liveSpectators: Int
    /// Accounts playing, with a socket or without.
    public var players: Int
    /// Of them, those without a socket.
    public var stalled: Int
    /// Accounts waiting.
    public var queued: Int
    /// Accounts known.
    public var accounts: Int
    /// Sign-ins that haven't ended.
    public var sessions: Int
    /// Sign-ins that showed a sign of life within the heartbeat timeout.
    public var presences: Int
    /// Guests whose tokens don't say all.
    public var guests: Int
    /// Why promotion pauses; nil while it doesn't.
    public var admissionPause: Admission.Pause?
    /// How often each event changed a state since the start.
    public var transitions: [PlayerEvent: Int]
    /// The last durable version.
    public var version: Version
    /// Records that aren't durable yet.
    public var pendingRecords: Int
    /// Changes that the pool reaches back.
    public var poolVersions: Int
    /// Whether storage takes writes.
    public var isStorageHealthy: Bool
    /// Relays that wait for their start.
    public var relaysWaiting: Int
    /// Relays that run.
    public var relaysRunning: Int
    /// Click pushes since the start.
    public var clicks: ClickCounts
    /// Arcade runs that are played.
    public var runsPlayed: Int
    /// Arcade runs that ended since the start, by reason.
    public var runsEnded: [RunEndReason: Int]
    /// What was sold, shown, seen and written since the start.
    public var services: ServiceCounts
    /// The canvas's epoch.
    public var epoch: Int
    /// Pixels, evictions and sign-ins since the start.
    public var plays: PlayCounts
    /// WebSockets whose holders neither play nor wait.
    public var spectators: Int
    /// Streams of frames for shells.
    public var watchers: Int
    /// Different views that they show.
    public var watchedViews: Int
    /// WebSockets in rooms of relays, once a room.
    public var roomMembers: Int
    /// Terminals' sign-ins in a browser that are under way.
    public var deviceGrants: Int
    /// What happened to such sign-ins since the start.
    public var deviceGrantEvents: [DeviceGrantEvent: Int]
}

extension ServerEngine {
    private var clickCounts: ClickCounts {
        var counts = clicks.counts
        counts.sessions = clicks.sessions.count
        counts.pending = clicks.pendingCount
        return counts
    }

    /// Numbers for metrics and tests.
    public var counts: EngineCounts {
        EngineCounts(
            connections: connections.count, liveSpectators: spectators.sockets, players: players.playingCount,
            stalled: players.stalledCount,
            queued: players.queuedCount, accounts: accounts.count, sessions: sessions.count,
            presences: presences.count, guests: guests.count, admissionPause: players.admission.pause,
            transitions: players.transitions, version: canvas.durableVersion,
            pendingRecords: commits.pendingCount,
            poolVersions: Int(canvas.durableVersion - canvas.poolBase),
            isStorageHealthy: storage == .healthy, relaysWaiting: relays.count(.waiting),
            relaysRunning: relays.count(.running), clicks: clickCounts,
            runsPlayed: arcade.playedCount, runsEnded: arcade.counts, services: services,
            epoch: canvas.epoch, plays: plays,
            spectators: connections.count - (players.playingCount - players.stalledCount)
                - players.presentQueuedCount,
            watchers: watchers.count, watchedViews: watchers.showCount,
            roomMembers: relays.memberCount, deviceGrants: deviceGrants.count,
            deviceGrantEvents: deviceGrants.events)
    }
}
