public import Game
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

extension ServerEngine {
    /// The last durable version.
    public var durableVersion: Version { canvas.durableVersion }

    /// The cells at the durable version, row by row.
    public var durableCells: [UInt8] { canvas.durableCells }

    /// The version of the newest change, durable or not.
    public var headVersion: Version { canvas.headVersion }

    /// The running epoch's number.
    public var epochNumber: Int { canvas.epoch }

    /// An account's state.
    public func state(of account: Identifier) -> PlayerState { players.state(of: account) }

    /// The account of a socket that is open for the engine.
    public func account(on id: ConnectionID) -> Identifier? { connections[id]?.account }

    /// When play ends for an account unless it acts, on the monotonic clock in microseconds.
    public func idleDeadlineUs(of account: Identifier) -> Int64? { players.idleDeadlineUs(of: account) }

    /// Those who play, sorted.
    public var playing: [Identifier] { players.playingSorted }

    /// Those who wait, first come first.
    public var queue: [Identifier] { players.queuedInOrder }

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
        hasher.add(canvas.size.width)
        for area in protections.shown { hasher.add(area.id) }
        for rollback in rollbacks.newestFirst {
            hasher.add(rollback.id)
            hasher.add(rollback.cells)
        }
        for account in accounts.sorted {
            hasher.add(account.id.rawValue)
            hasher.add(account.publicKey ?? [])
            hasher.add(account.googleID?.utf8 ?? "".utf8)
            hasher.add(account.name.utf8)
            hasher.add(account.points)
            hasher.add(account.streak.days)
            hasher.add(account.skin?.rawValue.utf8 ?? "".utf8)
            hasher.add(account.banReason?.utf8 ?? "".utf8)
            for game in ArcadeGameID.all { hasher.add(arcade.bests.best(of: account.id, in: game) ?? -1) }
        }
        hashRuns(into: &hasher)
        for session in sessions.sorted {
            hasher.add(session.id.rawValue)
            hasher.add(session.account.rawValue)
            hasher.add(session.refreshHash)
            hasher.add(session.generation)
        }
        for grant in deviceGrants.byAge {
            hasher.add(grant.deviceHash)
            hasher.add(grant.nextPollUs)
        }
        for guest in guests.sorted { hasher.add(guest.id.rawValue) }
        for (session, presence) in presences.sorted {
            hasher.add(session.rawValue)
            hasher.add(presence.lastSeenUs)
        }
        for player in players.playingSorted {
            hasher.add(player.rawValue)
            hasher.add(players.idleDeadlineUs(of: player) ?? 0)
        }
        for player in players.queuedInOrder { hasher.add(player.rawValue) }
        for connection in connections.sorted {
            hasher.add(connection.rawValue)
            hasher.add(connections[connection]?.lastHeardUs ?? 0)
        }
        hashGames(into: &hasher)
        return hasher.value
    }

    private func hashRuns(into hasher: inout StateHasher) {
        for account in arcade.accountsSorted {
            guard let open = arcade.open[account] else { continue }
            hasher.add(open.run.id.rawValue)
            hasher.add(open.run.score)
            hasher.add(open.startedUs)
            hasher.add(open.end?.rawValue.utf8 ?? "".utf8)
        }
        for skin in skins.sorted {
            hasher.add(skin.id.rawValue.utf8)
            hasher.add(skins.ownerCount(of: skin.id))
        }
    }

    private func hashGames(into hasher: inout StateHasher) {
        for relay in relays.durableSorted + relays.sortedIDs.compactMap({ relays.working[$0] }) {
            hasher.add(relay.id.rawValue)
            hasher.add(relay.status.rawValue.utf8)
            hasher.add(relay.endReason?.rawValue.utf8 ?? "".utf8)
            hasher.add(relay.steps)
            for player in relay.players {
                hasher.add(player.account.id.rawValue)
                hasher.add(player.points)
                hasher.add(player.isActive ? 1 : 0)
                hasher.add(player.puzzle?.id.rawValue ?? 0)
            }
        }
        for queue in [clicks.queue, clicks.durable] {
            for game in queue.scheduled + [queue.active, queue.finished].compactMap({ $0 }) {
                hasher.add(game.id.rawValue)
                hasher.add(game.endsAtMs)
                for planet in game.planets {
                    hasher.add(planet.clicks)
                    hasher.add(planet.players)
                }
            }
        }
        for id in clicks.sessions.keys.sorted() {
            hasher.add(id.rawValue)
            hasher.add(clicks.sessions[id]?.total ?? 0)
        }
        for id in clicks.holders.keys.sorted() {
            hasher.add(id.rawValue)
            hasher.add(clicks.holders[id]?.lastPushUs ?? 0)
        }
    }
}
