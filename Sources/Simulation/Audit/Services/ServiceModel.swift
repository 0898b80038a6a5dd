import Engine
import Protocol

/// Calls about skins, ads and feedback that aren't answered, and what is known of ads and messages to the host.
struct ServiceModel: Sendable {
    struct Call: Sendable {
        var route: Route
        var identity: Identity?
        var takenUs: Int64
        /// What the points of its account came to on the disk since then.
        var balances: [Int] = []
    }

    /// A showing of an ad.
    struct Impression: Sendable {
        var holder: Identifier
        /// Since when, on the monotonic clock.
        var shownUs: Int64
        var seconds: Int
        /// Whether the server can know that time: not where the wall clock stepped before a restart.
        var isSure = true
        /// What a restart takes from that time's precision: it goes by the other clock's milliseconds.
        var slackMs: Int64 = 0
        var isKept = false
        var isCompleted = false
        /// Whether someone said in time that it is over.
        var mayComplete = false
    }

    /// Whose messages are counted together: an account's, or those from an address.
    enum Writer: Hashable, Sendable {
        case account(Identifier)
        case address(String)
    }

    static let hourUs: Int64 = 3_600_000_000

    let ads: [AdID: Ad]
    var showsAds: Bool
    var calls: [RequestID: Call] = [:]
    var impressions: [Identifier: Impression] = [:]
    /// Ads that each was shown.
    var shown = BucketLaw<Identifier>(burst: 10, onceInMs: 10_000)
    /// When messages that were kept were given, by writer.
    private(set) var written: [Writer: [(takenUs: Int64, isSure: Bool)]] = [:]
    /// Messages on their way to the disk, by who gave them.
    private(set) var pending: [Identifier: [(writer: Writer, takenUs: Int64)]] = [:]
    /// Messages that were kept, less those that were answered.
    var unanswered: [Identifier: Int] = [:]
    /// How far the wall clock was from the monotonic one when each of these times was noted.
    private var offsetsMs: [Int64: Int64] = [:]

    init(_ configuration: EngineConfiguration, ads: [Ad]) {
        self.ads = Dictionary(uniqueKeysWithValues: ads.map { ($0.id, $0) })
        showsAds = configuration.showsAds
    }

    /// How many messages of a writer count within the hour before a time, those on their way too.
    func count(_ writer: Writer, atUs nowUs: Int64) -> Int {
        let pending = pending.values.joined().filter { $0.writer == writer }.map(\.takenUs)
        return ((written[writer] ?? []).map(\.takenUs) + pending).count { nowUs - $0 < Self.hourUs }
    }

    /// Notes what an account's points came to, for its calls that aren't answered.
    mutating func note(_ balance: Int, of account: Identifier) {
        for (id, call) in calls where call.identity?.account == account {
            calls[id]?.balances.append(balance)
        }
    }

    mutating func write(_ holder: Identifier, as writer: Writer, at now: Moment) {
        pending[holder, default: []].append((writer, now.monotonicUs))
        offsetsMs[now.monotonicUs] = now.wallMs - now.monotonicUs / 1000
    }

    /// Takes a message that was kept; nil where nobody gave one, else how many there were in its hour.
    mutating func keep(_ holder: Identifier) -> Int? {
        guard let (writer, takenUs) = pending[holder]?.first else { return nil }
        pending[holder]?.removeFirst()
        written[writer, default: []].append((takenUs, true))
        unanswered[holder, default: 0] += 1
        return written[writer]?.count { $0.isSure && takenUs - $0.takenUs < Self.hourUs }
    }

    /// Nothing that waited for the disk comes any more.
    mutating func rollBack() { pending = [:] }

    /// The server began anew and goes by the wall clock for what happened before; guests' addresses it forgot.
    mutating func restart(at now: Moment) {
        calls = [:]
        shown.forget()
        rollBack()
        unanswered = [:]
        let offsetMs = now.wallMs - now.monotonicUs / 1000
        for (writer, times) in written {
            let isKnown = if case .account = writer { true } else { false }
            written[writer] = times.map { time in
                let formerMs = offsetsMs[time.takenUs] ?? .min / 2
                return (time.takenUs, time.isSure && isKnown && offsetMs - formerMs <= 2)
            }
        }
        for (id, impression) in impressions {
            let formerMs = offsetsMs[impression.shownUs] ?? .min / 2
            if abs(offsetMs - formerMs) > 2 { impressions[id]?.isSure = false }
            impressions[id]?.slackMs = 2
        }
    }

    /// Notes an ad that is shown if it will be.
    mutating func show(_ id: Identifier, to holder: Identifier, at now: Moment) {
        impressions[id] = Impression(holder: holder, shownUs: now.monotonicUs, seconds: 0)
        offsetsMs[now.monotonicUs] = now.wallMs - now.monotonicUs / 1000
    }
}
