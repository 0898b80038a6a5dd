import Protocol
import Stage
import Testing
import Transport

@testable import Bot

@Suite("A bot in the arcade", .serialized)
struct ArcadeBotTests {
    private func hits(_ scene: BotScene) -> Int { scene.server.arcade.points.count }

    @Test("plays a timed game honestly at its pace, and tells what it came to")
    func timed() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.start(BotCommand.Playing(game: .shakyDot, rounds: 2, paceMs: 250))
        #expect(scene.run { hits(scene) == 4 })
        let times = scene.server.arcade.points.map(\.tMs)
        // No faster than four fifths of the pace.
        #expect(times.indices.dropFirst().allSatisfy { times[$0] - times[$0 - 1] >= 200 } && times[0] >= 200)
        scene.server.endRun(.time)
        #expect(scene.run { scene.server.arcade.runs.count == 2 && hits(scene) == 2 })
        scene.server.endRun(.time)
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil)
        #expect(
            scene.printed == [
                "shaky_dot: 4 points; rank 2, × 2.5, 10 profile points",
                "shaky_dot: 2 points; rank 2, × 2.5, 5 profile points",
                "played 2 of shaky_dot, best 4 points, 15 profile points",
            ])
    }

    @Test("takes all steps, and tells its time")
    func steps() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.start(BotCommand.Playing(game: .steps, rounds: 1, paceMs: 250))
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil && hits(scene) == 25)
        let lastMs = try #require(scene.server.arcade.points.last?.tMs)
        let time = ScoreText.text(lastMs, on: .arcade(.steps))
        #expect(scene.printed.first?.hasPrefix("steps: \(time); rank 1, × 1, ") == true)
        #expect(scene.printed.last?.hasPrefix("played 1 of steps, best \(time), ") == true)
    }

    @Test("goes on after a point that came too late, and after a run that was lost with its connection")
    func troubles() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.server.arcade.pointRefusals = [Failure(.pointRejected, "too late")]
        scene.start(BotCommand.Playing(game: .dot, rounds: 1, paceMs: 250))
        #expect(scene.run { hits(scene) == 1 })
        scene.server.arcade = ScriptedArcade()
        // As a server does while what the lost socket left isn't durable.
        scene.server.arcade.startRefusals = [Failure(.runOpen, "one at a time")]
        scene.server.sockets[0].terminate()
        #expect(scene.run { hits(scene) == 2 })
        scene.server.endRun(.time)
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil && scene.server.sockets.count == 2)
        #expect(scene.printed.contains("a point doesn't count: too late"))
        #expect(scene.printed.contains("the run is lost with its connection"))
        #expect(scene.printed.last == "played 1 of dot, best 2 points, 5 profile points")
    }

    @Test("fails where a run doesn't count, or can't begin")
    func failures() throws {
        let rejected = try BotScene()
        defer { rejected.end() }
        rejected.start(BotCommand.Playing(game: .dot, rounds: 1, paceMs: 250))
        #expect(rejected.run { hits(rejected) == 1 })
        rejected.server.endRun(.rejected)
        #expect(rejected.run { rejected.isOver })
        #expect(rejected.complaint == "1 of 1 runs didn't count")
        #expect(
            rejected.printed == [
                "dot: 1 points, doesn't count: rejected", "played 1 of dot, 0 profile points",
            ])
        let refused = try BotScene()
        defer { refused.end() }
        refused.server.arcade.startRefusals = [Failure(.signInRequired, "guests watch")]
        refused.start(BotCommand.Playing(game: .dot, rounds: 1, paceMs: 250))
        #expect(refused.run { refused.isOver })
        #expect(refused.complaint == "guests watch" && refused.printed.isEmpty)
    }
}
