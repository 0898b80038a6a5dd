import Game
public import Protocol

/// FNV-1a of 64 bits, for telling states apart in tests; nothing secret rests on it.
struct StateHasher {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
    }

    mutating func add(_ number: some FixedWidthInteger) {
        var rest = UInt64(truncatingIfNeeded: number)
        for _ in 0..<8 {
            add(UInt8(rest & 255))
            rest >>= 8
        }
    }
}

/// Numbers for metrics and tests.
public struct EngineCounts: Hashable, Sendable {
    /// Open WebSockets.
    public var connections: Int
    /// Accounts playing.
    public var players: Int
    /// Accounts known.
    public var accounts: Int
    /// Sign-ins that haven't ended.
    public var sessions: Int
    /// Records that aren't durable yet.
    public var pendingRecords: Int
    /// Changes that the pool reaches back.
    public var poolVersions: Int
}

extension ServerEngine {
    /// Numbers for metrics and tests.
    public var counts: EngineCounts {
        EngineCounts(
            connections: connections.count, players: players.playingCount, accounts: accounts.count,
            sessions: sessions.count, pendingRecords: commits.pendingCount,
            poolVersions: Int(canvas.durableVersion - canvas.poolBase))
    }

    /// The last durable version.
    public var durableVersion: Version { canvas.durableVersion }

    /// The cells at the durable version, row by row.
    public var durableCells: [UInt8] { canvas.durableCells }

    /// The version of the newest change, durable or not.
    public var headVersion: Version { canvas.headVersion }

    /// The running epoch's number.
    public var epochNumber: Int { canvas.epoch }

    /// Whether an account plays.
    public func isPlaying(_ account: Identifier) -> Bool { players.isPlaying(account) }

    /// Whether storage takes writes.
    public var isStorageHealthy: Bool { storage == .healthy }

    /// A hash of everything that must be alike in two runs of one seed: canvas, versions, accounts, sign-ins,
    /// players and connections.
    public var stateHash: UInt64 {
        var hasher = StateHasher()
        hasher.add(canvas.durableVersion)
        hasher.add(canvas.headVersion)
        hasher.add(canvas.epoch)
        hasher.add(canvas.poolBase)
        hasher.add(canvas.durableCells)
        for account in accounts.sorted {
            hasher.add(account.id.rawValue)
            hasher.add(account.publicKey)
            hasher.add(account.name.utf8)
        }
        for session in sessions.sorted {
            hasher.add(session.id.rawValue)
            hasher.add(session.account.rawValue)
            hasher.add(session.refreshHash)
            hasher.add(session.generation)
        }
        for player in players.playing { hasher.add(player.rawValue) }
        for connection in connections.sorted { hasher.add(connection.rawValue) }
        return hasher.value
    }
}
