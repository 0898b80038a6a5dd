import Protocol
import Stage
import Testing

@testable import Bot

@Suite("A bot that asks one thing", .serialized)
struct CallBotTests {
    /// What a bot prints for a question.
    private func printed(_ scene: BotScene, _ call: BotCommand.Call) -> [String] {
        scene.start(call)
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil && scene.server.sockets.isEmpty)
        return scene.printed
    }

    private func skin(_ word: String) throws -> SkinID { try #require(SkinID(rawValue: word)) }

    @Test("lists the relays with their codes, without a socket")
    func relays() throws {
        let scene = try BotScene()
        defer { scene.end() }
        let relay = ScriptedRelay(creator: scene.server.account)
        scene.server.relay = relay
        #expect(
            printed(scene, .relays) == [
                "CODE    STATUS   PLAYERS  SECONDS  NAMES",
                "\(relay.view.code)  waiting  1/8      300      Ada",
            ])
    }

    @Test(
        "prints a board, times of steps in seconds",
        arguments: [(Board.clicks, "1     1234   Ada"), (.arcade(.steps), "1     1.234 s  Ada")])
    func board(board: Board, row: String) throws {
        let scene = try BotScene()
        defer { scene.end() }
        #expect(printed(scene, .leaderboard(board, .day)).last == row)
        #expect(scene.server.count("GET /api/leaderboards/\(board.rawValue)") == 1)
    }

    @Test("lists the skins")
    func skins() throws {
        let scene = try BotScene()
        defer { scene.end() }
        #expect(
            printed(scene, .skins) == [
                "SKIN   PRICE  OURS  TITLE  AUTHOR", "plain  0            Plain  Ada",
                "gold   80           Gold   Ada",
            ])
    }

    @Test("buys a skin and says what is left")
    func buys() throws {
        let scene = try BotScene()
        defer { scene.end() }
        #expect(printed(scene, .buy(try skin("gold"))) == ["bought gold, 20 points left"])
        #expect(scene.server.shop.owned == [try skin("gold")])
    }

    @Test("takes off what is worn")
    func undresses() throws {
        let scene = try BotScene()
        defer { scene.end() }
        #expect(printed(scene, .wear(nil)) == ["wearing the standard look"])
        #expect(scene.server.count("PUT /api/me/skin") == 1)
    }

    @Test("fails with the server's words where a skin isn't ours")
    func notOurs() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.start(.wear(try skin("gold")))
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == "it isn't yours" && scene.printed.isEmpty)
    }

    @Test("tells the host something")
    func feedback() throws {
        let scene = try BotScene()
        defer { scene.end() }
        let message = try #require(FeedbackMessage("more colors"))
        #expect(printed(scene, .feedback(message)) == ["sent; thank you"])
        #expect(scene.server.feedback == ["more colors"])
    }

    @Test("ends with the reason of a ban")
    func banned() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.server.banReason = "bots"
        scene.start(.skins)
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == "This account is banned: bots")
    }
}
