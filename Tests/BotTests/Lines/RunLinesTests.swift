import Protocol
import Stage
import Testing

@testable import Bot

@Suite("Lines of a run", .serialized)
struct RunLinesTests {
    @Test("are passed on both ways, and their answers waited for")
    func run() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.start(BotCommand.Lines())
        try scene.say(#"{"type":"start_run","id":1,"game":"dot"}"#)
        #expect(scene.run { scene.server.arcade.runs.count == 1 })
        let start = try #require(scene.server.arcade.runs.first)
        let target = Dot.target(of: ArcadeStretch(seed: start.seed, hits: 0, startMs: 0), atMs: 0)
        let place = #""x":\#(target.x),"y":\#(target.y)"#
        try scene.say(#"{"type":"point","run_id":"\#(start.run)","seq":1,\#(place),"t_ms":20}"#)
        #expect(scene.run { scene.server.arcade.points.count == 1 })
        try scene.say(#"{"type":"end_run","run_id":"\#(start.run)"}"#)
        scene.endInput()
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil)
        #expect(try scene.said() == ["welcome afk", "run_started", "score", "run_ended"])
    }
}
