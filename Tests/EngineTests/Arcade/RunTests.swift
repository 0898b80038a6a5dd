import Engine
import Game
import Protocol
import Testing

@Suite("A run")
struct RunTests {
    @Test("of a timed game ends with its time; score, place and points are told once durable")
    func timed() throws {
        var desk = Desk.arcade()
        let result = try desk.play(.dot, as: 1, hits: 10)
        #expect(result.reason == .time)
        #expect(result.score == 10)
        #expect(result.rank == 1)
        #expect(result.multiplierPercent == 300)
        #expect(result.profilePoints == 30)
        #expect(desk.storedPoints(of: 1) == 30)
        #expect(desk.entries(of: 1).map(\.points) == [30])
        #expect(desk.entries(of: 1).map(\.reason) == [.arcade])
        #expect(desk.runs.map(\.result) == [result])
        #expect(desk.runs[0].points.count == 10)
        let scores = Shelf(desk.kept).scores
        #expect(scores.map(\.score) == [10])
        #expect(scores.map(\.board) == [.arcade(.dot)])
        #expect(desk.flags(of: 1).isEmpty)
    }

    @Test("of steps ends with its last step; the time is the score, and what is left to par is paid")
    func steps() throws {
        var desk = Desk.arcade()
        let result = try desk.play(.steps, as: 1, hits: 25, everyMs: 500)
        #expect(result.reason == .completed)
        #expect(result.score == 12_500)
        #expect(result.rank == 1)
        #expect(result.profilePoints == 47, "60 s less 12.5 s, in whole seconds")
        #expect(desk.storedPoints(of: 1) == 47)
    }

    @Test("of a dot that shakes is won by following it")
    func shaky() throws {
        var desk = Desk.arcade()
        #expect(try desk.play(.shakyDot, as: 1, hits: 12, everyMs: 730).score == 12)
    }

    @Test("goes on with a seed that each hit brings, and that nothing before tells")
    func seeds() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        var seeds: Set<UInt64> = [player.stretch.seed]
        for _ in 0..<20 {
            let score = try desk.hit(&player)
            #expect(seeds.insert(try #require(score.seed)).inserted)
        }
        var grid = try desk.startRun(.steps, as: 2)
        #expect(try desk.hit(&grid).seed == nil)
    }

    @Test("is a player's place for its multiplier: of the best runs of others, and never of one's own")
    func places() throws {
        var desk = Desk.arcade()
        #expect(try desk.play(.dot, as: 1, hits: 20).rank == 1)
        let second = try desk.play(.dot, as: 2, hits: 15)
        #expect(second.rank == 2)
        #expect(second.profilePoints == 37, "15 × 2.5, rounded down")
        #expect(try desk.play(.dot, as: 3, hits: 15).rank == 2, "equal scores share a place")
        #expect(try desk.play(.dot, as: 4, hits: 14).rank == 4)
        let again = try desk.play(.dot, as: 1, hits: 3)
        #expect(again.rank == 4)
        #expect(again.profilePoints == 4, "3 × 1.5: the place of this run, not of the best one")
        #expect(try desk.play(.dot, as: 1, hits: 20).rank == 1)
        #expect(try desk.play(.shakyDot, as: 4, hits: 1).rank == 1, "each game has its board")
    }

    @Test("that its player leaves, by word or with the socket, has no score and pays nothing")
    func left() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        try desk.hit(&player)
        desk.say(1, .endRun(player.run), id: 12)
        desk.pass(ms: 25)
        let before = desk.effects
        desk.give(.wake)
        desk.effects = before + desk.effects
        let result = try #require(desk.told(player))
        #expect(desk.sent(to: 1).last?.replyTo == 12)
        #expect(result.reason == .left)
        #expect(result.rank == nil)
        #expect(result.multiplierPercent == nil)
        #expect(result.profilePoints == 0)
        player = try desk.startRun(.dot, as: 1)
        desk.lose(1)
        desk.run(ms: 40_000)
        #expect(desk.runs.map(\.result.reason) == [.left, .left])
        #expect(Shelf(desk.kept).scores.isEmpty)
        #expect(desk.storedPoints(of: 1) == 0)
        #expect(desk.flags(of: 1).isEmpty)
        _ = try desk.startRun(.dot, as: 1)
    }

    @Test("ends by a second sign-in of its player, whose run can begin at once")
    func replaced() throws {
        var desk = Desk.arcade()
        _ = try desk.startRun(.dot, as: 1)
        desk.open(1, on: 500)
        desk.run(ms: 100)
        #expect(desk.runs.map(\.result.reason) == [.left])
        desk.sayDrawn(500, .startRun(.dot))
        guard case .runStarted = desk.sent(to: 500).last?.message else {
            Issue.record("\(desk.sent(to: 500))")
            return
        }
    }

    @Test(
        "of a timed game that is left when its time is up counts, by word, by the socket or by a server's stop"
    )
    func leftAtTheEnd() throws {
        var desk = Desk.arcade()
        for way in 0..<3 as Range<UInt64> {
            var player = try desk.startRun(.dot, as: way + 1)
            for _ in 0..<4 { try desk.hit(&player) }
            desk.run(ms: 30_000 - Int64(desk.elapsedMs(player)) + 20)
            switch way {
            case 0: desk.say(1, .endRun(player.run))
            case 1: desk.lose(2)
            default: desk.give(.drain)
            }
            desk.run(ms: 60)
        }
        #expect(desk.runs.map(\.result.reason) == [.time, .time, .time])
        #expect(desk.runs.map(\.result.score) == [4, 4, 4])
    }

    @Test("without a hit has no place, and can't be begun without end")
    func nothing() throws {
        var desk = Desk.arcade()
        let result = try desk.play(.dot, as: 1, hits: 0)
        #expect(result.reason == .time)
        #expect(result.rank == nil)
        #expect(Shelf(desk.kept).scores.isEmpty)
        var begun = 0
        for _ in 0..<40 {
            desk.sayDrawn(1, .startRun(.dot))
            guard case .runStarted(let start) = desk.sent(to: 1).last?.message else { continue }
            begun += 1
            desk.say(1, .endRun(start.run))
            desk.run(ms: 30)
        }
        #expect((20...24).contains(begun))
        #expect(desk.sent(to: 1).last?.code == .rateLimited)
    }

    @Test("of steps that nobody finishes ends after a while, without a place")
    func endless() throws {
        var desk = Desk.arcade { $0.idleSeconds = 86_400 }
        let player = try desk.startRun(.steps, as: 1)
        desk.run(ms: Int64(Limits.arcadeStepsMs) + 2_000, hearing: [1])
        #expect(desk.runs.map(\.result.reason) == [.time])
        #expect(desk.runs.first?.result.rank == nil)
        #expect(desk.runs.first?.id == player.run)
    }

    @Test("needs an account, and is no part of the canvas's places")
    func guests() throws {
        var desk = Desk.arcade()
        desk.give(
            .opened(Desk.socket(80), Desk.guest(80), address: "g", play: false, relay: nil))
        desk.sayDrawn(80, .startRun(.dot))
        #expect(desk.sent(to: 80).map(\.code) == [.signInRequired])
        _ = try desk.startRun(.dot, as: 1)
        #expect(desk.engine.state(of: Identifier(rawValue: 1)) == .afk)
    }

    @Test("keeps its player from idling while it goes on, and each point is an action")
    func idling() throws {
        var desk = Desk.arcade { $0.idleSeconds = 20 }
        desk.play(1)
        var player = try desk.startRun(.dot, as: 1)
        try desk.hit(&player)
        let account = Identifier(rawValue: 1)
        #expect(desk.engine.idleDeadlineUs(of: account) == desk.now.monotonicUs + 20_000_000)
        desk.run(ms: 25_000, hearing: [1])
        #expect(desk.closed(1) == nil)
        #expect(desk.engine.state(of: account) == .playing, "the run isn't over")
        desk.run(ms: 30_000, hearing: [1])
        #expect(desk.engine.state(of: account) == .afk)
    }

    @Test("isn't told before its record is durable, and pays once however often the commit fails")
    func durable() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        for _ in 0..<5 { try desk.hit(&player) }
        desk.isAutomatic = false
        desk.run(ms: 32_000)
        #expect(desk.told(player) == nil)
        let first = try #require(desk.lastCommit)
        desk.give(.commitFailed(first.id, .full))
        #expect(desk.told(player) == nil)
        desk.sayDrawn(1, .startRun(.dot))
        #expect(desk.sent(to: 1).map(\.code) == [.storageUnavailable])
        desk.run(ms: 2_000)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        let result = try desk.result(of: player)
        #expect(result.profilePoints == 15)
        #expect(desk.storedPoints(of: 1) == 15)
        #expect(desk.runs.count == 1)
    }

    @Test("that ends as storage comes back isn't kept before those that have waited for it")
    func order() throws {
        var desk = Desk.arcade()
        let players = try (1...3 as ClosedRange<UInt64>).map { try desk.startRun(.dot, as: $0) }
        desk.run(ms: 100)
        desk.isAutomatic = false
        desk.say(3, .endRun(players[2].run))
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        desk.pass(ms: 1_000)
        desk.say(1, .endRun(players[0].run))
        desk.pass(ms: 1_000)
        desk.isAutomatic = true
        desk.give([
            .storageProbed(nil),
            .message(Desk.socket(2), ClientEnvelope(id: 5, .endRun(players[1].run))),
        ])
        desk.run(ms: 100)
        #expect(desk.runs.map(\.id) == [players[2].run, players[0].run, players[1].run])
    }

    @Test("whose place changed while storage was away has the place that it then reaches")
    func laterPlace() throws {
        var desk = Desk.arcade()
        var other = try desk.startRun(.dot, as: 2)
        for _ in 0..<6 { try desk.hit(&other) }
        var player = try desk.startRun(.dot, as: 1)
        for _ in 0..<5 { try desk.hit(&player) }
        let lastMs = Int64(30_000 + Limits.arcadeLatencyCapMs + Limits.runGraceMs)
        let nowMs = desk.now.wallMs
        let ends = [other, player].map { nowMs - Int64(desk.elapsedMs($0)) + lastMs }
        desk.isAutomatic = false
        desk.run(ms: 40_000)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        desk.run(ms: 2_000)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 100)
        let ranks = desk.runs.map { [Int($0.account.rawValue), $0.result.rank ?? 0] }
        #expect(ranks == [[2, 1], [1, 2]], "in one commit each finds those that ended before it")
        #expect(desk.runs.map(\.endedAtMs) == ends, "they ended when they ended, not when that was kept")
        #expect(desk.engine.isStorageHealthy)
    }
}
