import Engine
import Game
import Protocol
import Testing

@Suite("A rollback")
struct RollbackTests {
    private static let call = HostCallID(rawValue: 7)

    /// A desk whose storage searches in the records that were kept, some changes a step.
    private struct Searched {
        var desk: Desk
        var readsOfStep = 3
        private var scan: RollbackScan?
        private var unread: [ChangeRecord] = []

        init(_ change: (inout EngineConfiguration) -> Void = { _ in }) {
            desk = Desk(recovered: Desk.withAccounts()) {
                $0.placeRate = Rate(perSecond: 0, burst: 1)
                change(&$0)
            }
            for number in [1, 2, 3] as [UInt64] { desk.play(number) }
            desk.run(ms: 100)
        }

        /// Gives a command and lets time pass until it is answered.
        mutating func order(_ command: HostCommand, during: (inout Desk) -> Void = { _ in }) -> HostAnswer? {
            desk.pass(ms: 30)
            desk.give(.host(RollbackTests.call, command))
            during(&desk)
            return answer(command)
        }

        private mutating func answer(_ command: HostCommand) -> HostAnswer? {
            for _ in 0..<200 {
                for case .answerHost(RollbackTests.call, let answer) in desk.effects { return answer }
                let asked = desk.effects.compactMap { effect -> (QueryID, RollbackStep)? in
                    if case .query(let id, .rollback(let step)) = effect { (id, step) } else { nil }
                }
                if let (id, step) = asked.last {
                    desk.give(.queryAnswered(id, .rollback(find(step))))
                } else {
                    desk.pass(ms: 25)
                    desk.give(.wake)
                }
            }
            return nil
        }

        mutating func find(_ step: RollbackStep) -> RollbackFinding {
            switch step {
            case .begin(let search):
                scan = RollbackScan(search)
                unread = desk.kept.compactMap { record in
                    guard case .change(let change) = record, change.version <= search.through,
                        change.version > search.firstVersion
                    else { return nil }
                    return change
                }
                return goOn()
            case .goOn: return goOn()
            case .cells(let first, let count):
                return scan.map { .cells($0.cells(from: first, count: count)) } ?? .none
            case .end:
                scan = nil
                return .none
            }
        }

        private mutating func goOn() -> RollbackFinding {
            guard var found = scan else { return .none }
            var wantsMore = true
            for _ in 0..<readsOfStep where wantsMore {
                guard let change = unread.popLast() else {
                    wantsMore = false
                    break
                }
                wantsMore = found.take(ScannedChange(change))
            }
            if !wantsMore { found.end() }
            scan = found
            return wantsMore ? .unfinished : .found(found.count)
        }

        mutating func place(_ number: UInt64, _ x: Int, _ y: Int, _ color: UInt8) {
            desk.place(number, x, y, color)
            desk.run(ms: 30)
        }

        func color(_ x: Int, _ y: Int) -> UInt8 { desk.engine.durableCells[y * 10 + x] }
    }

    private static func order(
        _ account: UInt64?, from: Int64 = 0, to: Int64 = .max, box: CanvasBox? = nil, preview: Bool = false
    ) -> HostCommand {
        .rollback(
            RollbackOrder(
                account: account.map { "Player \($0)" }, fromMs: from, toMs: to, box: box, isPreview: preview)
        )
    }

    @Test("reaches nobody who has a role as well, and undoes no admin's, unless by an admin")
    func outranked() {
        var recovered = Desk.withAccounts()
        for index in [0, 1] { recovered.accounts[index].role = .moderator }
        recovered.accounts[2].role = .admin
        let actors: [Actor] = [.account(Desk.account(2).id), .account(Desk.account(3).id), .console]
        recovered.rollbacks = actors.enumerated().map { index, actor in
            Rollback(
                id: index + 1, epoch: 1, actor: actor, atMs: 1,
                target: .placements(account: nil, fromMs: 0, toMs: 9, CanvasBox(0, 0, 1, 1)), firstVersion: 0)
        }
        recovered.lastRollback = 3
        func isForbidden(_ command: HostCommand, by number: UInt64) -> Bool {
            var desk = Desk(recovered: recovered)
            if case .refused(.forbidden, _) = desk.order(command, by: .account(Desk.account(number).id)) {
                return true
            }
            return false
        }
        func rollback(of number: UInt64) -> HostCommand {
            .rollback(RollbackOrder(account: "Player \(number)", fromMs: 0, toMs: .max))
        }
        for number in [1, 2, 3] as [UInt64] { #expect(isForbidden(rollback(of: number), by: 1)) }
        #expect(!isForbidden(rollback(of: 4), by: 1))
        #expect(!isForbidden(rollback(of: 2), by: 3) && !isForbidden(rollback(of: 3), by: 3))
        #expect((1...3).map { isForbidden(.undoRollback(id: $0), by: 1) } == [false, true, true])
        #expect((1...3).map { isForbidden(.undoRollback(id: $0), by: 3) } == [false, false, false])
    }

    @Test("about too many placements is refused before anything changes, and another can begin")
    func tooMuch() throws {
        var desk = Searched().desk
        desk.give(
            .host(Self.call, .rollback(RollbackOrder(account: nil, fromMs: 0, toMs: .max, isPreview: false))))
        let query = try #require(
            desk.effects.lazy.compactMap { if case .query(let id, .rollback) = $0 { id } else { nil } }.first)
        let most = Limits.maxRollbackPlacements
        let count = RollbackCount(cells: 9, placements: most + 1, accounts: 2)
        desk.give(.queryAnswered(query, .rollback(.found(count))))
        guard
            case .answerHost(Self.call, .refused(.badRequest, let words))? = desk.effects.first(where: {
                if case .answerHost = $0 { true } else { false }
            })
        else {
            Issue.record("not refused")
            return
        }
        #expect(words.contains("\(most) placements"))
        desk.give(.host(Self.call, .rollback(RollbackOrder(account: nil, fromMs: 0, toMs: .max))))
        #expect(desk.effects.contains { if case .query(_, .rollback(.begin)) = $0 { true } else { false } })
    }

    @Test("brings cells back to what lies beneath an account's placements, and leaves what others put on top")
    func takesBack() {
        var searched = Searched()
        searched.place(2, 0, 0, 5)
        searched.place(1, 0, 0, 6)
        searched.place(1, 0, 0, 7)
        searched.place(1, 1, 0, 8)
        searched.place(1, 2, 0, 9)
        searched.place(2, 2, 0, 4)
        let report = searched.order(Self.order(1))
        #expect(report == .rollback(RollbackReport(id: 1, cells: 2, placements: 3, accounts: 1)))
        #expect((0...2).map { searched.color($0, 0) } == [5, 0, 4])
        let changes = searched.desk.kept.compactMap { record -> ChangeRecord? in
            if case .change(let change) = record, change.rollback == 1 { change } else { nil }
        }
        #expect(changes.map(\.undoes) == [2, 4])
        #expect(changes.map(\.placements) == [[2, 3], [4]])
        #expect(changes.allSatisfy { $0.account == Identifier(rawValue: 1) })
        #expect(searched.desk.frames.last?.pixels.count == 2, "players see it as one frame")
    }

    @Test("previewed counts the same and changes nothing")
    func preview() {
        var searched = Searched()
        searched.place(1, 0, 0, 6)
        searched.place(1, 0, 0, 7)
        let version = searched.desk.engine.durableVersion
        let report = searched.order(Self.order(1, preview: true))
        #expect(report == .rollback(RollbackReport(id: nil, cells: 1, placements: 2, accounts: 1)))
        #expect(searched.desk.engine.durableVersion == version)
        #expect(searched.order(.rollbacks) == .rollbacks([]))
        #expect(
            searched.order(Self.order(2))
                == .rollback(RollbackReport(id: nil, cells: 0, placements: 0, accounts: 0)))
    }

    @Test("goes by time and box")
    func timeAndBox() {
        var searched = Searched()
        searched.place(1, 0, 0, 1)
        searched.place(1, 9, 9, 2)
        searched.desk.run(ms: 1_000, hearing: [1, 2, 3])
        let middle = searched.desk.now.wallMs
        searched.desk.run(ms: 1_000, hearing: [1, 2, 3])
        searched.place(1, 1, 1, 3)
        let box = CanvasBox(0, 0, 4, 4)
        #expect(
            searched.order(Self.order(1, to: middle, box: box))
                == .rollback(RollbackReport(id: 1, cells: 1, placements: 1, accounts: 1)))
        #expect(searched.color(0, 0) == 0 && searched.color(9, 9) == 2 && searched.color(1, 1) == 3)
        #expect(
            searched.order(Self.order(nil, from: middle))
                == .rollback(RollbackReport(id: 2, cells: 1, placements: 1, accounts: 1)))
        #expect(searched.color(1, 1) == 0)
    }

    @Test("is undone, and redone by undoing that, but for cells that somebody touched since")
    func undone() {
        var searched = Searched()
        searched.place(1, 0, 0, 6)
        searched.place(1, 1, 0, 7)
        searched.place(1, 2, 0, 8)
        _ = searched.order(Self.order(1))
        searched.place(2, 1, 0, 3)
        #expect(
            searched.order(.undoRollback(id: 1))
                == .rollback(RollbackReport(id: 2, undid: 1, cells: 2, placements: 0, accounts: 1)))
        #expect((0...2).map { searched.color($0, 0) } == [6, 3, 8])
        #expect(
            searched.order(.undoRollback(id: 2))
                == .rollback(RollbackReport(id: 3, undid: 2, cells: 2, placements: 0, accounts: 1)))
        #expect((0...2).map { searched.color($0, 0) } == [0, 3, 0])
        guard case .rollbacks(let all) = searched.order(.rollbacks) else {
            Issue.record("no list")
            return
        }
        #expect(all.map(\.id) == [3, 2, 1] && all.allSatisfy(\.isComplete))
        guard case .refused(.notFound, _) = searched.order(.undoRollback(id: 9)) else {
            Issue.record("what never was is undone")
            return
        }
    }

    @Test("leaves a cell alone that somebody changes while it is searched for")
    func changedMeanwhile() {
        var searched = Searched()
        searched.place(1, 0, 0, 6)
        searched.place(1, 1, 0, 7)
        let report = searched.order(Self.order(1)) { desk in
            let before = desk.effects
            desk.place(2, 1, 0, 3)
            desk.effects = before + desk.effects
        }
        #expect(report == .rollback(RollbackReport(id: 1, cells: 1, placements: 1, accounts: 1, skipped: 1)))
        #expect(searched.color(0, 0) == 0 && searched.color(1, 0) == 3)
    }

    @Test("keeps players from undoing what it took back, and its undo lets them again")
    func playersUndo() {
        var searched = Searched()
        searched.place(2, 0, 0, 4)
        searched.place(1, 0, 0, 6)
        _ = searched.order(Self.order(1))
        searched.desk.say(1, .undo)
        #expect(searched.desk.sent(to: 1).map(\.code) == [.nothingToUndo])
        _ = searched.order(.undoRollback(id: 1))
        searched.desk.pass(ms: 30)
        searched.desk.say(1, .undo)
        #expect(searched.desk.sent(to: 1).map(\.code) == [nil])
        #expect(searched.color(0, 0) == 4)
    }

    @Test("of many cells goes in groups, each of which is durable before the next, and one at a time")
    func groups() throws {
        var searched = Searched {
            $0.canvasSize = CanvasSize(width: 60, height: 50) ?? $0.canvasSize
            $0.messageRate = Rate(perSecond: 0, burst: 1)
        }
        searched.readsOfStep = 10_000
        for cell in 0..<2_500 {
            searched.desk.place(1, cell % 60, cell / 60, 3)
            if cell % 500 == 499 { searched.desk.run(ms: 30) }
        }
        searched.desk.recorded = []
        let report = searched.order(Self.order(1))
        #expect(report == .rollback(RollbackReport(id: 1, cells: 2_500, placements: 2_500, accounts: 1)))
        let commits = (searched.desk.recorded ?? []).compactMap { effect -> Int? in
            guard case .commit(_, let records) = effect else { return nil }
            return records.count { if case .change = $0 { true } else { false } }
        }
        #expect(commits == [1_000, 1_000, 500])
        #expect(searched.desk.engine.durableCells.allSatisfy { $0 == 0 })
        searched.desk.pass(ms: 30)
        searched.desk.give(.host(Self.call, Self.order(1)))
        searched.desk.give(.host(HostCallID(rawValue: 8), Self.order(2)))
        #expect(
            searched.desk.effects.contains {
                if case .answerHost(_, .refused(.rollbackRunning, _)) = $0 { true } else { false }
            })
    }

    @Test("that a failing disk stops midway is a shorter one, told to the host and listed")
    func stopped() throws {
        var searched = Searched {
            $0.canvasSize = CanvasSize(width: 60, height: 50) ?? $0.canvasSize
            $0.messageRate = Rate(perSecond: 0, burst: 1)
        }
        searched.readsOfStep = 10_000
        for cell in 0..<1_500 { searched.desk.place(1, cell % 60, cell / 60, 3) }
        searched.desk.run(ms: 60)
        searched.desk.give(.host(Self.call, Self.order(1)))
        func query(_ desk: Desk) throws -> (QueryID, RollbackStep) {
            let asked = try #require(desk.query)
            guard case .rollback(let step) = asked.query else { throw Failure(.internalError, "no step") }
            return (asked.id, step)
        }
        for _ in 0..<2 {
            let (id, step) = try query(searched.desk)
            searched.desk.give(.queryAnswered(id, .rollback(searched.find(step))))
        }
        let (id, step) = try query(searched.desk)
        searched.desk.isAutomatic = false
        searched.desk.pass(ms: 30)
        searched.desk.give(.queryAnswered(id, .rollback(searched.find(step))))
        searched.desk.give(.commitFailed(try #require(searched.desk.commit).id, .full))
        var told: HostAnswer?
        for case .answerHost(Self.call, let answer) in searched.desk.effects { told = answer }
        guard case .refused(.storageUnavailable, let words) = told else {
            Issue.record("the host isn't told")
            return
        }
        #expect(words.contains("Rollback 1 stopped midway"))
        #expect(searched.desk.engine.durableCells.count { $0 == 3 } == 500)
        guard case .rollbacks(let all) = searched.order(.rollbacks) else {
            Issue.record("no list")
            return
        }
        #expect(all.map(\.isComplete) == [false] && all.map(\.cells) == [1_000])
    }

    @Test("ends with a canvas that begins anew, and a server that stops answers its host")
    func ended() {
        var searched = Searched()
        searched.place(1, 0, 0, 6)
        let began = searched.order(Self.order(1)) { desk in
            let call = HostCallID(rawValue: 8)
            desk.give(.host(call, .newGame()))
        }
        guard case .refused(.epochChanged, _) = began else {
            Issue.record("it goes on: \(String(describing: began))")
            return
        }
        guard case .refused(.notFound, _) = searched.order(.undoRollback(id: 1)) else {
            Issue.record("a rollback outlives its canvas")
            return
        }
        searched.place(1, 0, 0, 6)
        let drained = searched.order(Self.order(1)) { $0.give(.drain) }
        guard case .refused(.shuttingDown, _) = drained else {
            Issue.record("the host isn't answered: \(String(describing: drained))")
            return
        }
    }

    @Test("is refused where its account, box or time can't be")
    func refused() {
        var searched = Searched()
        func code(_ order: RollbackOrder) -> ErrorCode? {
            guard case .refused(let code, _) = searched.order(.rollback(order)) else { return nil }
            return code
        }
        #expect(code(RollbackOrder(account: "nobody at all", fromMs: 0, toMs: 1)) == .notFound)
        #expect(
            code(RollbackOrder(account: nil, fromMs: 0, toMs: 1, box: CanvasBox(0, 0, 10, 3))) == .outOfBounds
        )
        #expect(code(RollbackOrder(account: nil, fromMs: 2, toMs: 1)) == .badRequest)
        #expect(code(RollbackOrder(account: nil, fromMs: .min, toMs: .max, isPreview: true)) == nil)
    }

    @Test("is in the audit, once, with whose pixels, when and where")
    func audited() {
        var searched = Searched()
        searched.place(1, 0, 0, 6)
        _ = searched.order(Self.order(1, box: CanvasBox(0, 0, 3, 3)))
        _ = searched.order(.undoRollback(id: 1))
        let rows = searched.desk.kept.compactMap { if case .audit(let row) = $0 { row } else { nil } }
        #expect(rows.map(\.action) == ["rollback", "undo_rollback"])
        #expect(rows.map(\.subject) == ["rollback 1", "rollback 2"])
        #expect(rows.first?.detail.contains("0,0 3,3") == true)
    }
}
