import Engine
import Game
import Protocol

extension Log {
    /// Writes what the engine wants logged.
    func write(_ event: LogEvent) {
        switch event {
        case .storageRefusing(.full):
            write(.error, "storage_refuses_writes", ["reason": "no space left; trying again each second"])
        case .storageRefusing(.broken(let reason)):
            write(
                .error, "storage_refuses_writes", ["reason": .text("\(reason); reads only until a restart")])
        case .storageRecovered:
            write(.warning, "storage_takes_writes_again")
        case .evicted(let connection, let account, let bytes):
            write(
                .info, "evicted_slow_client",
                [
                    "connection": .number(Int64(connection.rawValue)), "account": .text(account.description),
                    "unsent_bytes": .number(Int64(bytes)),
                ])
        case .registered(let account): write(.info, "registered", ["account": .text(account.description)])
        case .signedIn(let account, let session):
            write(.info, "signed_in", Self.signIn(account, session))
        case .queued(let account, let position):
            write(
                .info, "queued",
                ["account": .text(account.description), "position": .number(Int64(position))])
        case .playing(let account): write(.info, "playing", ["account": .text(account.description)])
        case .left(let account): write(.info, "left", ["account": .text(account.description)])
        case .wentAFK(let account, let event):
            write(.info, "afk", ["account": .text(account.description), "by": .text(event.rawValue)])
        case .replaced(let account): write(.info, "socket_replaced", ["account": .text(account.description)])
        case .admissionPaused(let pause):
            write(.warning, "admission_paused", ["reason": .text(pause.rawValue)])
        case .admissionResumed: write(.warning, "admission_resumed")
        case .signedOut(let account, let session):
            write(.info, "signed_out", Self.signIn(account, session))
        case .refreshReused(let account, let session):
            write(.warning, "refresh_token_reused", Self.signIn(account, session))
        case .renamed(let account): write(.info, "renamed", ["account": .text(account.description)])
        case .deleted(let account): write(.info, "account_deleted", ["account": .text(account.description)])
        case .kicked(let account): write(.info, "kicked", ["account": .text(account.description)])
        case .granted(let account, let role):
            write(
                .warning, "role_granted",
                ["account": .text(account.description), "role": .text(role.rawValue)])
        case .presenceCleared(let session):
            write(.debug, "presence_cleared", ["session": .text(session.description)])
        case .clickGameStarted(let game):
            write(.info, "click_game_started", ["game": .text(game.description)])
        case .clickGameEnded(let game, let winner):
            write(
                .info, "click_game_ended",
                ["game": .text(game.description), "winner": .text(winner ?? "nobody")])
        case .implausibleClicks(let holder, let isFlagged):
            write(
                .warning, "implausible_clicks",
                ["holder": .text(holder.description), "flagged": .text(isFlagged ? "yes" : "no")])
        case .relayStarted(let relay, let players):
            write(
                .info, "relay_started",
                ["relay": .text(relay.description), "players": .number(Int64(players))])
        case .relayEnded(let relay, let reason):
            write(
                .info, "relay_ended",
                ["relay": .text(relay.description), "reason": .text(reason.rawValue)])
        case .snapshot(let version, let bytes):
            write(.debug, "snapshot", ["version": .number(version), "bytes": .number(Int64(bytes))])
        case .draining(let connections):
            write(.info, "draining", ["connections": .number(Int64(connections))])
        }
    }

    private static func signIn(_ account: Identifier, _ session: Identifier) -> KeyValuePairs<String, Value> {
        ["account": .text(account.description), "session": .text(session.description)]
    }
}
