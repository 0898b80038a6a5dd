import Engine
import Protocol

/// What the disk keeps of sign-ins, and what a start finds.
extension Auditor {
    mutating func keepSignIn(_ record: Record) {
        switch record {
        case .account(let account): keep(account)
        case .session(let session):
            blame(unless(signIns.keep(session), .families, "\(session.id) was kept out of order"))
        case .sessionEnded(let session):
            blame(
                unless(
                    signIns.head.families[session] == nil, .families, "\(session) ended, and nothing ended it"
                ))
            signIns.durable.families[session] = nil
            signIns.ended.insert(session)
        case .guest(let guest):
            signIns.durable.guests[guest.id] = SignInModel.Guest(
                name: guest.name, isRemoved: guest.isRemoved, expiresAtMs: guest.expiresAtMs)
        case .guestEnded(let guest): signIns.durable.guests[guest] = nil
        case .change, .presence, .presencesCleared, .presenceEnded, .flag, .snapshot, .epoch, .clickGame,
            .clickPush, .clickContributions, .relay, .puzzle, .score, .points, .run, .skin, .skinOwned,
            .impression, .feedback, .flagsCleared, .audit, .rollback, .protection, .knob, .telegram:
            break
        }
    }

    private mutating func keep(_ record: AccountRecord) {
        let isDeleted = record.deletedAtMs != nil
        let key = PlayerName.key(record.name)
        let twin = signIns.durable.accounts.first { id, other in
            let hasSameKey = record.publicKey != nil && other.publicKey == record.publicKey
            return id != record.id && (PlayerName.key(other.name) == key || hasSameKey)
        }
        blame(unless(twin == nil, .profiles, "\(record.name) is two accounts' name or key"))
        signIns.durable.accounts[record.id] = SignInModel.Account(
            name: record.name, publicKey: record.publicKey, role: record.role, isDeleted: isDeleted,
            banReason: record.banReason, banUntilMs: record.banUntilMs)
    }

    /// Notes sign-ins that end by age as the server begins to end them.
    mutating func noteExpiry(_ effects: [Effect]) {
        for case .commit(_, let records) in effects {
            for record in records {
                if case .sessionEnded(let session) = record,
                    let family = signIns.head.families[session], family.expiresAtMs <= verdict.now.wallMs
                {
                    signIns.head.families[session] = nil
                }
                if case .guestEnded(let guest) = record { signIns.head.guests[guest] = nil }
            }
        }
    }

    /// Holds what a start found against what was kept, and so against all that was acknowledged.
    mutating func recover(_ recovered: RecoveredState) {
        let found = Dictionary(uniqueKeysWithValues: recovered.sessions.map { ($0.id, $0) })
        for (id, family) in signIns.durable.families where family.expiresAtMs > verdict.now.wallMs {
            let isThere =
                found[id]?.generation == family.generation && found[id]?.refreshHash == family.tokens.last
            blame(unless(isThere, .keptAcknowledged, "a sign-in or refresh of \(id) is lost"))
        }
        for id in found.keys.sorted() {
            blame(unless(!signIns.ended.contains(id), .keptAcknowledged, "the end of \(id) is lost"))
        }
        signIns.durable.families = signIns.durable.families.filter { found[$0.key] != nil }
        let guests = Dictionary(uniqueKeysWithValues: recovered.guests.map { ($0.id, $0) })
        for (id, guest) in signIns.durable.guests where guest.expiresAtMs > verdict.now.wallMs {
            blame(unless(guests[id]?.name == guest.name, .keptAcknowledged, "the guest \(id) is lost"))
        }
        // A clock that is put back may bring tokens of the others back, but nothing else.
        signIns.durable.guests = signIns.durable.guests.filter { guests[$0.key] != nil }
        let accounts = Dictionary(uniqueKeysWithValues: recovered.accounts.map { ($0.id, $0) })
        for (id, account) in signIns.durable.accounts {
            let record = accounts[id]
            blame(
                unless(
                    account.isDeleted
                        ? record == nil : record?.name == account.name && record?.role == account.role,
                    .keptAcknowledged,
                    "what became of \(account.name) is lost"))
        }
        for (id, session) in found {
            guard let refreshedUs = signIns.durable.families[id]?.refreshedUs else { continue }
            // All a start knows is the wall clock; where it stepped meanwhile, the age is anyone's guess.
            let ageUs = max(0, verdict.now.wallMs - session.refreshedAtMs) * 1000
            if abs(verdict.nowUs - ageUs - refreshedUs) > 2_000 {
                signIns.durable.families[id]?.isAgeSure = false
            }
        }
        signIns.order(recovered.sessions)
        signIns.head = signIns.durable
        signIns.promises = [:]
        signIns.lookups = [:]
        signIns.honest = []
    }

    /// When nothing waits for the disk: it holds what the server says, and who is present.
    mutating func settle(_ present: Set<Identifier>) {
        blame(
            unless(
                present == Set(presences.heardUs.keys), .presence,
                "the disk has \(present.count) present, not \(presences.count)"))
        blame(
            unless(
                signIns.head.families == signIns.durable.families, .keptAcknowledged,
                "the disk has other sign-ins than the server"))
        blame(
            unless(
                signIns.head.accounts == signIns.durable.accounts
                    && signIns.head.guests == signIns.durable.guests, .profiles,
                "the disk has other accounts or guests than the server"))
    }
}
