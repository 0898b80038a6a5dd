import Client
import Protocol

/// A tracker and a server's books with a link between them that drops, doubles, delays and reorders, and a server
/// that crashes.
struct LossyClickWorld {
    private enum Word {
        case push(ClickPush)
        case accepted(String)
        case refused(String, Failure)
        case committed
    }

    private struct Letter {
        var atUs: Int64
        /// The connection that carries it; a push of an older one still arrives, an answer doesn't.
        var link: Int
        var word: Word
    }

    /// What the server keeps.
    private struct Books {
        var counted: [String: [Int]] = [:]
        var lastPushUs: Int64?
    }

    static let rateUs: Int64 = 5_000_000

    private(set) var made = 0
    /// Batches that the tracker heard were counted, with their clicks.
    private(set) var acknowledged: [String: Int] = [:]
    private(set) var crashCount = 0
    private(set) var refusalCount = 0
    private(set) var isPlausible = true
    private(set) var repeatsItself = true

    private var tracker: ClickTracker
    private var random: SeededGenerator
    private var nowUs: Int64 = 0
    private var link = 0
    private var isLinked = false
    private var relinkUs: Int64 = 0
    private var letters: [Letter] = []
    private var durable = Books()
    /// What is not durable yet, and was not acknowledged.
    private var working = Books()
    private var sent: [String: [Int]] = [:]
    private var isCalm = false

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        tracker = ClickTracker(generator: SeededGenerator(seed: ~seed))
    }

    var counted: Int { durable.counted.values.joined().reduce(0, +) }
    var held: Int { tracker.heldCount }
    var accepted: Int { tracker.acceptedCount }
    var dropped: Int { tracker.droppedCount }
    /// Whether every acknowledged batch stands in the books with its clicks.
    var standsByItsWord: Bool {
        acknowledged.allSatisfy { durable.counted[$0.key]?.reduce(0, +) == $0.value }
    }

    /// Clicks through a bad minute or two, then lets things settle.
    mutating func run() {
        while nowUs < 90_000_000 { step() }
        isCalm = true
        let patienceUs = nowUs + 1_000_000_000
        while held > 0, nowUs < patienceUs { step() }
    }

    private mutating func step() {
        nowUs += Int64.random(in: 1_000...400_000, using: &random)
        if !isCalm, chance(30) {
            let count = chance(2) ? 60 : Int.random(in: 1...3, using: &random)
            tracker.click(count: count, atUs: nowUs)
            made += count
        }
        if !isCalm, chance(1) { crash() }
        if !isCalm, chance(1) { cutLink() }
        if !isLinked, nowUs >= relinkUs {
            isLinked = true
            link += 1
            tracker.linked(pushRateSeconds: Int(Self.rateUs / 1_000_000))
        }
        deliver()
        guard isLinked, let nextUs = tracker.nextUs, nextUs <= nowUs, let push = tracker.due(atUs: nowUs)
        else {
            return
        }
        // A batch is the same each time, or what it is named for can't be told.
        let id = push.batchID ?? ""
        if let before = sent[id], before != push.clicks { repeatsItself = false }
        sent[id] = push.clicks
        post(.push(push))
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func post(_ word: Word) {
        let copies = isCalm ? 1 : chance(25) ? 0 : chance(20) ? 2 : 1
        for _ in 0..<copies {
            let longestUs: Int64 = chance(10) && !isCalm ? 15_000_000 : 300_000
            let delayUs = Int64.random(in: 1_000...longestUs, using: &random)
            letters.append(Letter(atUs: nowUs + delayUs, link: link, word: word))
        }
    }

    private mutating func deliver() {
        while let index = letters.indices.filter({ letters[$0].atUs <= nowUs })
            .min(by: { letters[$0].atUs < letters[$1].atUs })
        {
            let letter = letters.remove(at: index)
            switch letter.word {
            case .push(let push): receive(push, atUs: letter.atUs)
            case .committed: commit()
            case .accepted(let id) where letter.link == link && isLinked:
                if tracker.accepted(batchID: id, atUs: nowUs) { acknowledged[id] = sent[id]?.reduce(0, +) }
            case .refused(let id, let failure) where letter.link == link && isLinked:
                _ = tracker.refused(batchID: id, failure: failure, atUs: nowUs)
            case .accepted, .refused: break
            }
        }
    }

    // MARK: The server

    private mutating func receive(_ push: ClickPush, atUs: Int64) {
        let id = push.batchID ?? ""
        if durable.counted[id] != nil { return post(.accepted(id)) }
        // Its answer comes with the commit.
        if working.counted[id] != nil { return }
        if !isCalm, chance(15) { return refuse(id, Failure(.storageUnavailable, "full")) }
        let last = working.lastPushUs ?? durable.lastPushUs
        let longestUs = Self.rateUs * Int64(Limits.creditedPushIntervals)
        let passedUs = last.map { min(atUs - $0, longestUs) } ?? longestUs
        let earliestUs = Self.rateUs * Int64(100 - Limits.earlyPushPercent) / 100
        if last != nil, passedUs < earliestUs {
            let retryAfterMs = Int((earliestUs - passedUs + 999) / 1000)
            return refuse(id, Failure(.pushTooSoon, "too soon", retryAfterMs: retryAfterMs))
        }
        let sum = push.clicks.reduce(0, +)
        let isGood =
            !push.clicks.isEmpty && push.clicks.count <= Limits.maxClickStretches
            && push.clicks.allSatisfy { $0 > 0 }
        if !isGood || sum * 1_000_000 > ClickTracker.plausiblePerSecond * Int(passedUs) {
            isPlausible = false
            return refuse(id, Failure(.implausibleClicks, "too many"))
        }
        working.counted[id] = push.clicks
        working.lastPushUs = atUs
        let commitUs = nowUs + Int64.random(in: 0...(chance(5) ? 2_000_000 : 20_000), using: &random)
        letters.append(Letter(atUs: commitUs, link: link, word: .committed))
    }

    private mutating func refuse(_ id: String, _ failure: Failure) {
        refusalCount += 1
        post(.refused(id, failure))
    }

    private mutating func commit() {
        let batches = working.counted.sorted { $0.key < $1.key }
        for (id, clicks) in batches { durable.counted[id] = clicks }
        durable.lastPushUs = working.lastPushUs ?? durable.lastPushUs
        working = Books()
        for (id, _) in batches { post(.accepted(id)) }
    }

    /// The server forgets what isn't durable, and its sockets are gone; what was on the way to it may still come.
    private mutating func crash() {
        crashCount += 1
        working = Books()
        letters.removeAll { if case .committed = $0.word { true } else { false } }
        cutLink()
    }

    private mutating func cutLink() {
        guard isLinked else { return }
        isLinked = false
        tracker.linkLost(atUs: nowUs)
        relinkUs = nowUs + Int64.random(in: 0...10_000_000, using: &random)
    }
}
