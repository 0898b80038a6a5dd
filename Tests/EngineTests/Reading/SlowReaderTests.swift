import Engine
import Protocol
import Testing

@Suite("Readers who fall behind")
struct SlowReaderTests {
    private func desk(_ change: (inout EngineConfiguration) -> Void = { _ in }) -> Desk {
        var desk = Desk(recovered: Desk.withAccounts()) {
            $0.placeRate = Rate(perSecond: 0, burst: 1)
            $0.messageRate = Rate(perSecond: 0, burst: 1)
            change(&$0)
        }
        desk.play(1)
        desk.play(2)
        desk.run(ms: 100)
        return desk
    }

    private func isSubscribed(_ desk: Desk, _ number: UInt64) -> Bool? {
        var found: Bool?
        for effect in desk.effects {
            switch effect {
            case .subscribe(Desk.socket(number), .canvas): found = true
            case .unsubscribe(Desk.socket(number), .canvas): found = false
            default: break
            }
        }
        return found
    }

    @Test("get one merged frame that joins, then frames again")
    func merged() {
        var desk = desk()
        desk.place(1, 0, 0, 1)
        desk.run(ms: 25)
        desk.give(.backlog(Desk.socket(2), bytes: 900))
        #expect(isSubscribed(desk, 2) == false)
        for color in 2...6 {
            desk.place(1, 3, 0, UInt8(color))
            desk.place(1, 1, 0, UInt8(color))
            desk.run(ms: 25)
        }
        desk.give(.backlog(Desk.socket(2), bytes: 500))
        #expect(desk.effects.isEmpty)
        desk.give(.backlog(Desk.socket(2), bytes: 0))
        let run = PixelRun(
            from: 1, to: 11, epoch: 1, pixels: [Pixel(x: 1, y: 0, color: 6), Pixel(x: 3, y: 0, color: 6)])
        #expect(desk.sent(to: 2) == [ServerEnvelope(.pixels(run))])
        guard case .subscribe(Desk.socket(2), .canvas) = desk.effects.last else {
            Issue.record("the merged frame comes before the subscription")
            return
        }
    }

    @Test("may leave a merged frame unread beside the limit, until they have read it")
    func longMergedFrame() {
        var desk = desk()
        desk.give(.backlog(Desk.socket(2), bytes: 1))
        for x in 0..<10 { desk.place(1, x, 0, 5) }
        desk.run(ms: 25)
        desk.give(.backlog(Desk.socket(2), bytes: 0))
        let most = Limits.maxOutboxBytes + 10 * Limits.maxPixelBytes
        desk.give(.backlog(Desk.socket(2), bytes: most))
        #expect(desk.closed(2) == nil)
        desk.give(.backlog(Desk.socket(2), bytes: 0))
        desk.give(.backlog(Desk.socket(2), bytes: most))
        #expect(desk.closed(2) == .tooSlow)
    }

    @Test("who had caught up anyway gets no empty frame")
    func nothingNew() {
        var desk = desk()
        desk.give(.backlog(Desk.socket(2), bytes: 1))
        desk.give(.backlog(Desk.socket(2), bytes: 0))
        #expect(desk.sent(to: 2).isEmpty)
        #expect(isSubscribed(desk, 2) == true)
    }

    @Test("are closed with 4009 when they leave too much unread")
    func tooMuch() {
        var desk = desk()
        desk.give(.backlog(Desk.socket(2), bytes: Limits.maxOutboxBytes))
        #expect(desk.closed(2) == nil)
        desk.give(.backlog(Desk.socket(2), bytes: Limits.maxOutboxBytes + 1))
        #expect(desk.closed(2) == .tooSlow)
        #expect(
            desk.logs.first
                == .evicted(
                    Desk.socket(2), account: Identifier(rawValue: 2), bytes: Limits.maxOutboxBytes + 1))
        #expect(desk.engine.counts.stalled == 1)
        desk.give(.backlog(Desk.socket(2), bytes: 0))
        #expect(desk.effects.isEmpty, "nothing after the close")
    }

    @Test("are closed with 4009 when they stay behind for too long, and only those")
    func tooLong() {
        var desk = desk()
        desk.give(.backlog(Desk.socket(1), bytes: 10))
        desk.pass(ms: 1)
        desk.give(.backlog(Desk.socket(2), bytes: 10))
        desk.give(.backlog(Desk.socket(1), bytes: 0))
        desk.pass(ms: 1)
        desk.give(.backlog(Desk.socket(1), bytes: 10))
        #expect(desk.engine.nextWakeUs == desk.now.monotonicUs - 1_000 + 10_000_000)
        desk.pass(ms: 9_999)
        desk.give(.wake)
        #expect(desk.closed(2) == .tooSlow)
        #expect(desk.closed(1) == nil)
        desk.give(.backlog(Desk.socket(1), bytes: 0))
        desk.run(ms: 20_000)
        #expect(desk.engine.counts.connections == 1)
    }

    @Test("who begins to play while behind gets frames once it has read")
    func playsWhileBehind() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        desk.give(.opened(Desk.socket(2), Desk.account(2), address: "a", play: false, relay: nil))
        desk.give(.backlog(Desk.socket(2), bytes: 10))
        desk.say(2, .play)
        #expect(isSubscribed(desk, 2) == nil)
        desk.run(ms: 100)
        desk.place(1, 0, 0, 4)
        desk.run(ms: 30)
        desk.give(.backlog(Desk.socket(2), bytes: 0))
        #expect(desk.sent(to: 2).count == 1)
        #expect(isSubscribed(desk, 2) == true)
        desk.give(.backlog(Desk.socket(2), bytes: 10))
        desk.say(2, .leave)
        #expect(isSubscribed(desk, 2) == nil)
        desk.give(.backlog(Desk.socket(2), bytes: 0))
        #expect(desk.effects.isEmpty, "whoever left gets no frames")
    }

    /// A socket at the edge: it gets what it is subscribed to, in order.
    struct Mirror {
        var isSubscribed = false
        var cells = [UInt8](repeating: 0, count: 100)
        var version: Version = 0

        mutating func take(_ run: PixelRun) {
            #expect(run.from == version, "frames join")
            for pixel in run.pixels { cells[pixel.y * 10 + pixel.x] = pixel.color }
            version = run.to
        }
    }

    @Test(
        "end with the same cells as everyone, whenever they fall behind", arguments: 0..<10 as Range<UInt64>)
    func alike(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var desk = desk { $0.snapshotEvery = 7 }
        // Both played on a blank canvas.
        var mirrors: [UInt64: Mirror] = [1: Mirror(isSubscribed: true), 2: Mirror(isSubscribed: true)]
        desk.isAutomatic = false
        var isBehind: [UInt64: Bool] = [:]
        var merged = 0
        var commit: CommitID?
        func perform() {
            for effect in desk.effects {
                switch effect {
                case .commit(let id, _): commit = id
                case .publish(_, .pixels(let run)):
                    for number in mirrors.keys where mirrors[number]?.isSubscribed == true {
                        mirrors[number]?.take(run)
                    }
                case .send(let id, let envelope):
                    guard case .pixels(let run) = envelope.message else { continue }
                    mirrors[id.rawValue]?.take(run)
                    merged += 1
                case .subscribe(let id, _): mirrors[id.rawValue]?.isSubscribed = true
                case .unsubscribe(let id, _): mirrors[id.rawValue]?.isSubscribed = false
                default: break
                }
            }
        }
        for _ in 0..<1_500 {
            var inputs: [Input] = []
            for _ in 0..<Int.random(in: 0..<4, using: &random) {
                let pixel = Pixel(
                    x: Int.random(in: 0..<10, using: &random), y: Int.random(in: 0..<10, using: &random),
                    color: UInt8.random(in: 0..<32, using: &random))
                inputs.append(.message(Desk.socket(1), ClientEnvelope(.place(pixel))))
            }
            if Int.random(in: 0..<4, using: &random) == 0 {
                let number = UInt64.random(in: 1...2, using: &random)
                isBehind[number, default: false].toggle()
                inputs.append(.backlog(Desk.socket(number), bytes: isBehind[number] == true ? 100 : 0))
            }
            if let id = commit {
                inputs.append(.committed(id))
                commit = nil
            }
            inputs.shuffle(using: &random)
            desk.pass(ms: Int64.random(in: 0..<30, using: &random))
            desk.give(inputs)
            perform()
        }
        desk.give(.backlog(Desk.socket(1), bytes: 0))
        perform()
        desk.give(.backlog(Desk.socket(2), bytes: 0))
        perform()
        while let id = commit {
            commit = nil
            desk.pass(ms: 25)
            desk.give(.committed(id))
            perform()
        }
        desk.pass(ms: 25)
        desk.give(.wake)
        perform()
        #expect(merged > 50)
        #expect(desk.engine.durableVersion > 500)
        for (_, mirror) in mirrors {
            #expect(mirror.version == desk.engine.durableVersion)
            #expect(mirror.cells == desk.engine.durableCells)
        }
    }
}
