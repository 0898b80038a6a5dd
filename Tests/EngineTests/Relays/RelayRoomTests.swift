import Engine
import Game
import Protocol
import Testing

@Suite("Relay rooms")
struct RelayRoomTests {
    /// Accounts 1, 2 and 3 in a running relay; 1 and 2 are in its room, and a guest on socket 80.
    private func room() -> (Desk, Identifier) {
        var desk = Desk(recovered: Desk.withAccounts())
        for number in 1...3 as ClosedRange<UInt64> { desk.open(number) }
        desk.give(.opened(Desk.socket(80), Desk.guest(80), address: "a", play: false, relay: nil))
        let id = desk.startRelay([1, 2, 3]) { $0.decayIntervalMs = 3_600_000 }
        for socket in [1, 2, 80] as [UInt64] { desk.say(socket, .join(relay: id)) }
        return (desk, id)
    }

    @Test("the state comes first and answers `join`; a room that isn't there is not_found")
    func join() {
        var (desk, id) = room()
        desk.say(3, .join(relay: id), id: 6)
        #expect(
            desk.effects.contains {
                if case .subscribe(Desk.socket(3), .relay(id)) = $0 { true } else { false }
            })
        #expect(desk.heard(in: id).map(\.word) == ["state"])
        #expect(desk.sent(to: 3).map(\.replyTo) == [6])
        desk.say(3, .join(relay: Identifier(rawValue: 777)), id: 7)
        #expect(desk.sent(to: 3).map(\.code) == [.notFound])
        desk.say(3, .join(relay: id))
        #expect(desk.heard(in: id).map(\.word) == ["state"], "joining again tells the state again")
        desk.say(3, .leaveRoom(relay: id), id: 8)
        #expect(desk.sent(to: 3) == [ServerEnvelope(replyTo: 8, .ok)])
        desk.say(3, .leaveRoom(relay: id), id: 9)
        #expect(desk.sent(to: 3) == [ServerEnvelope(replyTo: 9, .ok)])
    }

    @Test("a room full of watchers still takes its players, and no further watcher")
    func full() {
        var (desk, id) = room()
        // Two players and a guest are in it.
        for number in 0..<UInt64(Limits.maxRoomMembers - 3) {
            desk.give(
                .opened(
                    Desk.socket(10_000 + number), Desk.guest(10_000 + number), address: "\(number)",
                    play: false, relay: id))
        }
        desk.give(.opened(Desk.socket(90), Desk.guest(90), address: "b", play: false, relay: nil))
        desk.say(90, .join(relay: id))
        #expect(desk.sent(to: 90).map(\.code) == [.relayFull])
        desk.say(3, .join(relay: id))
        #expect(desk.heard(in: id).map(\.word) == ["state"])
    }

    @Test("a deleted account's name leaves the ring of a running relay; its points go on draining")
    func deleted() {
        var (desk, id) = room()
        desk.recorded = []
        #expect(desk.settle(.deleteAccount, .valid(Desk.account(2))) != nil)
        let told = desk.heard(in: id, sinceRecording: true).compactMap { event in
            if case .teamStatus(_, let players) = event.kind { players } else { nil }
        }
        guard case .relayPoints(let players)? = desk.relay(.points(id), as: 1) else {
            Issue.record("no points")
            return
        }
        #expect(told.last == players)
        #expect(players.map { $0.account.name.hasPrefix("deleted-") } == [false, true, false])
        #expect(players[1].isActive)
    }

    @Test("a room hears of a player's new name, and nothing where someone takes the name that they have")
    func renamed() {
        var (desk, id) = room()
        desk.recorded = []
        #expect(desk.settle(.rename(name: "Player 2"), .valid(Desk.account(2))) != nil)
        #expect(desk.heard(in: id, sinceRecording: true).isEmpty)
        #expect(desk.settle(.rename(name: "Zoe"), .valid(Desk.account(2))) != nil)
        let told = desk.heard(in: id, sinceRecording: true)
        #expect(told.map(\.word) == ["team"])
        guard case .teamStatus(_, let players)? = told.first?.kind else {
            Issue.record("no ring")
            return
        }
        #expect(players.map(\.account.name) == ["Player 1", "Zoe", "Player 3"])
    }

    @Test("`/ws/game/RELAY` enters the room after the welcome; of a relay that isn't there it is 404")
    func handshake() throws {
        var (desk, id) = room()
        let route = Route.webSocket(play: false, relay: id)
        guard case .upgrade(let identity, false, .some(id)) = desk.ask(route, .valid(Desk.guest(81))) else {
            Issue.record("no upgrade")
            return
        }
        desk.give(.opened(Desk.socket(81), identity, address: "a", play: false, relay: id))
        let messages = desk.sent(to: 81).map(\.message)
        guard case .welcome = messages.first, case .relay = messages.last else {
            Issue.record("not welcome and state")
            return
        }
        let none = Route.webSocket(play: false, relay: Identifier(rawValue: 777))
        #expect(desk.ask(none, .valid(Desk.guest(81)))?.code == .notFound)
        #expect(desk.ask(none)?.code == .unauthorized)
    }

    @Test("a puzzle's data goes to its player alone, wherever that player is")
    func data() throws {
        var (desk, id) = room()
        let first = try #require(desk.relay(.newPuzzle(id), as: 1)?.puzzle)
        #expect(desk.heard(in: id).map(\.word) == ["assigned", "assigned"])
        #expect(desk.heard(in: id).first { $0.socket == 1 }?.puzzle == first)
        #expect(desk.heard(in: id).first { $0.but == 1 }?.puzzle == first.withoutData)
        // Account 3 is connected and in another room.
        let other = desk.makeRelay([3])
        desk.say(3, .join(relay: other))
        let second = try #require(desk.relay(.newPuzzle(id), as: 3)?.puzzle)
        #expect(
            desk.heard(in: id) == [
                RoomEvent(
                    kind: .assigned(
                        to: AccountName(id: Identifier(rawValue: 3), name: "Player 3"), second.withoutData))
            ])
        #expect(desk.heard(in: other).isEmpty)
        // In both rooms it hears each puzzle once.
        desk.say(3, .join(relay: id))
        #expect(desk.heard(in: id).first?.puzzle == second, "who comes late is told its own puzzle")
        desk.pass(ms: 1_000)
        #expect(desk.attempt(id, as: 3)?.attempt?.isCorrect == true)
        #expect(desk.heard(in: id).count { $0.puzzle?.data != nil } == 1)
        #expect(desk.heard(in: other).isEmpty)
        desk.say(80, .join(relay: id))
        #expect(desk.heard(in: id).allSatisfy { $0.puzzle == nil }, "a watcher has none")
    }

    @Test("a right answer's events come in order, once it is durable, before its own answer")
    func order() throws {
        var (desk, id) = room()
        let puzzle = try #require(desk.relay(.newPuzzle(id), as: 1)?.puzzle)
        let answer = desk.solution(of: puzzle.id)
        desk.isAutomatic = false
        desk.pass(ms: 1_000)
        desk.give(
            .drawn(
                Desk.socket(1),
                ClientEnvelope(id: 12, .answer(relay: id, PuzzleAttempt(puzzle: puzzle.id, answer: answer))),
                desk.draw()))
        #expect(desk.heard(in: id).isEmpty)
        #expect(desk.sent(to: 1).isEmpty)
        #expect(desk.relay(.points(id), as: 2)?.points == [100, 100, 100])
        #expect(desk.relay(.puzzle(id), as: 1)?.puzzle == puzzle, "the next one isn't durable")
        desk.keep(try #require(desk.lastCommit))
        #expect(desk.heard(in: id).map(\.word) == ["solved", "points", "assigned", "assigned"])
        #expect(desk.sent(to: 1).last == ServerEnvelope(replyTo: 12, .ok))
        #expect(desk.relay(.points(id), as: 2)?.points == [100, 100 + puzzle.worth, 100])
    }

    @Test("a guest watches and hears, and may not answer")
    func guest() {
        var (desk, id) = room()
        let attempt = PuzzleAttempt(puzzle: Identifier(rawValue: 1), answer: "x")
        desk.give(
            .drawn(
                Desk.socket(80), ClientEnvelope(id: 3, .answer(relay: id, attempt)), desk.draw()))
        #expect(desk.sent(to: 80).map(\.code) == [.signInRequired])
        #expect(desk.sent(to: 80).map(\.replyTo) == [3])
    }

    @Test("a wrong answer on the socket is told to all, and `ok` to who gave it; refusals are `error`")
    func wrong() throws {
        var (desk, id) = room()
        let puzzle = try #require(desk.relay(.newPuzzle(id), as: 1)?.puzzle)
        let attempt = PuzzleAttempt(puzzle: puzzle.id, answer: "no such answer")
        desk.pass(ms: 1_000)
        desk.give(
            .drawn(
                Desk.socket(1), ClientEnvelope(id: 3, .answer(relay: id, attempt)), desk.draw()))
        #expect(desk.heard(in: id).map(\.word) == ["failed", "points"])
        #expect(desk.sent(to: 1).last == ServerEnvelope(replyTo: 3, .ok))
        desk.give(
            .drawn(
                Desk.socket(1), ClientEnvelope(id: 4, .answer(relay: id, attempt)), desk.draw()))
        #expect(desk.sent(to: 1).map(\.code) == [.rateLimited])
        desk.give(
            .drawn(
                Desk.socket(3), ClientEnvelope(id: 4, .answer(relay: id, attempt)), desk.draw()))
        #expect(desk.sent(to: 3).map(\.code) == [.noPuzzle])
    }

    @Test("a socket is in so many rooms at most, and a closed one in none")
    func rooms() {
        var (desk, _) = room()
        var ids: [Identifier] = []
        for number in 4...8 as ClosedRange<UInt64> { ids.append(desk.makeRelay([number])) }
        for id in ids.prefix(Limits.maxRoomsPerConnection) {
            desk.say(3, .join(relay: id))
            #expect(desk.sent(to: 3).map(\.code) == [nil])
        }
        desk.say(3, .join(relay: ids[4]))
        #expect(desk.sent(to: 3).map(\.code) == [.relayFull])
        desk.say(3, .leaveRoom(relay: ids[0]))
        desk.say(3, .join(relay: ids[4]))
        #expect(desk.sent(to: 3).map(\.code) == [nil])
        desk.lose(3)
        #expect(desk.relay(.join(.id(ids[4])), as: 9)?.relay != nil)
        #expect(desk.heard(in: ids[4]).isEmpty, "nobody is left to hear it")
    }

    @Test("whoever is replaced by another socket leaves the rooms with the old one")
    func replaced() {
        var (desk, id) = room()
        desk.open(1, on: 11)
        #expect(desk.closed(1) == .replaced)
        _ = desk.relay(.newPuzzle(id), as: 1)
        #expect(desk.heard(in: id).map(\.socket) == [nil], "the new socket is in no room yet")
        desk.say(11, .join(relay: id))
        #expect(desk.heard(in: id).first?.puzzle?.data != nil)
    }
}
