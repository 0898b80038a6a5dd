import Engine
import Protocol
import Testing

@Suite("A new game")
struct NewGameTests {
    private static let call = HostCallID(rawValue: 7)

    private func desk(_ change: (inout EngineConfiguration) -> Void = { _ in }) -> Desk {
        var desk = Desk(recovered: Desk.withAccounts(), change)
        desk.play(1)
        desk.play(2)
        desk.run(ms: 100)
        return desk
    }

    private func begin(_ desk: inout Desk, width: Int? = nil, height: Int? = nil) {
        desk.give(.host(Self.call, .newGame(width: width, height: height)))
    }

    private func answer(_ desk: Desk) -> HostAnswer? {
        for case .answerHost(Self.call, let answer) in desk.effects { return answer }
        return nil
    }

    private func resets(_ desk: Desk) -> [ServerMessage] {
        desk.effects.compactMap { effect in
            switch effect {
            case .publish(_, .canvasReset(let epoch, let version, let width, let height)):
                .canvasReset(epoch: epoch, version: version, width: width, height: height)
            default: nil
            }
        }
    }

    @Test("takes the next version and the next epoch, blank, and tells everyone")
    func begins() throws {
        var desk = desk()
        desk.place(1, 4, 5, 6)
        desk.run(ms: 50)
        desk.open(3)
        desk.run(ms: 50)
        begin(&desk, width: 20)
        let reset = ServerMessage.canvasReset(epoch: 2, version: 2, width: 20, height: 10)
        #expect(resets(desk) == [reset])
        #expect(desk.sent(to: 3) == [ServerEnvelope(reset)], "whoever follows no stream hears it alone")
        #expect(desk.sent(to: 1).isEmpty && desk.sent(to: 2).isEmpty)
        #expect(answer(desk) == .done("A new canvas of 20x10 begins, epoch 2."))
        #expect(desk.engine.durableVersion == 2)
        #expect(desk.engine.epochNumber == 2)
        #expect(desk.engine.durableCells == [UInt8](repeating: 0, count: 200))
        guard case .canvas(let told) = desk.ask(.canvas) else { throw Failure(.internalError, "no canvas") }
        #expect(told.head.size == CanvasSize(width: 20, height: 10))
        #expect(told.head.version == 2 && told.snapshotVersion == 2)
    }

    @Test("is seen by nobody before it is durable, and until then nobody paints")
    func durableFirst() throws {
        var desk = desk()
        desk.place(1, 1, 1, 1)
        desk.run(ms: 50)
        desk.isAutomatic = false
        begin(&desk)
        let commit = try #require(desk.commit)
        #expect(
            commit.records.contains {
                if case .epoch(let epoch) = $0 { epoch.firstVersion == 2 } else { false }
            })
        #expect(resets(desk).isEmpty && answer(desk) == nil)
        #expect(desk.engine.epochNumber == 1)
        desk.place(2, 0, 0, 3)
        #expect(desk.sent(to: 2).map(\.code) == [.epochChanged])
        desk.say(1, .undo)
        #expect(desk.sent(to: 1).map(\.code) == [.epochChanged])
        desk.give(.host(HostCallID(rawValue: 8), .newGame()))
        #expect(
            desk.effects.contains {
                if case .answerHost(_, .refused(.epochChanged, _)) = $0 { true } else { false }
            })
        desk.give(.committed(commit.id))
        #expect(desk.engine.epochNumber == 2)
        #expect(resets(desk).count == 1)
    }

    @Test("that storage can't keep never was")
    func takenBack() throws {
        var desk = desk()
        desk.place(1, 4, 5, 6)
        desk.run(ms: 50)
        desk.isAutomatic = false
        begin(&desk, width: 3, height: 3)
        let commit = try #require(desk.commit)
        desk.give(.commitFailed(commit.id, .full))
        guard case .refused(.storageUnavailable, _) = answer(desk) else {
            Issue.record("the host is told")
            return
        }
        #expect(desk.engine.epochNumber == 1 && desk.engine.durableVersion == 1)
        desk.give(.storageProbed(nil))
        desk.isAutomatic = true
        desk.place(1, 0, 0, 2)
        desk.run(ms: 50)
        #expect(desk.engine.durableVersion == 2)
        begin(&desk)
        desk.run(ms: 50)
        #expect(desk.engine.epochNumber == 2 && desk.engine.durableVersion == 3)
    }

    @Test("comes between frames: what was of the canvas before is never merged with what is of it")
    func frames() throws {
        var desk = desk()
        desk.isAutomatic = false
        desk.place(1, 4, 5, 6)
        let first = try #require(desk.commit)
        begin(&desk)
        desk.place(2, 1, 1, 1)
        desk.give(.committed(first.id))
        desk.pass(ms: 25)
        desk.give(.wake)
        desk.give(.committed(try #require(desk.commit).id))
        desk.isAutomatic = true
        desk.pass(ms: 25)
        desk.place(2, 2, 2, 2)
        desk.run(ms: 50)
        #expect(desk.frames.map(\.epoch) == [1, 2])
        #expect(desk.frames.map(\.from) == [0, 2])
        #expect(desk.frames.last?.pixels == [Pixel(x: 2, y: 2, color: 2)])
    }

    @Test("is told at once to a reader who is behind, who then gets what came after it alone")
    func behind() {
        var desk = desk { $0.placeRate = Rate(perSecond: 0, burst: 1) }
        desk.place(1, 1, 1, 1)
        desk.run(ms: 50)
        desk.give(.backlog(Desk.socket(2), bytes: 500))
        desk.place(1, 2, 2, 2)
        desk.run(ms: 50)
        begin(&desk, width: 12)
        let reset = ServerMessage.canvasReset(epoch: 2, version: 3, width: 12, height: 10)
        #expect(desk.sent(to: 2) == [ServerEnvelope(reset)])
        desk.place(1, 11, 3, 3)
        desk.run(ms: 50)
        desk.give(.backlog(Desk.socket(2), bytes: 0))
        let run = PixelRun(from: 3, to: 4, epoch: 2, pixels: [Pixel(x: 11, y: 3, color: 3)])
        #expect(desk.sent(to: 2) == [ServerEnvelope(.pixels(run))])
    }

    @Test("reaches spectators who watch live in their own stream, each once")
    func spectators() {
        var desk = desk { $0.hasLiveSpectators = true }
        desk.open(3)
        desk.run(ms: 1_000)
        begin(&desk)
        var topics: [Topic] = []
        for case .publish(let topic, .canvasReset) in desk.effects { topics.append(topic) }
        #expect(topics == [.canvas, .spectators])
        #expect(desk.sent(to: 3).isEmpty)
        desk.place(1, 3, 3, 3)
        desk.run(ms: 1_000)
        #expect(desk.frames.suffix(2).allSatisfy { $0.epoch == 2 && $0.from == 1 })
    }

    @Test("ends the window of undo: nobody takes back what isn't there")
    func undo() {
        var desk = desk()
        desk.place(1, 4, 5, 6)
        desk.run(ms: 50)
        begin(&desk)
        desk.say(1, .undo)
        #expect(desk.sent(to: 1).map(\.code) == [.nothingToUndo])
    }

    @Test(
        "has a snapshot taken at once, which whoever asks waits for, and one of the canvas before isn't served"
    )
    func snapshots() throws {
        var desk = desk { $0.snapshotEvery = 1 }
        desk.isAutomatic = false
        desk.place(1, 4, 5, 6)
        let first = try #require(desk.commit)
        desk.give(.committed(first.id))
        desk.run(ms: 2_000)
        var old: SnapshotAnswer?
        for case .takeSnapshot(let size, let epoch, let version, let cells) in desk.effects {
            old = SnapshotAnswer(size: size, epoch: epoch, version: version, zlib: cells)
        }
        begin(&desk, width: 4, height: 4)
        desk.give(.committed(try #require(desk.lastCommit).id))
        #expect(desk.engine.epochNumber == 2)
        let early = desk.ask(.snapshot(ifNoneMatch: nil))
        #expect(early?.code == nil)
        let waiting = desk.lastRequestID
        desk.give(.snapshotTaken(try #require(old)))
        #expect(desk.responses[waiting] == nil)
        let new = try #require(
            desk.effects.compactMap { effect in
                if case .takeSnapshot(let size, let epoch, let version, let cells) = effect {
                    SnapshotAnswer(size: size, epoch: epoch, version: version, zlib: cells)
                } else {
                    nil
                }
            }.last)
        #expect(
            new
                == SnapshotAnswer(
                    size: try #require(CanvasSize(width: 4, height: 4)), epoch: 2, version: 2,
                    zlib: [UInt8](repeating: 0, count: 16)))
        desk.give(.snapshotTaken(new))
        guard case .snapshot(let given) = desk.responses[waiting]?.last else {
            Issue.record("whoever waited is served")
            return
        }
        #expect(given == new)
    }

    @Test("answers changes of the epoch before with its code, and of its own from its beginning")
    func changes() throws {
        var desk = desk()
        desk.place(1, 4, 5, 6)
        desk.run(ms: 50)
        begin(&desk)
        desk.run(ms: 100)
        let stale = desk.call(.changes(from: 1, to: nil, epoch: 1), as: Desk.account(1))
        #expect(stale?.code == .epochChanged)
        guard case .changes(let old) = desk.call(.changes(from: 0, to: nil, epoch: nil), as: Desk.account(1))
        else {
            Issue.record("no changes")
            return
        }
        #expect(old.run == PixelRun(from: 2, to: 2, epoch: 2, pixels: []) && old.snapshot != nil)
    }

    @Test("asks anew for a pixel that storage was still looking for, on the canvas that runs now")
    func lookups() throws {
        var desk = desk()
        desk.run(ms: 100)
        let request = desk.nextRequest()
        let far = desk.nextRequest()
        let caller = Caller(address: "10.0.0.1", credential: .none)
        desk.give(.request(request, .pixel(x: 1, y: 1), caller, .none))
        let asked = try #require(desk.query)
        desk.give(.request(far, .pixel(x: 9, y: 9), caller, .none))
        let askedFar = try #require(desk.query)
        begin(&desk, width: 4, height: 4)
        desk.give(.queryAnswered(asked.id, .pixel(nil)))
        #expect(desk.responses[request] == nil)
        let again = try #require(desk.query)
        #expect(again.query == .topPixel(cell: 5, epoch: 2))
        desk.give(.queryAnswered(again.id, .pixel(nil)))
        #expect(desk.responses[request]?.count == 1)
        desk.give(.queryAnswered(askedFar.id, .pixel(nil)))
        #expect(desk.responses[far]?.last?.code == .outOfBounds)
    }

    @Test(
        "of a size that no canvas has is refused",
        arguments: [(0, 5), (5, -1), (16_385, 1), (16_384, 16_384)])
    func sizes(width: Int, height: Int) {
        var desk = desk()
        begin(&desk, width: width, height: height)
        guard case .refused(.badRequest, _) = answer(desk) else {
            Issue.record("\(width)x\(height) begins")
            return
        }
        #expect(desk.commit == nil)
    }

    @Test("is in the audit with who ordered it")
    func audited() {
        var desk = desk()
        desk.give(.host(Self.call, .newGame(), by: .telegram(user: 99)))
        let rows = desk.kept.compactMap { if case .audit(let row) = $0 { row } else { nil } }
        #expect(rows.last?.actor == .telegram(user: 99))
        #expect(rows.last?.action == "new_game")
    }
}
