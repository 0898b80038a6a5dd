import Engine
import Game
import Protocol
import Testing

@Suite("A knob")
struct KnobTests {
    private func knob(_ desk: inout Desk, _ name: String) -> KnobEntry? {
        guard case .knobs(let knobs) = desk.order(.knobs) else { return nil }
        return knobs.first { $0.name == name }
    }

    @Test("beats its option until it is reset, and is kept with a row of the audit")
    func sets() throws {
        var desk = Desk.hosted { $0.maxQueued = 5 }
        #expect(desk.order(.setKnob(name: "max-queued", value: "3")) == .done("max-queued is 3."))
        #expect(
            knob(&desk, "max-queued")
                == KnobEntry(
                    name: "max-queued", value: "3", option: "5", isSet: true,
                    wanted: "a whole number from 0 to 1000000"))
        #expect(desk.order(.setKnob(name: "max-queued", value: nil)) == .done("max-queued is 5 again."))
        #expect(knob(&desk, "max-queued")?.isSet == false)
        #expect(desk.audit == ["console set_knob max-queued 3", "console reset_knob max-queued 5"])
        let kept = desk.kept.compactMap { record in
            if case .knob(let knob) = record { knob.value ?? "none" } else { nil }
        }
        #expect(kept == ["3", "none"])
    }

    @Test("is known after a restart; one that this release doesn't take is left alone")
    func recovers() {
        var recovered = Desk.withAccounts()
        recovered.knobs = [
            KnobRecord(name: "max-players", value: "1", atMs: 1),
            KnobRecord(name: "max-queued", value: "-7", atMs: 1),
            KnobRecord(name: "warp-speed", value: "9", atMs: 1),
        ]
        var desk = Desk(recovered: recovered)
        #expect(knob(&desk, "max-players")?.value == "1")
        #expect(knob(&desk, "max-queued")?.isSet == false)
        desk.play(1)
        desk.play(2)
        #expect(desk.engine.playing.count == 1)
    }

    @Test("takes what its option takes, and nothing else")
    func bounds() {
        var desk = Desk.hosted()
        for (name, value) in [
            ("place-rate", "fast"), ("place-rate", "-1:2"), ("max-players", "0"), ("max-players", "1000001"),
            ("idle-seconds", "0"), ("idle-seconds", "1.5"), ("spectator-cooldown", "86401"), ("ads", "yes"),
        ] {
            guard case .refused(.badRequest, let words) = desk.order(.setKnob(name: name, value: value))
            else {
                Issue.record("\(name) \(value)")
                continue
            }
            #expect(words.hasPrefix("\(name) must be "))
        }
        for name in ["tick-ms", ""] {
            guard case .refused(.notFound, _) = desk.order(.setKnob(name: name, value: "1")) else {
                Issue.record("\(name)")
                continue
            }
        }
        #expect(desk.audit.isEmpty)
    }

    @Test("that allows fewer players throws nobody out, and lets nobody in until there is a place")
    func fewerPlayers() {
        var desk = Desk.hosted { $0.maxPlayers = 3 }
        for number in 1...4 as ClosedRange<UInt64> { desk.play(number) }
        _ = desk.order(.setKnob(name: "max-players", value: "1"))
        #expect(desk.engine.playing.count == 3)
        desk.say(1, .leave)
        desk.say(2, .leave)
        #expect(desk.engine.playing.map(\.rawValue) == [3])
        desk.say(3, .leave)
        #expect(desk.engine.playing.map(\.rawValue) == [4])
        desk.say(1, .play)
        _ = desk.order(.setKnob(name: "max-players", value: "2"))
        #expect(desk.engine.playing.map(\.rawValue) == [1, 4], "more places are given at once")
    }

    @Test("for the line counts from the next who wants in")
    func line() {
        var desk = Desk.hosted { $0.maxPlayers = 1 }
        for number in 1...3 as ClosedRange<UInt64> { desk.play(number) }
        _ = desk.order(.setKnob(name: "max-queued", value: "1"))
        #expect(desk.engine.queue.count == 2)
        desk.open(4)
        desk.say(4, .play)
        #expect(
            desk.sent(to: 4).contains {
                if case .error(let failure) = $0.message { failure.code == .queueFull } else { false }
            })
    }

    @Test("for idling leaves a deadline that was told, and moves the next; a longer one is told in time")
    func idling() {
        var desk = Desk.hosted { $0.idleSeconds = 120 }
        desk.play(3)
        desk.play(4)
        _ = desk.order(.setKnob(name: "idle-seconds", value: "30"))
        let promisedUs = desk.engine.idleDeadlineUs(of: Identifier(rawValue: 3))
        desk.run(ms: 1_000)
        desk.place(4, 1, 1, 1)
        #expect(desk.engine.idleDeadlineUs(of: Identifier(rawValue: 3)) == promisedUs)
        #expect(desk.engine.idleDeadlineUs(of: Identifier(rawValue: 4)) == desk.now.monotonicUs + 30_000_000)
        #expect(desk.status(to: 4) == desk.playing(forMs: 30_000), "a nearer deadline is told at once")
        desk.run(ms: 31_000, hearing: [3, 4])
        #expect(desk.engine.state(of: Identifier(rawValue: 4)) == .afk)
        #expect(desk.engine.state(of: Identifier(rawValue: 3)) == .playing)
        desk.run(ms: 90_000, hearing: [3])
        #expect(desk.engine.state(of: Identifier(rawValue: 3)) == .afk)
    }

    @Test("for idling measures at once who waits without a socket")
    func absence() {
        var desk = Desk.hosted {
            $0.maxPlayers = 1
            $0.idleSeconds = 600
        }
        desk.play(3)
        desk.play(4)
        desk.lose(4)
        desk.run(ms: 40_000, hearing: [3])
        _ = desk.order(.setKnob(name: "idle-seconds", value: "30"))
        desk.run(ms: 100, hearing: [3])
        #expect(desk.engine.queue.isEmpty)
        #expect(desk.engine.playing.count == 1)
    }

    @Test("for a rate begins it anew for everyone")
    func placeRate() {
        var desk = Desk.hosted { $0.placeRate = Rate(perSecond: 0.001, burst: 1) }
        desk.play(3)
        desk.place(3, 1, 1, 1)
        desk.place(3, 1, 2, 1)
        #expect(desk.refusal(of: 3) == .rateLimited)
        _ = desk.order(.setKnob(name: "place-rate", value: "1:2"))
        desk.place(3, 1, 2, 1)
        desk.place(3, 1, 3, 1)
        #expect(desk.refusal(of: 3) == nil)
        desk.place(3, 1, 4, 1)
        #expect(desk.refusal(of: 3) == .rateLimited)
        _ = desk.order(.setKnob(name: "place-rate", value: "0"))
        for x in 0..<9 { desk.place(3, x, 5, 2) }
        #expect(desk.refusal(of: 3) == nil)
    }

    @Test("for spectators counts at once")
    func cooldown() {
        var desk = Desk.hosted { $0.spectatorCooldownMs = 60_000 }
        let guest = Credential.valid(Desk.guest(50))
        #expect(desk.ask(.snapshot(ifNoneMatch: nil), guest)?.code == nil)
        #expect(desk.ask(.snapshot(ifNoneMatch: nil), guest)?.code == .cooldown)
        let past = Route.history(.overview)
        for _ in 0..<2 * Limits.historyReadsPerCooldown { #expect(desk.ask(past, guest)?.code == nil) }
        #expect(desk.ask(past, guest)?.code == .cooldown)
        _ = desk.order(.setKnob(name: "spectator-cooldown", value: "0"))
        for _ in 0..<3 { #expect(desk.ask(.snapshot(ifNoneMatch: nil), guest)?.code == nil) }
        for _ in 0..<3 { #expect(desk.ask(past, guest)?.code == nil) }
    }

    @Test("for ads turns them off and on")
    func ads() {
        var desk = Stock.desk()
        func isShown(_ desk: inout Desk) -> Bool {
            let proofs = EdgeProofs(draw: desk.draw())
            guard
                case .ad = desk.settle(
                    .ads(.next(before: Stock.page)), .valid(Desk.account(1)), proofs: proofs)
            else { return false }
            return true
        }
        #expect(isShown(&desk))
        _ = desk.order(.setKnob(name: "ads", value: "off"))
        #expect(!isShown(&desk))
        _ = desk.order(.setKnob(name: "ads", value: "on"))
        #expect(isShown(&desk))
    }

    @Test("that doesn't become durable never was")
    func failure() throws {
        var desk = Desk.hosted { $0.maxPlayers = 2 }
        desk.isAutomatic = false
        desk.give(.host(Desk.hostCall, .setKnob(name: "max-players", value: "1")))
        desk.run(ms: 50)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        #expect(desk.effects.contains { if case .answerHost(_, .refused) = $0 { true } else { false } })
        #expect(knob(&desk, "max-players")?.value == "2")
        guard case .refused(.storageUnavailable, _) = desk.order(.setKnob(name: "max-players", value: "1"))
        else {
            Issue.record("not refused")
            return
        }
    }
}

extension Desk {
    /// Why the last word of a socket was refused; nil where it wasn't.
    fileprivate func refusal(of number: UInt64) -> ErrorCode? {
        for envelope in sent(to: number) {
            if case .error(let failure) = envelope.message { return failure.code }
        }
        return nil
    }
}
