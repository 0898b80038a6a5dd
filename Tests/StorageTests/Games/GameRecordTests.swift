import Engine
import Game
import Protocol
import Testing

@testable import Storage

@Suite("A record of a game")
struct GameRecordTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Commits the lists in turn, each twice, and starts anew.
    private func recover(after commits: [Record]...) throws -> RecoveredState {
        let database = try Database.started(in: scratch.path)
        for records in commits {
            try database.commit(records)
            try database.commit(records)
        }
        database.close()
        let again = try Database(directory: scratch.path)
        defer { again.close() }
        return try again.recoverSmall()
    }

    @Test("keeps an account's profile points")
    func keepsPoints() throws {
        var player = account(1)
        player.points = 123
        #expect(try recover(after: [.account(player)]).accounts == [player, account(2), account(3)])
    }

    @Test("keeps click games that wait, the one that runs, and of those that are over the last")
    func keepsClickGames() throws {
        let games = [
            clickGame(60, .finished, winner: "mars"), clickGame(61, .finished), clickGame(62),
            clickGame(0xf000_0000_0000_0000 - 1, .scheduled, planets: ["venus"]),
        ]
        let state = try recover(
            after: games.map {
                .clickGame(clickGame($0.id.rawValue, .scheduled, planets: $0.planets.map(\.name)))
            },
            games.map { .clickGame($0) })
        #expect(state.clickGames == Array(games.dropFirst()))
    }

    @Test("keeps a click game's earlier end")
    func keepsEnd() throws {
        var cut = clickGame(62)
        cut.cutShort(atMs: cut.startsAtMs + 5)
        #expect(try recover(after: [.clickGame(clickGame(62))], [.clickGame(cut)]).clickGames == [cut])
    }

    @Test("keeps pushes as they came, in order")
    func keepsPushes() throws {
        let database = try Database.started(in: scratch.path)
        try database.commit([
            .clickGame(clickGame(70)),
            .clickPush(push([30, 23], session: .max, of: 1, isGuest: false, named: "a", total: 99, atMs: 5)),
            .clickPush(push([1], session: 6, for: "mars", atMs: 4)),
        ])
        try database.commit([.clickPush(push([1], session: 6, for: "mars", atMs: 4))])
        database.close()
        #expect(
            try rows(
                """
                id || ' ' || game || ' ' || session || ' ' || holder || ' ' || kind || ' ' || planet || ' '
                || clicks || ' ' || accepted || ' ' || total || ' ' || coalesce(batch_id, '-') || ' ' || at_ms
                """, of: "click_pushes", in: scratch) == [
                    "1 70 -1 1 account earth [30,23] 53 99 a 5", "2 70 6 6 guest mars [1] 1 1 - 4",
                    "3 70 6 6 guest mars [1] 1 1 - 4",
                ])
    }

    @Test("keeps relays that wait or run, oldest first, with their rings")
    func keepsRelays() throws {
        let running = relay(301)
        let waiting = relay(300, .waiting, of: [2], steps: 0)
        let state = try recover(
            after: [
                .relay(relay(301, .waiting, of: [1, 2], steps: 0)), .relay(waiting), .relay(relay(302)),
            ],
            [.relay(running), .relay(relay(302, .ended))])
        #expect(state.relays == [waiting, running])
        #expect(
            try rows("status || ' ' || end_reason", of: "relays WHERE id = 302", in: scratch)
                == ["ended last_standing"])
    }

    @Test("keeps a ring without those who left it, in the order of the others")
    func keepsSmallerRing() throws {
        let smaller = relay(301, .waiting, of: [3, 2])
        let state = try recover(after: [.relay(relay(301, .waiting))], [.relay(smaller)])
        #expect(state.relays == [smaller])
        #expect(try rows("seat", of: "relay_players", in: scratch) == ["0", "1"])
    }

    @Test(
        "keeps a player's open puzzle, whatever its kind",
        arguments: [
            .arithmetic(expression: "17 + 4 × 3"), .anagram(letters: "treaw", hint: "a \"drink\""),
            .sequence(terms: [1, -2, 4]), .oddOneOut(words: ["elm", "oak", "cod"]),
            .rotation(shape: ["#.", "##"], options: [["##", "#."], ["##", ".#"]]),
            .logic(people: ["Ann", "Bo"], items: ["tea"], clues: ["Ann has tea."], question: "Who has tea?"),
            .memory(rows: ["#.#"], showMs: 3_000, question: "How many?"),
        ] as [PuzzleData])
    func keepsOpenPuzzle(data: PuzzleData) throws {
        let solved = puzzle(900, in: 301, of: 1, atMs: 10, solvedAtMs: 20)
        let open = puzzle(.max, in: 301, of: 1, data, atMs: 20)
        // Seat 1 is out; what it didn't solve is nobody's any more.
        let lost = puzzle(902, in: 301, of: 2)
        let state = try recover(
            after: [.relay(relay(301)), .puzzle(puzzle(900, in: 301, of: 1, atMs: 10)), .puzzle(lost)],
            [.puzzle(solved), .puzzle(open)])
        let ring = try #require(state.relays.first).players
        #expect(ring.map(\.puzzle) == [Relay.OpenPuzzle(open), nil, nil])
        #expect(
            try rows("type || ' ' || solved_at_ms", of: "puzzles WHERE id = 900", in: scratch) == [
                "sequence 20"
            ])
    }

    @Test("keeps no puzzle that was solved")
    func keepsNoSolvedPuzzle() throws {
        let state = try recover(
            after: [.relay(relay(301)), .puzzle(puzzle(900, in: 301, of: 1))],
            [.puzzle(puzzle(900, in: 301, of: 1, solvedAtMs: 5))])
        #expect(state.relays == [relay(301)])
    }

    @Test("of a relay stands after its player's account was deleted, under the name that is left of it")
    func outlivesAccount() throws {
        var gone = account(1)
        (gone.name, gone.deletedAtMs) = ("gone", 7_000)
        let state = try recover(after: [.relay(relay(301))], [.account(gone)])
        var left = relay(301)
        left.rename(AccountName(id: gone.id, name: "gone"))
        #expect(state.relays == [left])
    }
}
