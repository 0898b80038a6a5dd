import Engine
import Game
import Protocol
import Testing

@Suite("A cheat is rejected, flagged and never paid")
struct CheatTests {
    /// What a rejected run leaves behind.
    private func expectRejected(
        _ desk: inout Desk, _ player: ArcadePlayer, as reason: RunEndReason = .rejected,
        _ flag: FlagRecord.Reason, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let result = try desk.result(of: player)
        #expect(result.reason == reason, sourceLocation: sourceLocation)
        #expect(result.rank == nil, sourceLocation: sourceLocation)
        #expect(result.profilePoints == 0, sourceLocation: sourceLocation)
        #expect(desk.flags(of: player.number) == [flag], sourceLocation: sourceLocation)
        #expect(desk.entries(of: player.number).isEmpty, sourceLocation: sourceLocation)
        #expect(Shelf(desk.kept).scores.isEmpty, sourceLocation: sourceLocation)
        #expect(desk.storedPoints(of: player.number) == 0, sourceLocation: sourceLocation)
    }

    private func send(_ point: RunPoint, _ desk: inout Desk, as number: UInt64 = 1) {
        desk.sayDrawn(number, .point(point), id: 4)
    }

    @Test("points faster than anyone hits: bursts end the run")
    func burst() throws {
        var desk = Desk.arcade { $0.messageRate = Rate(perSecond: 0, burst: 1) }
        var player = try desk.startRun(.dot, as: 1)
        var hits = 0
        while desk.told(player) == nil, hits < 100, (try? desk.hit(&player, afterMs: 20)) != nil { hits += 1 }
        #expect(hits == 23, "the third burst of eight in ten seconds ends it")
        try expectRejected(&desk, player, as: .burst, .burst)
    }

    @Test("a point off the target")
    func offTarget() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        try desk.hit(&player)
        desk.pass(ms: 300)
        var point = desk.aim(player)
        point.x = point.x < 30 ? point.x + 10 : point.x - 10
        send(point, &desk)
        #expect(desk.sent(to: 1).first?.code == .pointRejected)
        try expectRejected(&desk, player, .offTarget)
    }

    @Test("a point whose time doesn't move forward")
    func backwards() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        try desk.hit(&player)
        send(desk.aim(player), &desk)
        try expectRejected(&desk, player, .pointInPast)
    }

    @Test("points from further back than any line explains, the third time")
    func past() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        desk.pass(ms: 9_000)
        for lateMs in [6_000, 5_000] {
            send(desk.aim(player, lateMs: lateMs), &desk)
            #expect(desk.sent(to: 1).map(\.code) == [.pointRejected])
            #expect(desk.flags(of: 1).isEmpty, "once or twice a line may have broken down")
            player.seq += 1
        }
        send(desk.aim(player, lateMs: 4_000), &desk)
        try expectRejected(&desk, player, .pointInPast)
    }

    @Test(
        "a point that is later than its round trip explains doesn't count; its player isn't flagged for a bad line"
    )
    func late() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        desk.give(.roundTrip(Desk.socket(1), us: 80_000))
        for _ in 0..<9 {
            desk.pass(ms: 1_000)
            send(desk.aim(player, lateMs: 141), &desk)
            #expect(desk.sent(to: 1).map(\.code) == [.pointRejected])
            player.seq += 1
        }
        #expect(try desk.hit(&player, lateMs: 140).score == 1, "80 ms of way and 60 of grace")
        #expect(try desk.result(of: player).score == 1)
        #expect(desk.flags(of: 1).isEmpty)
    }

    @Test("the longest round trip of a run is what excuses its points, however fast later pongs come")
    func roundTrips() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        desk.give(.roundTrip(Desk.socket(1), us: 150_000))
        desk.give(.roundTrip(Desk.socket(1), us: 5_000))
        try desk.hit(&player, afterMs: 1_000, lateMs: 210)
        desk.pass(ms: 1_000)
        send(desk.aim(player, lateMs: 211), &desk)
        #expect(desk.sent(to: 1).map(\.code) == [.pointRejected])
        #expect(try desk.result(of: player).score == 1)
        desk.give(.roundTrip(Desk.socket(1), us: 5_000))
        var next = try desk.startRun(.dot, as: 1)
        desk.pass(ms: 1_000)
        send(desk.aim(next, lateMs: 66), &desk)
        #expect(desk.sent(to: 1).map(\.code) == [.pointRejected], "another run is judged by its own")
        next.seq += 1
        try desk.hit(&next, lateMs: 65)
    }

    @Test("no round trip excuses more than 250 ms, however slowly pongs come")
    func cap() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        desk.give(.roundTrip(Desk.socket(1), us: 5_000_000))
        try desk.hit(&player, afterMs: 1_000, lateMs: 250)
        desk.pass(ms: 1_000)
        send(desk.aim(player, lateMs: 251), &desk)
        #expect(desk.sent(to: 1).map(\.code) == [.pointRejected])
    }

    @Test("a run's begin asks for a pong, which can't overtake it")
    func ping() throws {
        var desk = Desk.arcade()
        desk.open(1)
        desk.sayDrawn(1, .startRun(.dot))
        let order = desk.effects.compactMap { effect -> String? in
            switch effect {
            case .send(Desk.socket(1), let envelope):
                if case .runStarted = envelope.message { "begin" } else { nil }
            case .ping(Desk.socket(1)): "ping"
            default: nil
            }
        }
        #expect(order == ["begin", "ping"])
    }

    @Test("a point from a time that is still to come")
    func future() throws {
        var desk = Desk.arcade()
        let player = try desk.startRun(.dot, as: 1)
        desk.pass(ms: 1_000)
        send(desk.aim(player, lateMs: -5_000), &desk)
        try expectRejected(&desk, player, .pointInFuture)
    }

    @Test("a point that comes again")
    func replay() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        let seq = player.seq
        try desk.hit(&player)
        desk.pass(ms: 400)
        var point = desk.aim(player)
        point.seq = seq
        send(point, &desk)
        try expectRejected(&desk, player, .replayedPoint)
    }

    @Test("a point after the time of the game, and one after the run's end")
    func afterEnd() throws {
        var desk = Desk.arcade()
        let player = try desk.startRun(.dot, as: 1)
        desk.pass(ms: 30_100)
        send(desk.aim(player, lateMs: 0), &desk)
        try expectRejected(&desk, player, .pointAfterEnd)
        var other = try desk.startRun(.dot, as: 2)
        try desk.hit(&other)
        #expect(try desk.result(of: other).score == 1)
        send(desk.aim(other, lateMs: 400), &desk, as: 2)
        #expect(desk.sent(to: 2).map(\.code) == [.runOver])
        #expect(desk.flags(of: 2).isEmpty, "it may have been on its way")
        send(desk.aim(other), &desk, as: 2)
        #expect(desk.sent(to: 2).map(\.code) == [.runOver])
        desk.pass(ms: 2_300)
        send(desk.aim(other, lateMs: 3_000), &desk, as: 2)
        desk.run(ms: 100)
        #expect(desk.flags(of: 2) == [.pointAfterEnd, .pointAfterEnd])
        #expect(desk.storedPoints(of: 2) == 3, "what counted stays")
    }

    @Test("a point, or an end, for someone else's run; whose run it is plays on")
    func foreign() throws {
        var desk = Desk.arcade()
        var victim = try desk.startRun(.dot, as: 1)
        desk.open(2)
        desk.pass(ms: 400)
        send(desk.aim(victim), &desk, as: 2)
        #expect(desk.sent(to: 2).map(\.code) == [.notFound])
        desk.say(2, .endRun(victim.run))
        #expect(desk.sent(to: 2).map(\.code) == [.notFound])
        desk.run(ms: 100)
        #expect(desk.flags(of: 2) == [.foreignRun, .foreignRun])
        #expect(try desk.hit(&victim).score == 1)
        #expect(try desk.result(of: victim).score == 1)
        #expect(desk.flags(of: 1).isEmpty)
        #expect(desk.storedPoints(of: 2) == 0)
    }

    @Test("two runs at once: the second never begins, the first goes on")
    func twice() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        desk.sayDrawn(1, .startRun(.shakyDot))
        #expect(desk.sent(to: 1).map(\.code) == [.runOpen])
        #expect(try desk.hit(&player).score == 1)
        #expect(try desk.result(of: player).reason == .time)
        #expect(desk.flags(of: 1) == [.secondRun])
    }

    @Test("more points in all, or a shorter time, than anyone has")
    func impossible() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        for _ in 0..<151 { try desk.hit(&player, afterMs: 160) }
        try expectRejected(&desk, player, .impossibleScore)
        var steps = try desk.startRun(.steps, as: 2)
        for _ in 0..<25 { try desk.hit(&steps, afterMs: 155) }
        #expect(try desk.result(of: steps).reason == .rejected)
        #expect(desk.flags(of: 2) == [.impossibleScore])
        #expect(desk.storedPoints(of: 2) == 0)
    }

    @Test("a score that nobody has is told of in the log, too, where its run ends with the socket")
    func impossibleAndGone() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        for _ in 0..<151 { try desk.hit(&player, afterMs: 160) }
        desk.pass(ms: 30_010 - Int64(desk.elapsedMs(player)))
        desk.lose(1)
        let account = Identifier(rawValue: 1)
        #expect(
            desk.effects.contains {
                if case .log(.flagged(account, .impossibleScore, _)) = $0 { true } else { false }
            })
        desk.run(ms: 100)
        #expect(desk.flags(of: 1) == [.impossibleScore])
    }

    @Test("a flag that is raised while the server stops is kept before it goes")
    func flagsWhileStopping() throws {
        var desk = Desk.arcade()
        let player = try desk.startRun(.dot, as: 1)
        desk.open(2)
        desk.run(ms: 100)
        desk.isAutomatic = false
        desk.say(1, .endRun(player.run))
        let first = try #require(desk.lastCommit)
        desk.give(.drain)
        desk.say(2, .endRun(player.run))
        #expect(desk.sent(to: 2).map(\.code) == [.notFound])
        desk.isAutomatic = true
        desk.kept += first.records
        desk.give(.committed(first.id))
        desk.run(ms: 100)
        #expect(desk.flags(of: 2) == [.foreignRun])
        #expect(desk.runs.map(\.id) == [player.run])
    }

    @Test("flags say what was seen, and the same again within minutes isn't kept without end")
    func evidence() throws {
        var desk = Desk.arcade()
        let victim = try desk.startRun(.steps, as: 1)
        desk.open(2)
        for _ in 0..<50 {
            desk.pass(ms: 30)
            desk.say(2, .endRun(victim.run))
        }
        desk.run(ms: 100)
        #expect(desk.flags(of: 2).count == 3)
        #expect(Shelf(desk.kept).flags.allSatisfy { $0.evidence.contains(victim.run.description) })
    }

    @Test("a run that nobody knows is nobody's: a server forgets, and whoever asks isn't flagged")
    func unknown() {
        var desk = Desk.arcade()
        desk.open(1)
        desk.say(1, .endRun(Identifier(rawValue: 4_711)))
        #expect(desk.sent(to: 1).map(\.code) == [.notFound])
        desk.run(ms: 100)
        #expect(desk.flags(of: 1).isEmpty)
    }

    @Test("a flag is kept whether its commit fails, or storage takes no writes when it is raised")
    func flagsOverFaults() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        try desk.hit(&player)
        desk.isAutomatic = false
        send(desk.aim(player), &desk)
        desk.run(ms: 50)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        desk.sayDrawn(1, .startRun(.dot))
        desk.open(3)
        desk.say(3, .endRun(player.run))
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 100)
        #expect(desk.flags(of: 1) == [.pointInPast])
        #expect(desk.flags(of: 3) == [.foreignRun], "seen while the disk was full")
        #expect(desk.runs.map(\.result.reason) == [.rejected])
    }

    @Test("after a rejected run the next one counts like any other")
    func again() throws {
        var desk = Desk.arcade()
        let player = try desk.startRun(.dot, as: 1)
        desk.pass(ms: 300)
        var point = desk.aim(player)
        point.seq = 5
        send(point, &desk)
        #expect(try desk.result(of: player).reason == .rejected)
        #expect(try desk.play(.dot, as: 1, hits: 4).profilePoints == 12)
    }
}
