import Protocol
import Stage
import Testing

@testable import Bot

@Suite("A bot that prints tables", .serialized)
struct TableBotTests {
    @Test("lists the relays with their codes, without a socket")
    func relays() throws {
        let scene = try BotScene()
        defer { scene.end() }
        let relay = ScriptedRelay(creator: scene.server.account)
        scene.server.relay = relay
        scene.startRelayTable()
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil && scene.server.sockets.isEmpty)
        #expect(
            scene.printed == [
                "CODE    STATUS   PLAYERS  SECONDS  NAMES",
                "\(relay.view.code)  waiting  1/8      300      Ada",
            ])
    }

    @Test("prints a board")
    func board() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.start(.clicks, .day)
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil && scene.printed == ["RANK  SCORE  NAME", "1     1234   Ada"])
        #expect(scene.server.count("GET /api/leaderboards/clicks") == 1)
    }
}
