import Game
import Protocol

/// Terminals' sign-ins under way (RFC 8628), in memory alone: short-lived, a bounded number, found by the hash
/// of the terminal's code and by the code that its person enters.
struct DeviceGrants: Sendable {
    /// One of them.
    struct Grant: Sendable {
        let userCode: UserCode
        let deviceHash: [UInt8]
        /// Where the terminal asks from.
        let address: String
        /// What it calls itself.
        let client: String?
        /// The sign-in whose account gets the Google account; none where the terminal wants to sign in.
        let link: Link?
        let startedUs: Int64
        var state = State.waiting
        /// Before this a poll comes too soon.
        var nextPollUs: Int64
        var pollPauseUs = DeviceGrants.pauseUs
    }

    /// An account and the sign-in that asked for it to be linked.
    struct Link: Sendable {
        let account: Identifier
        let session: Identifier
    }

    /// What its person did.
    enum State: Sendable {
        case waiting
        case allowed(GoogleHolder)
        case denied
        /// Allowed, but it can't be.
        case refused(Failure)
    }

    static let lifeUs = Int64(Limits.deviceGrantSeconds) * 1_000_000
    static let pauseUs = Int64(Limits.devicePollSeconds) * 1_000_000

    private var byHash: [[UInt8]: Grant] = [:]
    private var byCode: [UserCode: [UInt8]] = [:]
    /// Hashes by age; of grants that are over, too, until their time is: one that was used may come back.
    private var order = Ring<(hash: [UInt8], startedUs: Int64)>()
    private var countOf: [String: Int] = [:]
    /// How often each event happened since the start.
    private(set) var events: [DeviceGrantEvent: Int] = [:]

    /// How many are under way.
    var count: Int { byHash.count }

    /// All of them by age.
    var byAge: [Grant] { (0..<order.count).compactMap { byHash[order[$0].hash] } }

    /// Whether a code is in use already.
    func isTaken(_ code: UserCode, at now: Moment) -> Bool { grant(of: code, at: now) != nil }

    /// Whether an address has as many as one may have.
    func isCrowded(_ address: String) -> Bool {
        countOf[address, default: 0] >= Limits.maxDeviceGrantsPerAddress
    }

    /// Adds a grant whose codes are free; those whose time is over go, and the oldest where there are too many.
    mutating func add(_ grant: Grant, at now: Moment) {
        dropEnded(at: now)
        while order.count >= Limits.maxDeviceGrants, let oldest = order.popFirst() {
            expire(oldest.hash)
        }
        order.append((grant.deviceHash, grant.startedUs))
        put(grant)
        note(.begun)
    }

    /// Drops those whose time is over.
    mutating func dropEnded(at now: Moment) {
        while let oldest = order.first, !isAlive(oldest.startedUs, at: now) {
            expire(oldest.hash)
            order.removeFirst(1)
        }
    }

    /// When the next of them is over; nil where there is none.
    var nextEndUs: Int64? { order.first.map { $0.startedUs + Self.lifeUs } }

    /// The grant of a terminal's code; nil where there is none any more.
    func grant(ofHash hash: [UInt8], at now: Moment) -> Grant? {
        byHash[hash].flatMap { isAlive($0.startedUs, at: now) ? $0 : nil }
    }

    /// The grant of a person's code; nil where there is none any more.
    func grant(of code: UserCode, at now: Moment) -> Grant? {
        byCode[code].flatMap { grant(ofHash: $0, at: now) }
    }

    /// Notes what a grant's person did, or what came of it.
    mutating func decide(_ grant: Grant, _ state: State) {
        var grant = grant
        grant.state = state
        put(grant)
        switch state {
        case .waiting: break
        case .allowed: note(.allowed)
        case .denied: note(.denied)
        case .refused: note(.refused)
        }
    }

    /// Puts one back that was used in vain, unless its time is over meanwhile.
    mutating func giveBack(_ grant: Grant, at now: Moment) {
        // What made room for another is forgotten: nothing would take it away in its time.
        let isKept = order.first.map { $0.startedUs <= grant.startedUs } ?? false
        if isKept, isAlive(grant.startedUs, at: now) { put(grant) } else { note(.expired) }
    }

    /// Puts what became of a grant in its place.
    mutating func put(_ grant: Grant) {
        if byHash.updateValue(grant, forKey: grant.deviceHash) == nil {
            countOf[grant.address, default: 0] += 1
        }
        byCode[grant.userCode] = grant.deviceHash
    }

    /// Takes a grant out: each is good for one sign-in.
    mutating func remove(_ hash: [UInt8]) {
        guard let grant = byHash.removeValue(forKey: hash) else { return }
        byCode[grant.userCode] = nil
        let left = countOf[grant.address, default: 1] - 1
        countOf[grant.address] = left > 0 ? left : nil
    }

    private mutating func expire(_ hash: [UInt8]) {
        if byHash[hash] != nil { note(.expired) }
        remove(hash)
    }

    private mutating func note(_ event: DeviceGrantEvent) { events[event, default: 0] += 1 }

    private func isAlive(_ startedUs: Int64, at now: Moment) -> Bool {
        now.monotonicUs - startedUs < Self.lifeUs
    }
}
