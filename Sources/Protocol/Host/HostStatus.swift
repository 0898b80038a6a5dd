/// How a server stands, in a host's words.
public struct HostStatus: Hashable, Sendable, Codable {
    /// The release that runs.
    public var release: String
    /// How long it runs, in milliseconds.
    public var uptimeMs: Int64
    /// Accounts that play, with a socket or without.
    public var players: Int
    /// Accounts that wait.
    public var queued: Int
    /// Open WebSockets.
    public var connections: Int
    /// Of them, those of whoever neither plays nor waits.
    public var spectators: Int
    /// Accounts that are known.
    public var accounts: Int
    /// The canvas's last durable version.
    public var version: Version
    /// Its epoch.
    public var epoch: Int
    /// Its columns.
    public var width: Int
    /// Its rows.
    public var height: Int
    /// Whether storage takes writes.
    public var isStorageHealthy: Bool
    /// Records that wait to become durable.
    public var pendingRecords: Int

    /// Joins the parts.
    public init(
        release: String, uptimeMs: Int64, players: Int, queued: Int, connections: Int, spectators: Int,
        accounts: Int, version: Version, epoch: Int, width: Int, height: Int, isStorageHealthy: Bool,
        pendingRecords: Int
    ) {
        self.release = release
        self.uptimeMs = uptimeMs
        self.players = players
        self.queued = queued
        self.connections = connections
        self.spectators = spectators
        self.accounts = accounts
        self.version = version
        self.epoch = epoch
        self.width = width
        self.height = height
        self.isStorageHealthy = isStorageHealthy
        self.pendingRecords = pendingRecords
    }
}
