import Game
import Protocol

extension ServerEngine {
    /// Gives what someone with a role asks over HTTP as a host's command.
    mutating func administer(
        _ id: RequestID, _ route: AdminRoute, by caller: Caller, at now: Moment, into effects: inout [Effect]
    ) {
        guard let account = caller.account else {
            effects.append(.respond(id, .failure(caller.accountRefusal)))
            return
        }
        let command = route.command
        guard accounts.role(of: account).allows(command, atMs: now.wallMs) else {
            let who = command.role(atMs: now.wallMs) == .admin ? "admins" : "moderators and admins"
            effects.append(.respond(id, .failure(Failure(.forbidden, "Only \(who) may do this."))))
            return
        }
        obey(command, by: .account(account), for: .request(id), at: now, into: &effects)
    }

    /// Why an actor may not do something to an account; nil where it may.
    ///
    /// Nobody does it to oneself, and a moderator only to players: what a host does itself is never refused.
    func refusal(_ actor: Actor, doing what: String, to account: Identifier) -> Failure? {
        guard case .account(let own) = actor else { return nil }
        if own == account { return Failure(.forbidden, "Nobody can \(what) themselves.") }
        let isOutranked = accounts.role(of: own) == .admin || accounts.role(of: account) == .player
        return isOutranked ? nil : Failure(.forbidden, "Only admins can \(what) someone with a role.")
    }

    /// Tells everyone who is connected what a host says, at once: storage may be what it is about.
    mutating func announce(
        _ text: String, by actor: Actor, for asker: Asker, at now: Moment, into effects: inout [Effect]
    ) {
        do throws(Failure) {
            guard let announcement = AnnouncementText(text) else {
                throw Failure(
                    .badRequest,
                    "An announcement is 1 to \(Limits.maxAnnouncementCharacters) characters that show.")
            }
            if let failure = rates.announcement(at: now) { throw failure }
            // The lanes of the click game's totals have every socket in them once.
            let message = ServerMessage.announcement(message: announcement.text, atMs: now.wallMs)
            for lane in clicks.totals.lanes { effects.append(.publish(.clicks(lane: lane), message)) }
            effects.append(.log(.announced(text: announcement.text)))
            keep(
                AuditRecord(
                    atMs: now.wallMs, actor: actor, action: "announce", subject: "",
                    detail: announcement.text))
            let count = connections.count
            tell(asker, .done("\(count) \(count == 1 ? "socket was" : "sockets were") told."), into: &effects)
        } catch {
            refuse(asker, error, into: &effects)
        }
    }

    /// How the server stands.
    func status(at now: Moment) -> HostStatus {
        let counts = counts
        let spectators = connections.count { socket in
            socket.account.map { players.state(of: $0) == .afk } ?? true
        }
        return HostStatus(
            release: Release.version, uptimeMs: (now.monotonicUs - startedUs) / 1000, players: counts.players,
            queued: counts.queued, connections: counts.connections, spectators: spectators,
            accounts: counts.accounts, version: counts.version, epoch: canvas.epoch,
            width: canvas.size.width, height: canvas.size.height,
            isStorageHealthy: counts.isStorageHealthy, pendingRecords: counts.pendingRecords)
    }
}
