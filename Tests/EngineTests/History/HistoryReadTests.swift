import Engine
import Protocol
import Testing

@Suite("A read of history")
struct HistoryReadTests {
    private func asked(_ desk: Desk) -> [(id: QueryID, query: HistoryQuery)] {
        desk.asked.compactMap { if case .history(let query) = $0.query { ($0.id, query) } else { nil } }
    }

    private func code(_ answer: Answer?) -> ErrorCode? {
        if case .failure(let failure) = answer { failure.code } else { nil }
    }

    /// A desk on which three pixels are durable.
    private func painted(_ change: (inout EngineConfiguration) -> Void = { _ in }) -> Desk {
        var desk = Desk(recovered: Desk.withAccounts(), change)
        desk.play(1)
        for x in 0..<3 { desk.place(1, x, 0, 5) }
        desk.run(ms: 100)
        return desk
    }

    private let page = HistoryPage(epoch: 1, from: 1, atMs: 5, accounts: [], changes: [])

    @Test("asks storage for nothing that isn't durable, and refuses what lies ahead")
    func durableOnly() {
        var desk = painted()
        #expect(code(desk.ask(.history(.at(.version(4))), from: "a")) == .versionAhead)
        #expect(code(desk.ask(.history(.changes(after: 4, limit: 9)), from: "a")) == .versionAhead)
        #expect(asked(desk).isEmpty, "what is refused isn't looked up")
        desk.isAutomatic = false
        desk.place(1, 9, 9, 1)
        desk.run(ms: 100)
        #expect(code(desk.ask(.history(.at(.version(4))), from: "a")) == .versionAhead)
        #expect(desk.ask(.history(.at(.time(ms: .max))), from: "a") == nil)
        #expect(desk.ask(.history(.overview), from: "a") == nil)
        #expect(desk.ask(.history(.changes(after: 3, limit: 9)), from: "a") == nil)
        let expected: [HistoryQuery] = [
            .at(.time(ms: .max), through: 3), .overview(through: 3), .changes(after: 3, limit: 9, through: 3),
        ]
        #expect(asked(desk).map(\.query) == expected)
    }

    @Test("is answered with what storage found; a canvas is made off the loop first")
    func answers() throws {
        var desk = painted { $0.historyDays = 30 }
        #expect(desk.ask(.history(.overview), from: "a") == nil)
        let overview = HistoryAnswer(epochs: [], oldestVersion: 1, latestVersion: 3)
        desk.give(.queryAnswered(try #require(asked(desk).last).id, .history(.overview(overview))))
        guard case .respond(_, .history(let told))? = desk.effects.first else {
            Issue.record("no answer")
            return
        }
        #expect(told.retentionDays == 30 && told.oldestVersion == 1)

        #expect(desk.ask(.history(.at(.version(2))), from: "a") == nil)
        let size = Desk.configuration().canvasSize
        var material = HistoryMaterial(size: size, epoch: 1, version: 2, atMs: 77, base: nil)
        material.append(cell: 0, color: 5)
        material.append(cell: 1, color: 5)
        desk.give(.queryAnswered(try #require(asked(desk).last).id, .history(.state(material))))
        guard case .restoreHistory(let id, let wanted)? = desk.effects.first else {
            Issue.record("nothing is made")
            return
        }
        desk.give(.historyRestored(id, wanted.restored()))
        guard case .respond(id, .historyState(let state))? = desk.effects.first else {
            Issue.record("no canvas")
            return
        }
        let cells = try SnapshotCodec.inflate(state.snapshot.zlib, cellCount: size.cellCount)
        #expect(state.atMs == 77 && cells[..<3] == [5, 5, 0])

        #expect(desk.ask(.history(.changes(after: 0, limit: 2)), from: "a") == nil)
        let gone = Failure(.historyGone, "gone")
        desk.give(.queryAnswered(try #require(asked(desk).last).id, .history(.missing(gone))))
        #expect(code(desk.responses.values.joined().first { code($0) == .historyGone }) == .historyGone)
        #expect(desk.ask(.history(.changes(after: 0, limit: 2)), from: "a") == nil)
        desk.give(.queryAnswered(try #require(asked(desk).last).id, .failed(.full)))
        guard case .respond(_, let failed)? = desk.effects.first else { return }
        #expect(code(failed) == .storageUnavailable)
    }

    @Test("goes on with the snapshot before one that is damaged, and tells the host once")
    func damagedSnapshot() throws {
        var desk = painted()
        for isNews in [true, false] {
            #expect(desk.ask(.history(.at(.version(3))), from: "a") == nil)
            let size = Desk.configuration().canvasSize
            var material = HistoryMaterial(size: size, epoch: 1, version: 3, atMs: 0, base: [1, 2, 3])
            #expect(material.restored() == .damaged(version: 3, base: 3), "nobody is given what isn't whole")
            material.append(cell: 0, color: 1)
            desk.give(.queryAnswered(try #require(asked(desk).last).id, .history(.state(material))))
            guard case .restoreHistory(let id, let wanted)? = desk.effects.first else {
                Issue.record("nothing is made")
                return
            }
            #expect(wanted.restored() == .damaged(version: 3, base: 2))
            desk.give(.historyRestored(id, wanted.restored()))
            #expect(desk.logs.contains(.historyDamaged(version: 2)) == isNews)
            let again = try #require(asked(desk).last)
            #expect(again.query == .at(.version(3), through: 3, before: 2))
            material.base = nil
            desk.give(.queryAnswered(again.id, .history(.state(material))))
            guard case .restoreHistory(id, let other)? = desk.effects.first else {
                Issue.record("nothing is made anew")
                return
            }
            desk.give(.historyRestored(id, other.restored()))
            guard case .respond(id, .historyState)? = desk.effects.first else {
                Issue.record("no canvas")
                return
            }
        }
    }

    @Test("of what is damaged altogether is told that it is gone, and ends")
    func damaged() throws {
        var desk = painted { $0.spectatorCooldownMs = 0 }
        for number in 0..<(Limits.maxHistoryReads + 1) {
            #expect(desk.ask(.history(.changes(after: 1, limit: 1)), from: "\(number)") == nil)
            desk.give(.queryAnswered(try #require(asked(desk).last).id, .history(.damaged(from: 2))))
            guard case .respond(_, let refused)? = desk.effects.last(where: isResponse) else {
                Issue.record("no answer")
                return
            }
            #expect(code(refused) == .historyGone)
            #expect(desk.logs.contains(.historyDamaged(version: 2)) == (number == 0))
        }
        #expect(desk.ask(.history(.at(.version(1))), from: "b") == nil)
        let size = Desk.configuration().canvasSize
        var material = HistoryMaterial(size: size, epoch: 1, version: 1, atMs: 0, base: nil)
        material.append(cell: size.cellCount, color: 1)
        desk.give(.queryAnswered(try #require(asked(desk).last).id, .history(.state(material))))
        guard case .restoreHistory(let id, let wanted)? = desk.effects.first else { return }
        desk.give(.historyRestored(id, wanted.restored()))
        guard case .respond(id, let refused)? = desk.effects.last(where: isResponse) else { return }
        #expect(code(refused) == .historyGone)
    }

    private func isResponse(_ effect: Effect) -> Bool {
        if case .respond = effect { true } else { false }
    }

    @Test("waits where others are under way, and is refused where too many wait")
    func bounded() throws {
        var desk = painted { $0.spectatorCooldownMs = 0 }
        for number in 0..<(Limits.maxHistoryReads + Limits.maxWaitingHistoryReads) {
            #expect(desk.ask(.history(.changes(after: 1, limit: 1)), from: "\(number)") == nil)
        }
        #expect(asked(desk).count == Limits.maxHistoryReads)
        #expect(code(desk.ask(.history(.overview), from: "late")) == .rateLimited)
        var done = 0
        while done < asked(desk).count {
            let id = asked(desk)[done].id
            desk.give(.queryAnswered(id, .history(.page(page))))
            done += 1
            #expect(asked(desk).count - done <= Limits.maxHistoryReads)
        }
        #expect(done == Limits.maxHistoryReads + Limits.maxWaitingHistoryReads)
        #expect(desk.ask(.history(.overview), from: "later") == nil)
    }

    @Test("comes to a spectator so often a cooldown, to a player as often as any request")
    func cooldown() {
        var desk = painted { $0.requestRate = Rate(perSecond: 0, burst: 1) }
        desk.answersLookups = false
        var refused = 0
        for _ in 0..<(2 * Limits.historyReadsPerCooldown + 5) {
            let answer = desk.ask(.history(.overview), from: "a")
            if code(answer) == .cooldown { refused += 1 }
        }
        #expect(refused == 5)
        desk.pass(ms: 5_000)
        for number in 0..<Limits.historyReadsPerCooldown {
            #expect(code(desk.ask(.history(.overview), from: "a")) != .cooldown, "\(number)")
        }
        #expect(code(desk.ask(.history(.overview), from: "a")) == .cooldown)
        #expect(code(desk.ask(.history(.overview), from: "another")) != .cooldown)
        for _ in 0..<(3 * Limits.historyReadsPerCooldown) {
            #expect(code(desk.ask(.history(.overview), .valid(Desk.account(1)), from: "a")) != .cooldown)
        }
    }
}
