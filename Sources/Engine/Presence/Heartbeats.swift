import Game
import Protocol

/// Looks at what ends by itself.
enum Sweep: Hashable, Sendable {
    /// A sign-in's silence.
    case silence(session: Identifier)
    /// The sockets of a sign-in whose token wasn't renewed.
    case staleToken(session: Identifier)
    /// The end of a sign-in's refresh tokens.
    case family(session: Identifier)
    /// The end of a guest's token.
    case guest(Identifier)
    /// The next beginning or end of a click game.
    case clickGame
    /// The writing of a click game's contributions.
    case clickContributions
    /// The end of a running relay's interval.
    case relayDecay(Identifier)
    /// The end of a relay that nobody starts, or that nobody looks at any more.
    case relayEnd(Identifier)
    /// The end of an account's run.
    case run(Identifier)
    /// The end of an account's ban.
    case ban(Identifier)
    /// The end of a terminal's sign-in that nobody used.
    case deviceGrants
}

extension ServerEngine {
    /// How late a look is by itself at the most.
    private static let heldUpUs: Int64 = 1_000_000

    private var silenceUs: Int64 { Int64(configuration.heartbeatTimeoutMs) * 1000 }

    /// The one listener for signs of life that begin a presence: an authenticated request, a socket that opens.
    ///
    /// Frames and pongs are noted on their socket alone, whose presence lasts as long as it.
    mutating func hear(from identity: Identity, at now: Moment) {
        let session = identity.sessionID
        if identity.kind == .account { greet(identity.id, at: now) }
        guard presences[session] == nil else {
            presences[session]?.lastSeenUs = now.monotonicUs
            return
        }
        let isGuest = if case .guest = identity.kind { true } else { false }
        presences[session] = Presence(
            holder: identity.id, isGuest: isGuest, sinceMs: now.wallMs, lastSeenUs: now.monotonicUs)
        sweeps.plan(.silence(session: session), atUs: now.monotonicUs + silenceUs)
        store(presenceOf: session)
    }

    /// Ends what has come to its end; the truth of each planned look is asked now.
    mutating func sweep(at now: Moment, into effects: inout [Effect]) {
        while let look = sweeps.popDue(atUs: now.monotonicUs) {
            switch look {
            case .silence(let session): sweepSilence(session, look, at: now, into: &effects)
            case .staleToken(let session): sweepStaleToken(session, look, at: now, into: &effects)
            case .family(let session):
                guard let record = sessions[session]?.record else { continue }
                if record.expiresAtMs <= now.wallMs, writeRefusal == nil {
                    end(session)
                } else {
                    planFamilyEnd(record, at: now)
                }
            case .guest(let id):
                guard let record = guests[id] else { continue }
                if record.expiresAtMs <= now.wallMs, writeRefusal == nil {
                    guests[id] = nil
                    commits.add(.guestEnded(id), reversal: .guest(id, former: record))
                } else {
                    planGuestEnd(record, at: now)
                }
            case .clickGame: sweepClickGame(at: now, into: &effects)
            case .clickContributions: break
            case .relayDecay(let id): sweepDecay(id, look, at: now)
            case .relayEnd(let id): sweepRelayEnd(id, at: now)
            case .run(let account): sweepRun(account, at: now, into: &effects)
            case .ban(let account): sweepBan(account, at: now, into: &effects)
            case .deviceGrants: sweepGrants(at: now)
            }
        }
    }

    private mutating func sweepSilence(
        _ session: Identifier, _ look: Sweep, at now: Moment, into effects: inout [Effect]
    ) {
        guard let presence = presences[session] else { return }
        let lastSeenUs = presence.connections.reduce(presence.lastSeenUs) { latest, connection in
            max(latest, connections[connection]?.lastHeardUs ?? latest)
        }
        guard lastSeenUs + silenceUs <= now.monotonicUs else {
            sweeps.plan(look, atUs: lastSeenUs + silenceUs)
            return
        }
        // A look that comes late was held up, and signs of life with it: they get time to be read.
        let latenessUs = now.monotonicUs - lastSeenUs - silenceUs
        if latenessUs > Self.heldUpUs, !presence.connections.isEmpty {
            let soonUs = now.monotonicUs + silenceUs / 3
            let asIfSeenUs = soonUs - silenceUs
            presences[session]?.lastSeenUs = asIfSeenUs
            sweeps.plan(look, atUs: soonUs)
            return
        }
        for connection in presence.connections { close(connection, .goingAway, at: now, into: &effects) }
        presences[session] = nil
        store(presenceOf: session)
        effects.append(.log(.presenceCleared(session: session)))
    }

    private mutating func sweepStaleToken(
        _ session: Identifier, _ look: Sweep, at now: Moment, into effects: inout [Effect]
    ) {
        var nextUs: Int64?
        for id in presences[session]?.connections ?? [] {
            guard let untilUs = connections[id]?.tokenUntilUs else { continue }
            if untilUs <= now.monotonicUs {
                close(id, .sessionOver, at: now, into: &effects)
            } else {
                nextUs = min(nextUs ?? untilUs, untilUs)
            }
        }
        if let nextUs { sweeps.plan(look, atUs: nextUs) }
    }

    // MARK: Tokens' ends

    /// Until when a socket lives by a token: a little longer than the token itself, and never longer than a
    /// fresh one would let it, however far the wall clock was set back since.
    func tokenUntilUs(_ identity: Identity, at now: Moment) -> Int64 {
        let accessLifeMs = Int64(configuration.accessTokenSeconds) * 1000
        let lifeMs =
            switch identity.kind {
            case .account: accessLifeMs
            case .guest: Int64(Limits.guestTokenSeconds) * 1000
            }
        let leftMs = max(0, min(identity.expiresAtMs - now.wallMs, lifeMs))
        return now.monotonicUs + (leftMs + accessLifeMs / 15) * 1000
    }

    /// Lets a socket live on by a fresh token; an older one takes nothing back.
    mutating func prolong(_ id: ConnectionID, by identity: Identity, at now: Moment) {
        guard let untilUs = connections[id]?.tokenUntilUs else { return }
        let later = max(untilUs, tokenUntilUs(identity, at: now))
        connections[id]?.tokenUntilUs = later
        sweeps.plan(.staleToken(session: identity.sessionID), atUs: later)
    }

    /// Has the end of a sign-in looked at; the wall clock may step, so the look asks it again.
    mutating func planFamilyEnd(_ record: SessionRecord, at now: Moment) {
        sweeps.plan(.family(session: record.id), atUs: Self.lookUs(atMs: record.expiresAtMs, now))
    }

    /// Has the end of a guest's token looked at.
    mutating func planGuestEnd(_ record: GuestRecord, at now: Moment) {
        sweeps.plan(.guest(record.id), atUs: Self.lookUs(atMs: record.expiresAtMs, now))
    }

    static func lookUs(atMs wallMs: Int64, _ now: Moment) -> Int64 {
        let leftMs = max(Int64(Limits.storageProbeIntervalMs), min(wallMs - now.wallMs, .max / 4_000))
        return now.monotonicUs + leftMs * 1000
    }

    // MARK: Storage

    /// Has storage know what memory knows about a sign-in's presence, at once or once it takes writes again.
    private mutating func store(presenceOf session: Identifier) {
        guard writeRefusal == nil, !presences.isUnsettled else {
            presences.isUnsettled = true
            return
        }
        let record: Record =
            presences[session].map { .presence($0.record(session: session)) }
            ?? .presenceEnded(session: session)
        commits.add(record, reversal: .presence)
    }

    /// Makes good what storage missed while it refused writes.
    mutating func settlePresences() {
        guard presences.isUnsettled, writeRefusal == nil else { return }
        presences.isUnsettled = false
        commits.add(.presencesCleared, reversal: .presence)
        for (session, presence) in presences.sorted {
            commits.add(.presence(presence.record(session: session)), reversal: .presence)
        }
    }
}
