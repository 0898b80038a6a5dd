import Protocol
import Stage
import Testing
import Transport

@testable import Bot

@Suite("A bot in a relay", .serialized)
struct RelayBotTests {
    /// Solves the sums of the scripted relay: `N + 1`.
    @Sendable static func solve(_ data: PuzzleData) -> String? {
        guard case .arithmetic(let expression) = data, let first = expression.split(separator: " ").first,
            let number = Int(first)
        else { return nil }
        return String(number + 1)
    }

    private let bob = AccountName(id: Identifier(rawValue: 44), name: "Bob\u{1B}[2J")

    @Test("makes a relay, starts it when enough are in, plays at a person's pace, and ends well with it")
    func creates() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.start(BotCommand.Relaying(way: .create, players: 2), solve: Self.solve)
        #expect(scene.run { scene.server.messages.contains { if case .join = $0 { true } else { false } } })
        #expect(scene.server.relay?.view.status == .waiting)
        let startedUs = scene.loop.monotonicUs
        scene.server.inRelay { [$0.add(bob)] }
        #expect(scene.run { scene.server.relay?.players.first?.solves == 2 })
        // Between two answers lies a second.
        #expect(scene.loop.monotonicUs - startedUs >= 1_000_000)
        scene.server.inRelay { [$0.end()] }
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil)
        let lines = scene.printed
        #expect(lines.contains("Ada solved a puzzle, 10 to Bob[2J"))
        #expect(lines.contains("award: Ada 100, Bob[2J 110"))
        #expect(lines.contains { $0.hasPrefix("puzzle for Ada: arithmetic, worth 10: {\"expression\":") })
        #expect(lines.contains("puzzle for Bob[2J: arithmetic, worth 10"))
        #expect(lines.last?.hasPrefix("ended, time: Ada 100, Bob[2J 120; 3 profile points for Ada") == true)
    }

    @Test(
        "joins by its code, answers wrong where it shall, and comes back into the room after a lost connection"
    )
    func joins() throws {
        let scene = try BotScene()
        defer { scene.end() }
        let relay = ScriptedRelay(creator: bob)
        scene.server.relay = relay
        let way = BotCommand.Relaying.Way.join(.code(relay.view.code))
        scene.start(BotCommand.Relaying(way: way, answers: .wrong), solve: Self.solve)
        #expect(scene.run { scene.server.relay?.players.count == 2 && scene.printed.count == 1 })
        #expect(scene.server.relay?.view.status == .waiting)
        scene.server.inRelay { $0.start() }
        #expect(scene.run { scene.server.relay?.players.last?.points == 95 })
        scene.server.sockets[0].terminate()
        #expect(scene.run { scene.server.relay?.players.last?.points == 90 })
        #expect(scene.server.sockets.count == 2)
        scene.server.inRelay { [$0.end()] }
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil && scene.printed.contains("answer: ?"))
        #expect(scene.printed.contains("Ada answered wrong, 5 lost"))
    }

    @Test("answers right and wrong by turns of luck where it shall, and by guessing where it finds no answer")
    func mixed() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.server.relay = ScriptedRelay(creator: bob)
        let way = BotCommand.Relaying.Way.join(.id(Identifier(rawValue: 70)))
        scene.start(BotCommand.Relaying(way: way, answers: .mixed), solve: { _ in nil })
        #expect(scene.run { scene.server.relay?.players.count == 2 && scene.printed.count == 1 })
        scene.server.inRelay { $0.start() }
        let answers = { Set(scene.printed.filter { $0.hasPrefix("answer: ") }) }
        #expect(scene.run { answers().count >= 2 })
        #expect(answers().allSatisfy { $0 == "answer: ?" || Int($0.dropFirst(8)) != nil })
        scene.server.inRelay { [$0.end()] }
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil)
    }

    @Test("fetches its puzzle where none was told, and waits as long as a refusal says")
    func asks() throws {
        let scene = try BotScene()
        defer { scene.end() }
        var relay = ScriptedRelay(creator: scene.server.account)
        _ = relay.start()
        scene.server.relay = relay
        var refusals = 0
        scene.server.receives = { message in
            switch message {
            case .join:
                // The state as of someone who was in the ring before there were puzzles.
                let view = relay.view
                return .relay(RelayEvent(relay: view.relay, .state(view, puzzle: nil)))
            case .answer where refusals == 0:
                refusals += 1
                return .error(Failure(.rateLimited, "one answer a second", retryAfterMs: 50))
            default: return nil
            }
        }
        let way = BotCommand.Relaying.Way.join(.id(relay.view.relay))
        scene.start(BotCommand.Relaying(way: way), solve: Self.solve)
        #expect(scene.run { scene.server.relay?.players.first?.solves == 1 })
        #expect(scene.server.count("POST /api/relays/\(relay.view.relay)/puzzles") == 1)
        #expect(scene.server.count("GET /api/relays/\(relay.view.relay)/puzzle") == 1)
        #expect(scene.printed.contains("refused: one answer a second"))
        scene.server.hangUp(.replaced)
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == "another program signed in with this key")
    }

    @Test("ends with status 1 where there is no such relay")
    func missing() throws {
        let scene = try BotScene()
        defer { scene.end() }
        let way = BotCommand.Relaying.Way.join(.code(RelayCode(random: 3)))
        scene.start(BotCommand.Relaying(way: way), solve: Self.solve)
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == "there is no such relay")
    }
}
