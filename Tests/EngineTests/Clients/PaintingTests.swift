import Engine
import Protocol
import Testing

@Suite("Painting")
struct PaintingTests {
    private func desk(_ change: (inout EngineConfiguration) -> Void = { _ in }) -> Desk {
        var desk = Desk(recovered: Desk.withAccounts(), change)
        desk.play(1)
        desk.play(2)
        desk.run(ms: 100)
        return desk
    }

    @Test("a placement is answered and shown once it is durable, not before")
    func durableFirst() throws {
        var desk = desk()
        desk.isAutomatic = false
        desk.place(1, 4, 5, 6)
        let commit = try #require(desk.commit)
        #expect(desk.sent(to: 1).isEmpty)
        #expect(desk.engine.durableVersion == 0)
        desk.pass(ms: 3)
        desk.give(.committed(commit.id))
        #expect(desk.sent(to: 1) == [ServerEnvelope(replyTo: 1, .placed(version: 1, epoch: 1))])
        #expect(
            desk.frames == [PixelRun(from: 0, to: 1, epoch: 1, pixels: [Pixel(x: 4, y: 5, color: 6)])])
    }

    @Test("whoever placed hears so before the frame that shows it to all")
    func answerFirst() throws {
        var desk = desk()
        desk.isAutomatic = false
        desk.place(1, 4, 5, 6)
        desk.give(.committed(try #require(desk.commit).id))
        let order = desk.effects.compactMap { effect in
            switch effect {
            case .send: "answer"
            case .publish: "frame"
            default: nil
            }
        }
        #expect(order == ["answer", "frame"])
    }

    struct Refusal: Sendable {
        var pixel: Pixel
        var code: ErrorCode
    }

    static let refusals = [
        Refusal(pixel: Pixel(x: 10, y: 0, color: 0), code: .outOfBounds),
        Refusal(pixel: Pixel(x: 0, y: 10, color: 0), code: .outOfBounds),
        Refusal(pixel: Pixel(x: -1, y: 0, color: 0), code: .outOfBounds),
        Refusal(pixel: Pixel(x: .max, y: .max, color: 0), code: .outOfBounds),
        Refusal(pixel: Pixel(x: 0, y: 0, color: 32), code: .badColor),
    ]

    @Test("what doesn't fit the canvas is refused by its code and spends no rate", arguments: refusals)
    func refused(_ refusal: Refusal) {
        var desk = desk { $0.placeRate = Rate(perSecond: 1, burst: 1) }
        for _ in 0..<3 {
            desk.say(1, .place(refusal.pixel), id: 8)
            #expect(desk.sent(to: 1).first?.code == refusal.code)
            #expect(desk.sent(to: 1).first?.replyTo == 8)
        }
        desk.place(1, 0, 0, 1)
        #expect(desk.sent(to: 1).first?.message == .placed(version: 1, epoch: 1))
    }

    @Test("both doors to the canvas share one rate an account, undo too")
    func rate() {
        var desk = desk { $0.placeRate = Rate(perSecond: 1, burst: 3) }
        desk.place(1, 0, 0, 1)
        #expect(desk.ask(.placePixel(Pixel(x: 1, y: 0, color: 1)), .valid(Desk.account(1))) == nil)
        desk.run(ms: 25)
        desk.say(1, .undo)
        desk.run(ms: 25)
        #expect(desk.engine.durableVersion == 3)
        desk.place(1, 2, 0, 1)
        #expect(desk.sent(to: 1).first?.code == .rateLimited)
        desk.place(2, 2, 0, 1)
        desk.run(ms: 25)
        #expect(desk.engine.durableVersion == 4, "another account has its own")
    }

    @Test("commits start a tick apart and group what came between")
    func groups() throws {
        var desk = desk()
        desk.isAutomatic = false
        desk.place(1, 0, 0, 1)
        let first = try #require(desk.commit)
        for x in 1...5 { desk.place(2, x, 0, 1) }
        desk.pass(ms: 2)
        desk.give(.committed(first.id))
        #expect(desk.commit == nil, "the tick isn't over")
        #expect(desk.engine.nextWakeUs == desk.now.monotonicUs + 23_000)
        desk.pass(ms: 23)
        desk.give(.wake)
        let second = try #require(desk.commit)
        #expect(second.records.count == 5)
        desk.pass(ms: 2)
        desk.give(.committed(second.id))
        #expect(desk.frames.map(\.to) == [1, 6])
        #expect(desk.frames.map(\.from) == [0, 1])
    }

    @Test("frames are a tick apart however long a commit takes, and none falls behind for good")
    func frameSpacing() throws {
        var desk = desk()
        desk.isAutomatic = false
        desk.place(1, 0, 0, 1)
        let slow = try #require(desk.commit)
        desk.place(1, 1, 0, 2)
        desk.pass(ms: 60)
        desk.give(.committed(slow.id))
        #expect(desk.frames.map(\.to) == [1])
        let quick = try #require(desk.commit, "the next commit was long due")
        desk.pass(ms: 1)
        desk.give(.committed(quick.id))
        #expect(desk.frames.map(\.to) == [1], "its frame must wait for a tick to pass")
        #expect(desk.engine.nextWakeUs == desk.now.monotonicUs + 24_000)
        desk.place(1, 2, 0, 3)
        desk.pass(ms: 24)
        desk.give(.wake)
        let third = try #require(desk.commit)
        #expect(desk.frames.map(\.to) == [1], "the commit under way brings the frame")
        desk.pass(ms: 1)
        desk.give(.committed(third.id))
        #expect(desk.frames.map(\.from) == [0, 1])
        #expect(desk.frames.map(\.to) == [1, 3])
    }

    @Test(
        "a frame that waits goes out by itself when nothing else happens, and at once when the server stops")
    func heldFrame() throws {
        for isStopping in [false, true] {
            var desk = desk()
            desk.isAutomatic = false
            desk.place(1, 0, 0, 1)
            let slow = try #require(desk.commit)
            desk.place(1, 1, 0, 2)
            desk.pass(ms: 60)
            desk.give(.committed(slow.id))
            let quick = try #require(desk.commit)
            desk.give(.committed(quick.id))
            #expect(desk.frames.map(\.to) == [1])
            if isStopping { desk.give(.drain) } else { desk.run(ms: 25) }
            #expect(desk.frames.map(\.to) == [1, 2])
        }
    }

    @Test("an undo brings color and owner back, and is refused where there is nothing to take back")
    func undo() {
        var desk = desk()
        desk.say(1, .undo)
        #expect(desk.sent(to: 1).first?.code == .nothingToUndo)
        desk.place(1, 3, 3, 7)
        desk.run(ms: 25)
        desk.place(2, 3, 3, 8)
        desk.run(ms: 25)
        desk.say(1, .undo)
        #expect(desk.sent(to: 1).first?.code == .nothingToUndo, "another lies on top")
        desk.say(2, .undo)
        desk.run(ms: 25)
        #expect(desk.engine.durableCells[33] == 7)
        desk.say(1, .undo, id: 5)
        desk.run(ms: 25)
        #expect(desk.engine.durableCells[33] == 0)
        #expect(desk.engine.durableVersion == 4)
        let undone = desk.kept.compactMap { record in
            if case .change(let change) = record { change.undoes } else { nil }
        }
        #expect(undone == [2, 1])
        desk.place(1, 3, 3, 7)
        desk.run(ms: 5_025)
        desk.say(1, .undo)
        #expect(desk.sent(to: 1).first?.code == .nothingToUndo, "too late")
    }
}
