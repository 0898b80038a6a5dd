import Protocol
import Testing

@testable import TUI

/// A session without a screen, with what it said and wanted so far.
struct FlatSample {
    var session: FlatSession
    private(set) var said: [String] = []
    private(set) var commands: [Command] = []
    var nowMs: Int64 = 60_000

    /// A person who just started, and isn't connected.
    init(purpose: Model.Purpose = .play, page: Page = .canvas) throws {
        var model = Model.flat(
            purpose: purpose, serverName: "127.0.0.1:8080", settings: Settings(isFlat: true), page: page)
        model.planets = try #require(GameSamples.planets)
        session = FlatSession(model)
        hear { $0.take(.started, nowMs: $1) }
    }

    /// Ada, playing on a canvas.
    static func playing() throws -> FlatSample {
        var sample = try FlatSample()
        try sample.connect()
        sample.forget()
        return sample
    }

    mutating func connect(_ status: StatusWord = .playing) throws {
        hear(.link(.connected))
        hear(.account(name: "Ada", id: GameSamples.account(0).id))
        hear(.welcomed(status, serverTimeMs: GameSamples.startMs))
        hear(.replaced(try SampleModels.image(width: 100, height: 60), epoch: 1, version: 12))
        hear(.shop(.offers([])))
    }

    mutating func say(_ line: String) { hear { $0.take(line: line, nowMs: $1) } }
    mutating func endInput() { hear { $0.endInput(nowMs: $1) } }
    mutating func hear(_ report: Report) { hear { $0.take(.server(report), nowMs: $1) } }

    /// Lets time pass in steps of the session's own deadlines.
    mutating func pass(milliseconds: Int64) {
        let endMs = nowMs + milliseconds
        while let deadline = session.deadlineMs, deadline <= endMs, !session.isOver {
            nowMs = max(deadline, nowMs + 1)
            hear { $0.take(.clock, nowMs: $1) }
        }
        nowMs = max(nowMs, endMs)
    }

    mutating func forget() {
        said = []
        commands = []
    }

    private mutating func hear(_ body: (inout FlatSession, Int64) -> FlatSession.Outcome) {
        let outcome = body(&session, nowMs)
        said += outcome.announcements.map(\.line)
        commands += outcome.commands
    }
}
