import Protocol
import Stage
import Testing
import Transport

@testable import Bot

@Suite("A clicking bot", .serialized)
struct ClickBotTests {
    @Test("makes its clicks, tells what counted, and ends with the totals once all is counted")
    func clicks() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.start(BotCommand.Clicking(clicksPerSecond: 10, seconds: 1.5))
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil && scene.server.clicks.total == 15)
        let lines = scene.printed
        #expect(lines.last == "made 15 clicks, 15 counted; earth 15, mars 40")
        #expect(lines.dropLast().allSatisfy { $0.contains(" clicks for earth, ") })
        #expect(lines.dropLast().last?.hasSuffix(", 15 in this game") == true)
    }

    @Test("tells of clicks that don't count, and of a connection that was lost, and goes on")
    func troubles() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.server.clicks.refusals = [Failure(.noActiveGame, "no game is on")]
        var pushes = 0
        scene.server.receives = { [unowned server = scene.server] message in
            guard case .pushClicks = message else { return nil }
            pushes += 1
            if pushes == 2 { server.sockets.last?.terminate() }
            return nil
        }
        scene.start(BotCommand.Clicking(clicksPerSecond: 5, seconds: 2))
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil)
        #expect(scene.printed.contains { $0.hasSuffix("clicks don't count: no game is on") })
        #expect(scene.printed.contains { $0.hasPrefix("no connection") })
        #expect(scene.printed.last?.hasPrefix("made 10 clicks, ") == true)
        #expect(scene.server.clicks.total < 10 && scene.server.clicks.total > 0)
    }
}
