import Engine
import Game
import Protocol
import Testing

@Suite("The queue")
struct QueueTests {
    /// Two places, taken by accounts 1 and 2.
    private func full(_ change: (inout EngineConfiguration) -> Void = { _ in }) -> Desk {
        var desk = Desk(recovered: Desk.withAccounts()) {
            $0.maxPlayers = 2
            $0.accessTokenSeconds = 86_400
            change(&$0)
        }
        desk.play(1)
        desk.play(2)
        return desk
    }

    @Test("a free place is had at once, and the one answer says so")
    func free() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.open(1)
        desk.say(1, .play, id: 6)
        #expect(desk.sent(to: 1) == [ServerEnvelope(replyTo: 6, .status(desk.playing()))])
        #expect(
            desk.engine.counts.transitions == [.play: 1, .promotion: 1], "by way of the line all the same")
    }

    @Test("a full server's answer tells the position and since when")
    func queued() {
        var desk = full()
        desk.open(3)
        desk.pass(ms: 500)
        desk.say(3, .play, id: 6)
        let sinceMs = desk.now.wallMs
        #expect(
            desk.sent(to: 3)
                == [ServerEnvelope(replyTo: 6, .status(.queued(position: 1, sinceMs: sinceMs)))])
        desk.pass(ms: 500)
        desk.play(4)
        #expect(desk.status(to: 4) == .queued(position: 2, sinceMs: desk.now.wallMs))
        desk.say(3, .play, id: 7)
        #expect(desk.status(to: 3) == .queued(position: 1, sinceMs: sinceMs), "play again changes nothing")
        #expect(desk.engine.queue.map(\.rawValue) == [3, 4])
    }

    @Test("is first come, first served, the moment a place is free, by whatever way it becomes so")
    func order() {
        var desk = full { $0.idleSeconds = 60 }
        for number in 3...6 as ClosedRange<UInt64> { desk.play(number) }
        desk.run(ms: 30_000, hearing: [1, 2, 3, 4, 5, 6])
        desk.say(1, .leave)
        #expect(desk.status(to: 1) == .afk)
        #expect(desk.status(to: 3) == desk.playing(forMs: 60_000), "promotion starts the deadline")
        desk.run(ms: 30_000, hearing: [1, 2, 3, 4, 5, 6])
        #expect(desk.engine.playing.map(\.rawValue) == [3, 4], "2 has idled")
        desk.give(.host(HostCallID(rawValue: 1), .kick(account: Identifier(rawValue: 3).description)))
        #expect(desk.status(to: 5) == desk.playing(forMs: 60_000))
        #expect(desk.engine.queue.map(\.rawValue) == [6])
    }

    @Test("holds so many and no more: then queue_full, 409, and who is in it keeps its place")
    func bounded() {
        var desk = full { $0.maxQueued = 2 }
        for number in 3...5 as ClosedRange<UInt64> { desk.play(number) }
        #expect(desk.sent(to: 5).last?.code == .queueFull)
        #expect(ErrorCode.queueFull.httpStatus == 409)
        desk.say(5, .play, id: 8)
        #expect(desk.sent(to: 5).map(\.replyTo) == [8])
        #expect(desk.sent(to: 5).map(\.code) == [.queueFull])
        desk.say(3, .play)
        #expect(desk.status(to: 3).map { if case .queued(1, _) = $0 { true } else { false } } == true)
        desk.say(4, .leave)
        desk.say(5, .play)
        #expect(desk.engine.queue.map(\.rawValue) == [3, 5])
    }

    @Test("is left by leave, or by absence, and by nothing else")
    func waitsForEver() {
        var desk = full()
        desk.play(3)
        for _ in 0..<200 {
            desk.run(ms: 30_000, hearing: [1, 2, 3])
            desk.place(1, 0, 0, 1)
            desk.place(2, 0, 0, 1)
        }
        #expect(desk.engine.queue.map(\.rawValue) == [3])
        desk.say(3, .leave, id: 4)
        #expect(desk.sent(to: 3) == [ServerEnvelope(replyTo: 4, .status(.afk))])
        #expect(desk.engine.queue.isEmpty)
        #expect(desk.engine.counts.connections == 3, "the socket stays")
    }

    @Test("keeps the position of a lost socket for idle-seconds, and then no more")
    func absence() {
        var desk = full { $0.idleSeconds = 60 }
        desk.play(3)
        desk.play(4)
        desk.lose(3)
        func wait(ms: Int64) {
            desk.run(ms: ms, hearing: [1, 2, 4])
            desk.place(1, 0, 0, 1)
            desk.place(2, 0, 0, 1)
        }
        wait(ms: 30_000)
        wait(ms: 29_999)
        #expect(desk.engine.queue.map(\.rawValue) == [3, 4])
        desk.run(ms: 1)
        #expect(desk.engine.queue.map(\.rawValue) == [4])
        desk.open(3, on: 30)
        #expect(desk.sent(to: 30).count == 1, "welcome alone: it is afk")
        #expect(desk.engine.counts.transitions[.absenceDeadline] == 1)
    }

    @Test("passes over whoever is absent, and lets it in first when it is back")
    func passedOver() throws {
        var desk = full()
        for number in 3...5 as ClosedRange<UInt64> { desk.play(number) }
        let sinceMs = desk.now.wallMs
        desk.lose(3)
        desk.say(1, .leave)
        #expect(desk.engine.playing.map(\.rawValue) == [2, 4])
        desk.run(ms: 10_000)
        desk.open(3, on: 30)
        guard case .welcome(let welcome) = desk.sent(to: 30).first?.message else {
            Issue.record("no welcome")
            return
        }
        #expect(welcome.status == .queued)
        #expect(desk.status(to: 30) == .queued(position: 1, sinceMs: sinceMs), "its position is its own")
        desk.say(2, .leave)
        #expect(desk.status(to: 30) == desk.playing())
        #expect(desk.engine.queue.map(\.rawValue) == [5])
    }

    @Test("lets whoever is back in at once where a place stood free over its head")
    func backToFreePlace() {
        var desk = full()
        desk.play(3)
        desk.lose(3)
        desk.say(1, .leave)
        #expect(desk.engine.playing.map(\.rawValue) == [2])
        desk.play(4)
        #expect(desk.status(to: 4) == desk.playing(), "who is present doesn't wait for who is not")
        desk.say(2, .leave)
        desk.open(3, on: 30)
        #expect(desk.status(to: 30) == desk.playing())
    }

    @Test("those in it and those let in get the canvas's frames")
    func frames() {
        var desk = full()
        func isSubscribed(_ number: UInt64) -> Bool {
            desk.effects.contains {
                if case .subscribe(Desk.socket(number), .canvas) = $0 { true } else { false }
            }
        }
        desk.open(3)
        #expect(!isSubscribed(3))
        desk.say(3, .play)
        #expect(isSubscribed(3), "a queued one follows the canvas")
        desk.say(1, .leave)
        #expect(!isSubscribed(3), "and goes on as it plays, without a second subscription")
        desk.open(4, play: true)
        desk.lose(4)
        desk.open(4, on: 40)
        #expect(isSubscribed(40), "a queued one that is back, too")
    }

    @Test("no spectator's cooldown holds for whoever plays, waits or is stalled")
    func noCooldown() {
        var desk = full()
        desk.play(3)
        desk.lose(2)
        for number in 1...3 as ClosedRange<UInt64> {
            for _ in 0..<3 {
                #expect(desk.ask(.snapshot(ifNoneMatch: nil), .valid(Desk.account(number)))?.code == nil)
            }
        }
        _ = desk.ask(.snapshot(ifNoneMatch: nil), .valid(Desk.account(4)))
        #expect(desk.ask(.snapshot(ifNoneMatch: nil), .valid(Desk.account(4)))?.code == .cooldown)
    }

    @Test("who waits can't change the canvas")
    func cannotPaint() {
        var desk = full()
        desk.play(3)
        desk.place(3, 0, 0, 1)
        #expect(desk.sent(to: 3).first?.code == .notPlaying)
        desk.say(3, .undo)
        #expect(desk.sent(to: 3).first?.code == .notPlaying)
    }

    @Test("its length is told by GET /api/canvas, and each one's state by GET /api/me")
    func counts() {
        var desk = full()
        desk.play(3)
        desk.lose(3)
        desk.lose(2)
        guard case .canvas(let canvas) = desk.ask(.canvas) else {
            Issue.record("no canvas")
            return
        }
        #expect(canvas.players == 2)
        #expect(canvas.queued == 1)
        func word(_ number: UInt64) -> StatusWord? {
            if case .me(let me) = desk.ask(.me, .valid(Desk.account(number))) { me.status } else { nil }
        }
        #expect((1...4 as ClosedRange<UInt64>).map(word) == [.playing, .stalled, .queued, .afk])
    }

    @Test("a batch that frees a place and asks for one gives it to whoever waited")
    func sameBatch() {
        var desk = full { $0.maxQueued = 1 }
        desk.play(3)
        desk.open(4)
        desk.give([
            .message(Desk.socket(1), ClientEnvelope(id: 1, .leave)),
            .message(Desk.socket(4), ClientEnvelope(id: 1, .play)),
        ])
        #expect(desk.engine.playing.map(\.rawValue) == [2, 3])
        #expect(desk.engine.queue.map(\.rawValue) == [4], "the place in line was free by then, too")
    }

    @Test("who waits and asks again as a place comes free is told once that it plays")
    func askedAgain() {
        var desk = full { $0.maxQueued = 1 }
        desk.play(3)
        desk.give([
            .message(Desk.socket(1), ClientEnvelope(id: 1, .leave)),
            .message(Desk.socket(3), ClientEnvelope(id: 2, .play)),
        ])
        #expect(desk.sent(to: 3) == [ServerEnvelope(replyTo: 2, .status(desk.playing()))])
    }
}
