import Engine
import Protocol

/// Accounts, guests and refresh families as calls and records tell: once with all that the server has taken on
/// (`head`), once with what the disk has kept (`durable`).
struct SignInModel: Sendable {
    struct Family: Hashable, Sendable {
        let account: Identifier
        /// The hash of every refresh token by generation, used ones too.
        var tokens: [[UInt8]]
        /// When the latest was made, on the monotonic clock in microseconds.
        var refreshedUs: Int64
        var expiresAtMs: Int64
        /// Its place among all sign-ins by age.
        var order = 0
        /// Whether a restarted server can tell how old the latest is; not if the wall clock stepped since.
        var isAgeSure = true

        var generation: Int { tokens.count - 1 }
    }

    struct Account: Hashable, Sendable {
        var name: String
        /// None where a Google account alone signs in.
        var publicKey: [UInt8]?
        var role: Role
        var isDeleted: Bool
        /// Why it may not sign in; nil where it may.
        var banReason: String?
        /// When that ends by the wall clock; nil for good.
        var banUntilMs: Int64?
    }

    struct Guest: Hashable, Sendable {
        var name: String
        var isRemoved: Bool
        /// When its token ends, and with it what is kept of it.
        var expiresAtMs: Int64
    }

    struct State: Sendable {
        var families: [Identifier: Family] = [:]
        var accounts: [Identifier: Account] = [:]
        var guests: [Identifier: Guest] = [:]

        /// Whether a token that the edge took for good is worth something.
        func accepts(_ identity: Identity) -> Bool {
            switch identity.kind {
            case .account:
                families[identity.sessionID]?.account == identity.id
                    && accounts[identity.id]?.isDeleted == false
                    && accounts[identity.id]?.banReason == nil
            case .guest: guests[identity.id]?.isRemoved != true
            }
        }

        func name(of identity: Identity) -> String? {
            switch identity.kind {
            case .account: accounts[identity.id]?.name
            case .guest(let name): guests[identity.id]?.name ?? name
            }
        }

        func account(withKey key: [UInt8]) -> Identifier? {
            accounts.first { !$0.value.isDeleted && $0.value.publicKey == key }?.key
        }
    }

    /// What a call that the server took on is to be answered with, unless storage fails.
    enum Promise: Hashable, Sendable {
        /// A pair of tokens: this generation of the sign-in, its refresh token with this hash.
        /// For a sign-in too many, the account's oldest are over with it.
        case tokens(
            session: Identifier, generation: Int, hash: [UInt8], isSignIn: Bool, ended: [Identifier] = [])
        /// This family is over because a used token of it came again.
        case reused(session: Identifier, of: Identifier)
        /// Storage is asked whose used token this was; nil where nobody's.
        case lookup(session: Identifier?)
        /// These sign-ins are over, and perhaps their account too.
        case ended([Identifier], of: Identifier, isDeletion: Bool)
        case guestEnded(session: Identifier)
        case renamed(Identity, String)
    }

    static let graceUs = Int64(Limits.refreshGraceMs) * 1000

    var head = State()
    var durable = State()
    /// Sign-ins whose end the disk has kept.
    var ended: Set<Identifier> = []
    var promises: [RequestID: Promise] = [:]
    /// Whose call storage is asked for.
    var lookups: [QueryID: RequestID] = [:]
    /// Calls that show a used token again in time, as the rules allow.
    var honest: Set<RequestID> = []
    private var lastOrder = 0
    /// Every refresh token's hash with the sign-in and generation it belongs to.
    private(set) var tokens: [[UInt8]: (session: Identifier, generation: Int)] = [:]

    /// Begins a sign-in; returns those of the account that are over because they would be too many.
    mutating func begin(
        _ session: Identifier, of account: Identifier, token: [UInt8], at now: Moment,
        isOpen: (Identifier) -> Bool
    ) -> [Identifier] {
        let running = sessions(of: account).sorted {
            (head.families[$0]?.order ?? 0) < (head.families[$1]?.order ?? 0)
        }
        let byUse = running.filter { !isOpen($0) } + running.filter(isOpen)
        let ended = Array(byUse.prefix(max(0, running.count - Limits.maxSessionsPerAccount + 1)))
        for session in ended { head.families[session] = nil }
        tokens[token] = (session, 0)
        lastOrder += 1
        head.families[session] = Family(
            account: account, tokens: [token], refreshedUs: now.monotonicUs,
            expiresAtMs: now.wallMs + Int64(Limits.refreshTokenSeconds) * 1000, order: lastOrder)
        return ended
    }

    /// Orders sign-ins as a start finds them.
    mutating func order(_ records: [SessionRecord]) {
        for record in records.sorted(by: {
            ($0.refreshedAtMs, $0.id.rawValue) < ($1.refreshedAtMs, $1.id.rawValue)
        }) {
            lastOrder += 1
            durable.families[record.id]?.order = lastOrder
        }
    }

    mutating func rotate(_ session: Identifier, to token: [UInt8], at now: Moment) {
        guard let generation = head.families[session]?.generation else { return }
        tokens[token] = (session, generation + 1)
        head.families[session]?.tokens.append(token)
        head.families[session]?.refreshedUs = now.monotonicUs
        head.families[session]?.expiresAtMs = now.wallMs + Int64(Limits.refreshTokenSeconds) * 1000
        head.families[session]?.isAgeSure = true
    }

    /// Takes back all that the disk didn't keep.
    mutating func rollBack() { head = durable }

    /// The sign-ins of an account that run.
    func sessions(of account: Identifier) -> [Identifier] {
        head.families.filter { $0.value.account == account }.keys.sorted()
    }

    /// Notes what the disk kept of a sign-in; false if it doesn't follow on what was kept before.
    mutating func keep(_ record: SessionRecord) -> Bool {
        let former = durable.families[record.id]
        var family =
            former
            ?? Family(account: record.account, tokens: [], refreshedUs: 0, expiresAtMs: record.expiresAtMs)
        if record.generation == family.generation + 1 { family.tokens.append(record.refreshHash) }
        if let known = head.families[record.id] {
            family.refreshedUs = known.refreshedUs
            family.isAgeSure = known.isAgeSure
            family.order = known.order
        }
        family.expiresAtMs = record.expiresAtMs
        durable.families[record.id] = family
        let previous = family.generation > 0 ? family.tokens[family.generation - 1] : nil
        return family.generation == record.generation && family.tokens.last == record.refreshHash
            && previous == record.previousHash && family.account == record.account
    }
}
