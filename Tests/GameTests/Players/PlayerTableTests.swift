import Protocol
import Testing

@testable import Game

@Suite("Players")
struct PlayerTableTests {
    /// A table and the plain lists, moved by the same events as their owner would.
    private struct Pair {
        var table: PlayerTable
        var naive: NaivePlayers
        var nowUs: Int64 = 0
        /// What clients were told of the deadlines.
        var toldMs: [Identifier: (deadlineUs: Int64, ms: Int64)] = [:]
        let countdownUs: Int64

        init(_ rules: PlayerTable.Rules) {
            table = PlayerTable(rules: rules)
            naive = NaivePlayers(rules: rules)
            countdownUs = min(Int64(Limits.idleCountdownMs) * 1000, rules.idleUs / 2)
        }

        /// Lets time pass, no further than to the next planned look.
        mutating func pass(us: Int64) {
            nowUs = min(nowUs + us, max(nowUs, table.nextUs ?? .max))
            let deadlines = naive.playing.mapValues(\.deadlineUs)
            var idled: Set<Identifier> = []
            var absent: Set<Identifier> = []
            for news in table.pass(atUs: nowUs) {
                switch news {
                case .idled(let account):
                    #expect(deadlines[account] == nowUs, "neither before the deadline nor after it")
                    idled.insert(account)
                case .absent(let account): absent.insert(account)
                case .deadlineMoved(let account): tell(account)
                }
            }
            let expected = naive.pass(atUs: nowUs)
            #expect(idled == expected.idled)
            #expect(absent == expected.absent)
        }

        mutating func tell(_ account: Identifier) {
            let told = table.tellDeadline(of: account, atUs: nowUs, atMs: nowUs / 1000)
            if let deadlineUs = naive.playing[account]?.deadlineUs {
                let derivedMs = nowUs / 1000 + (deadlineUs - nowUs) / 1000
                #expect(told.map { abs($0 - derivedMs) <= 2 } == true)
                if let former = toldMs[account], former.deadlineUs == deadlineUs {
                    #expect(told == former.ms, "an unmoved deadline is the same number")
                }
                toldMs[account] = told.map { (deadlineUs, $0) }
                naive.playing[account]?.toldUs = deadlineUs
            }
        }

        mutating func act(_ account: Identifier) {
            naive.playing[account]?.deadlineUs = nowUs + naive.rules.idleUs
            if table.act(account, atUs: nowUs) { tell(account) }
        }

        mutating func promote() {
            var promoted: [Identifier] = []
            while let account = table.promote(atUs: nowUs) {
                promoted.append(account)
                tell(account)
            }
            #expect(promoted == naive.promote(atUs: nowUs), "in order, over the absent ones' heads")
            for account in promoted { tell(account) }
        }

        func compare() {
            #expect(table.playingSorted == naive.playing.keys.sorted())
            #expect(table.queuedInOrder == naive.line.map(\.account))
            #expect(table.playingCount <= naive.rules.capacity)
            #expect(table.queuedCount <= naive.rules.maxQueued)
            #expect(table.stalledCount == naive.playing.keys.count { !naive.sockets.contains($0) })
            for (account, player) in naive.playing {
                #expect(table.idleDeadlineUs(of: account) == player.deadlineUs)
                let hasSocket = naive.sockets.contains(account)
                #expect(table.word(of: account) == (hasSocket ? .playing : .stalled))
                if hasSocket, nowUs >= player.toldUs - countdownUs {
                    #expect(player.toldUs == player.deadlineUs, "its client counts down to another deadline")
                }
            }
            for (index, waiting) in naive.line.enumerated() {
                #expect(table.place(of: waiting.account)?.position == index + 1)
            }
            let ends =
                naive.playing.values.map(\.deadlineUs)
                + naive.line.compactMap { $0.absentSinceUs.map { $0 + naive.rules.idleUs } }
            if let first = ends.min() {
                #expect(table.nextUs.map { $0 <= first } == true, "the wake-up would come too late")
            }
        }
    }

    @Test(
        "keep order, capacity and deadlines under any events as plain lists do",
        arguments: 1...30 as ClosedRange<UInt64>)
    func naive(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let idleUs = Int64.random(in: 1...130, using: &random) * 1_000_000
        var pair = Pair(
            PlayerTable.Rules(
                capacity: Int.random(in: 0...6, using: &random),
                maxQueued: Int.random(in: 0...12, using: &random),
                idleUs: idleUs))
        var kinds: Set<PlayerTable.Entry> = []
        for _ in 0..<2_000 {
            pair.pass(us: Int64.random(in: 0...idleUs / 8, using: &random))
            let account = Identifier(rawValue: UInt64.random(in: 1...25, using: &random))
            switch Int.random(in: 0..<9, using: &random) {
            case 0...2:
                let hasSocket = pair.naive.sockets.contains(account)
                let entry = pair.table.play(
                    account, hasSocket: hasSocket, atUs: pair.nowUs, atMs: pair.nowUs / 1000)
                #expect(entry == pair.naive.play(account, atUs: pair.nowUs))
                kinds.insert(entry)
            case 3:
                let hadPlace = pair.naive.state(of: account) != .afk
                let event: PlayerEvent = Bool.random(using: &random) ? .leave : .removal
                let left = pair.table.leave(account, on: event, atUs: pair.nowUs)
                #expect(left == hadPlace)
                pair.naive.leave(account)
            case 4...5:
                guard let player = pair.naive.playing.keys.sorted().randomElement(using: &random) else {
                    break
                }
                pair.act(player)
            case 6 where pair.naive.sockets.contains(account):
                pair.table.depart(account, atUs: pair.nowUs)
                pair.naive.depart(account, atUs: pair.nowUs)
            default:
                pair.table.arrive(account)
                pair.naive.arrive(account)
                pair.tell(account)
            }
            pair.promote()
            pair.compare()
        }
        #expect(kinds.contains(.queued) || pair.naive.rules.capacity + pair.naive.rules.maxQueued == 0)
    }

    @Test("who is let in at once needs no room in line, who would wait does")
    func noLine() {
        var table = PlayerTable(rules: PlayerTable.Rules(capacity: 1, maxQueued: 0, idleUs: 1_000))
        let ids = (1...2).map { Identifier(rawValue: $0) }
        #expect(table.play(ids[0], hasSocket: true, atUs: 0, atMs: 0) == .queued)
        #expect(table.promote(atUs: 0) == ids[0])
        #expect(table.play(ids[1], hasSocket: true, atUs: 0, atMs: 0) == .queueFull)
        #expect(table.state(of: ids[1]) == .afk)
    }

    @Test("nobody is let in while admission pauses, and who plays goes on")
    func pause() {
        var table = PlayerTable(
            rules: PlayerTable.Rules(capacity: 2, maxQueued: 5, idleUs: 1_000_000),
            admission: Admission(maxLoopLagUs: 1_000, maxSentBitsPerSecond: 0))
        let ids = (1...2).map { Identifier(rawValue: $0) }
        _ = table.play(ids[0], hasSocket: true, atUs: 0, atMs: 0)
        #expect(table.promote(atUs: 0) == ids[0])
        while table.admission.pause == nil {
            _ = table.admission.take(LoadReading(loopLagUs: 2_000, sentBitsPerSecond: 0))
        }
        #expect(table.play(ids[1], hasSocket: true, atUs: 0, atMs: 0) == .queued)
        #expect(table.promote(atUs: 0) == nil)
        #expect(table.state(of: ids[0]) == .playing)
        while table.admission.pause != nil {
            _ = table.admission.take(LoadReading(loopLagUs: 0, sentBitsPerSecond: 0))
        }
        #expect(table.promote(atUs: 0) == ids[1])
    }

    @Test("changes of state are counted by what caused them")
    func transitions() {
        var table = PlayerTable(rules: PlayerTable.Rules(capacity: 1, maxQueued: 5, idleUs: 1_000))
        let ids = (1...3).map { Identifier(rawValue: $0) }
        for id in ids { _ = table.play(id, hasSocket: true, atUs: 0, atMs: 0) }
        _ = table.promote(atUs: 0)
        _ = table.play(ids[0], hasSocket: true, atUs: 0, atMs: 0)
        _ = table.leave(ids[1], atUs: 0)
        _ = table.leave(ids[1], atUs: 0)
        _ = table.act(ids[0], atUs: 0)
        table.depart(ids[2], atUs: 0)
        _ = table.pass(atUs: 1_000)
        #expect(
            table.transitions
                == [.play: 3, .promotion: 1, .leave: 1, .idleDeadline: 1, .absenceDeadline: 1])
    }
}
