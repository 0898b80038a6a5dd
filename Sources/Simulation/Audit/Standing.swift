import Engine
public import Protocol

/// Where everyone stands after a step, as the server tells.
public struct Standing: Hashable, Sendable {
    /// Who plays, sorted.
    public var playing: [Identifier]
    /// When play ends for each of them unless they act, on the monotonic clock in microseconds.
    public var deadlinesUs: [Int64]
    /// Who waits, first come first.
    public var queue: [Identifier]
    /// How many play without a socket.
    public var stalled: Int
    /// How many WebSockets are open.
    public var connections: Int
    /// How many sign-ins are present.
    public var presences: Int
    /// Whether load lets nobody in.
    public var isAdmissionPaused: Bool
    /// The version of the newest change, durable or not.
    public var headVersion: Version

    /// Joins the parts.
    public init(
        playing: [Identifier] = [], deadlinesUs: [Int64] = [], queue: [Identifier] = [], stalled: Int = 0,
        connections: Int = 0, presences: Int = 0, isAdmissionPaused: Bool = false, headVersion: Version = 0
    ) {
        self.playing = playing
        self.deadlinesUs = deadlinesUs
        self.queue = queue
        self.stalled = stalled
        self.connections = connections
        self.presences = presences
        self.isAdmissionPaused = isAdmissionPaused
        self.headVersion = headVersion
    }
}

extension ServerEngine {
    /// Where everyone stands.
    var standing: Standing {
        let counts = counts
        let playing = playing
        return Standing(
            playing: playing, deadlinesUs: playing.map { idleDeadlineUs(of: $0) ?? .min }, queue: queue,
            stalled: counts.stalled, connections: counts.connections, presences: counts.presences,
            isAdmissionPaused: counts.admissionPause != nil, headVersion: headVersion)
    }
}
