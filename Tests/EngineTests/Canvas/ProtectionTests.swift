import Engine
import Protocol
import Testing

@Suite("Protected areas")
struct ProtectionTests {
    private static let call = HostCallID(rawValue: 7)

    private func desk(_ recovered: RecoveredState = Desk.withAccounts()) -> Desk {
        var desk = Desk(recovered: recovered)
        desk.play(1)
        desk.play(2)
        desk.run(ms: 100)
        return desk
    }

    private func order(_ desk: inout Desk, _ command: HostCommand) -> HostAnswer? {
        desk.pass(ms: 30)
        desk.give(.host(Self.call, command))
        for case .answerHost(Self.call, let answer) in desk.effects { return answer }
        return nil
    }

    private func place(_ desk: inout Desk, _ number: UInt64, _ x: Int, _ y: Int) -> ErrorCode? {
        desk.pass(ms: 500)
        desk.place(number, x, y, 3)
        return desk.sent(to: number).compactMap(\.code).first
    }

    @Test("can't be painted by players, over either way, and say why")
    func refused() {
        var desk = desk()
        #expect(
            order(&desk, .protect(CanvasBox(5, 6, 2, 3), note: "a monument"))
                == .done("Area 1 is protected: 2,3 5,6."))
        #expect(place(&desk, 1, 2, 3) == .protectedArea)
        #expect(place(&desk, 1, 5, 6) == .protectedArea)
        #expect(place(&desk, 1, 6, 6) == nil)
        #expect(place(&desk, 1, 2, 2) == nil)
        let answer = desk.call(.placePixel(Pixel(x: 3, y: 3, color: 1)), as: Desk.account(2))
        guard case .failure(let failure) = answer else {
            Issue.record("the pixel is placed")
            return
        }
        #expect(failure == Failure(.protectedArea, "This part of the canvas is protected: a monument"))
    }

    @Test("spend no rate where they refuse")
    func spendNothing() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.placeRate = Rate(perSecond: 0.001, burst: 1) }
        desk.play(1)
        desk.run(ms: 100)
        #expect(order(&desk, .protect(CanvasBox(0, 0, 1, 1), note: "")) != nil)
        #expect(place(&desk, 1, 0, 0) == .protectedArea)
        #expect(place(&desk, 1, 4, 4) == nil)
    }

    @Test("keep what lies in them from being taken back, too")
    func undo() {
        var desk = desk()
        #expect(place(&desk, 1, 2, 3) == nil)
        #expect(order(&desk, .protect(CanvasBox(2, 3, 2, 3), note: "")) != nil)
        desk.say(1, .undo)
        #expect(desk.sent(to: 1).map(\.code) == [.protectedArea])
        #expect(order(&desk, .unprotect(id: 1)) != nil)
        desk.pass(ms: 30)
        desk.say(1, .undo)
        #expect(desk.sent(to: 1).map(\.code) == [nil])
    }

    @Test("let moderators and admins paint")
    func staff() {
        var recovered = Desk.withAccounts()
        recovered.accounts[1].role = .moderator
        var desk = desk(recovered)
        #expect(order(&desk, .protect(CanvasBox(0, 0, 9, 9), note: "")) != nil)
        #expect(place(&desk, 1, 4, 4) == .protectedArea)
        #expect(place(&desk, 2, 4, 4) == nil)
    }

    @Test("hold from the order on, and until their end is durable")
    func order() throws {
        var desk = desk()
        desk.isAutomatic = false
        desk.give(.host(Self.call, .protect(CanvasBox(0, 0, 1, 1), note: "")))
        let begun = try #require(desk.commit)
        #expect(place(&desk, 1, 0, 0) == .protectedArea)
        desk.give(.committed(begun.id))
        desk.pass(ms: 30)
        desk.give(.host(Self.call, .unprotect(id: 1)))
        let ended = try #require(desk.commit)
        #expect(place(&desk, 1, 0, 0) == .protectedArea)
        desk.give(.host(HostCallID(rawValue: 8), .unprotect(id: 1)))
        #expect(
            desk.effects.contains {
                if case .answerHost(_, .refused(.notFound, _)) = $0 { true } else { false }
            })
        desk.give(.committed(ended.id))
        #expect(place(&desk, 1, 0, 0) == nil)
    }

    @Test("and their ends are taken back with a commit that fails")
    func failedCommits() throws {
        var desk = desk()
        desk.isAutomatic = false
        desk.give(.host(Self.call, .protect(CanvasBox(0, 0, 1, 1), note: "")))
        desk.give(.commitFailed(try #require(desk.commit).id, .full))
        desk.give(.storageProbed(nil))
        desk.isAutomatic = true
        #expect(place(&desk, 1, 0, 0) == nil)
        #expect(
            order(&desk, .protect(CanvasBox(0, 0, 1, 1), note: "")) == .done("Area 2 is protected: 0,0 1,1."))
        desk.isAutomatic = false
        desk.pass(ms: 30)
        desk.give(.host(Self.call, .unprotect(id: 2)))
        desk.give(.commitFailed(try #require(desk.commit).id, .full))
        desk.give(.storageProbed(nil))
        desk.isAutomatic = true
        #expect(place(&desk, 1, 0, 0) == .protectedArea)
        #expect(order(&desk, .unprotect(id: 2)) == .done("Area 2 is protected no longer."))
    }

    @Test("are listed for everyone, kept over a restart, and end with their canvas")
    func listed() throws {
        var recovered = Desk.withAccounts()
        recovered.epoch = EpochRecord(
            epoch: 1, firstVersion: 0, size: try #require(CanvasSize(width: 10, height: 10)), startedAtMs: 0)
        recovered.cells = [UInt8](repeating: 0, count: 100)
        let area = ProtectedArea(id: 4, box: CanvasBox(0, 0, 3, 3), note: "old")
        recovered.protections = [HostProtectedArea(area: area, actor: .console, atMs: 5)]
        recovered.lastProtection = 6
        var desk = desk(recovered)
        #expect(place(&desk, 1, 0, 0) == .protectedArea)
        guard case .canvas(let canvas) = desk.ask(.canvas) else { throw Failure(.internalError, "no canvas") }
        #expect(canvas.protectedAreas == [area])
        #expect(
            order(&desk, .protect(CanvasBox(9, 9, 9, 9), note: "")) == .done("Area 7 is protected: 9,9 9,9."))
        guard case .protectedAreas(let all) = order(&desk, .protectedAreas) else {
            throw Failure(.internalError, "no list")
        }
        #expect(all.map(\.area.id) == [4, 7])
        #expect(order(&desk, .newGame()) != nil)
        #expect(order(&desk, .protectedAreas) == .protectedAreas([]))
        #expect(place(&desk, 1, 0, 0) == nil)
    }

    @Test("lie on the canvas, have a note of one line, and are no more than the limit")
    func limits() {
        var desk = desk()
        func code(_ box: CanvasBox, _ note: String) -> ErrorCode? {
            guard case .refused(let code, _) = order(&desk, .protect(box, note: note)) else { return nil }
            return code
        }
        #expect(code(CanvasBox(0, 0, 10, 0), "") == .outOfBounds)
        #expect(code(CanvasBox(-1, 0, 1, 0), "") == .outOfBounds)
        #expect(code(CanvasBox(0, 0, 1, 0), "two\nlines") == .badRequest)
        #expect(
            code(CanvasBox(0, 0, 1, 0), String(repeating: "n", count: Limits.maxAreaNoteCharacters + 1))
                == .badRequest)
        for _ in 0..<Limits.maxProtectedAreas { #expect(code(CanvasBox(0, 0, 0, 0), "") == nil) }
        #expect(code(CanvasBox(0, 0, 0, 0), "") == .badRequest)
        guard case .refused(.notFound, _) = order(&desk, .unprotect(id: 999)) else {
            Issue.record("an area ends that never was")
            return
        }
    }
}
