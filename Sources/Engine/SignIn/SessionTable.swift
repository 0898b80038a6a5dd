import Protocol

/// Every sign-in that hasn't ended, found by id, by account, or by the hash of one of its refresh tokens.
struct SessionTable: Sendable {
    /// A sign-in, and when its latest refresh token was made.
    struct Session: Sendable {
        var record: SessionRecord
        /// On the monotonic clock, in microseconds.
        var refreshedUs: Int64
        /// Its place among all sign-ins by age, from 1; 0 for one that is new.
        var order = 0
    }

    /// What a refresh token turned out to be.
    enum Presented: Sendable {
        /// The latest of its family.
        case latest(SessionRecord)
        /// The one before, shown again while its child may be given again.
        case repeated(SessionRecord)
        /// The one before, too late.
        case reused(SessionRecord)
        /// None that is kept in memory; storage may know it as an older one.
        case unknown

        /// Whose it is; nil where nobody knows.
        var account: Identifier? {
            switch self {
            case .latest(let record), .repeated(let record), .reused(let record): record.account
            case .unknown: nil
            }
        }
    }

    private static let graceUs = Int64(Limits.refreshGraceMs) * 1000

    private var byID: [Identifier: Session] = [:]
    /// By the hashes of the latest token and of the one before.
    private var byHash: [[UInt8]: Identifier] = [:]
    /// The sign-ins of an account, oldest first.
    private var ofAccount: [Identifier: [Identifier]] = [:]
    private var lastOrder = 0

    /// Takes the recovered sign-ins; how old their tokens are, only the wall clock can tell.
    init(_ records: [SessionRecord], at now: Moment) {
        let byAge = records.sorted { ($0.refreshedAtMs, $0.id.rawValue) < ($1.refreshedAtMs, $1.id.rawValue) }
        for record in byAge {
            let ageMs = max(0, now.wallMs - record.refreshedAtMs)
            put(Session(record: record, refreshedUs: now.monotonicUs - ageMs * 1000))
        }
    }

    /// How many are kept.
    var count: Int { byID.count }

    /// All of them, sorted by id.
    var sorted: [SessionRecord] { byID.values.map(\.record).sorted { $0.id < $1.id } }

    subscript(id: Identifier) -> Session? { byID[id] }

    /// An account's sign-ins, oldest first.
    func sessions(of account: Identifier) -> [Identifier] { ofAccount[account] ?? [] }

    /// What the token with a hash is.
    func presented(_ hash: [UInt8], at now: Moment) -> Presented {
        guard let id = byHash[hash], let session = byID[id], session.record.expiresAtMs > now.wallMs else {
            return .unknown
        }
        if session.record.refreshHash == hash { return .latest(session.record) }
        return now.monotonicUs - session.refreshedUs <= Self.graceUs
            ? .repeated(session.record) : .reused(session.record)
    }

    /// Adds a sign-in, or puts its next generation in its place.
    mutating func put(_ session: Session) {
        let record = session.record
        let former = byID[record.id]
        var session = session
        if session.order == 0 {
            lastOrder += former == nil ? 1 : 0
            session.order = former?.order ?? lastOrder
        }
        byID[record.id] = session
        if let former {
            forgetHashes(of: former.record)
        } else {
            // One that returns after a failed commit takes its old place.
            var known = ofAccount[record.account] ?? []
            let place = known.firstIndex { byID[$0].map { $0.order > session.order } ?? false }
            known.insert(record.id, at: place ?? known.count)
            ofAccount[record.account] = known
        }
        byHash[record.refreshHash] = record.id
        if let previous = record.previousHash { byHash[previous] = record.id }
    }

    /// Takes a sign-in out.
    @discardableResult
    mutating func remove(_ id: Identifier) -> Session? {
        guard let session = byID.removeValue(forKey: id) else { return nil }
        forgetHashes(of: session.record)
        let account = session.record.account
        // The last one is looked at first: whoever ends them all begins there.
        if let place = ofAccount[account]?.lastIndex(of: id) { ofAccount[account]?.remove(at: place) }
        if ofAccount[account]?.isEmpty == true { ofAccount[account] = nil }
        return session
    }

    /// Takes a change back that never became durable: the former sign-in returns, or none.
    mutating func revert(_ id: Identifier, to former: Session?) {
        if let former { put(former) } else { remove(id) }
    }

    private mutating func forgetHashes(of record: SessionRecord) {
        byHash[record.refreshHash] = nil
        if let previous = record.previousHash { byHash[previous] = nil }
    }
}
