import Protocol
import Raster
import Testing

@testable import TUI

/// The way between the states of play, and what of it is said.
@Suite struct StandingTests {
    static func model(purpose: Model.Purpose = .play) throws -> Model {
        try SampleModels.playing(columns: 80, rows: 24, purpose: purpose)
    }

    static let queued = Report.status(
        .queued(position: 3, sinceMs: 1_700_000_040_000), idleLeftMs: nil)

    static func playing(_ leftMs: Int?) -> Report {
        .status(.playing(idleDeadlineMs: leftMs.map { Int64($0) }), idleLeftMs: leftMs)
    }

    @Test("a start asks to play, and the welcome's word doesn't pass for the answer")
    func start() {
        var model = Model(
            purpose: .play, depth: .truecolor, serverName: "s", columns: 80, rows: 24, page: .canvas)
        #expect(model.play == .asking)
        model.report(.link(.connected), atMs: 0)
        model.report(.welcomed(.afk, serverTimeMs: 1_000), atMs: 0)
        #expect(model.play == .asking)
        #expect(model.type("p") == [], "asking twice helps nobody")
        model.report(Self.playing(120_000), atMs: 10)
        #expect(model.play.isPlaying)
        #expect(model.toast?.kind == .celebration)
    }

    @Test("asking is remembered through a lost connection, since the client asks anew")
    func askingThrough() {
        var model = Model(
            purpose: .play, depth: .truecolor, serverName: "s", columns: 80, rows: 24, page: .canvas)
        model.report(.link(.waiting(attempt: 1, delayMs: 500, reason: "refused")), atMs: 0)
        model.report(.link(.connecting(attempt: 1)), atMs: 500)
        model.report(.link(.connected), atMs: 510)
        #expect(model.play == .asking)
        model.report(.link(.closed("banned")), atMs: 600)
        #expect(model.play == .unknown)
        #expect(model.type("p") == [.play])
    }

    @Test("a place that isn't to be had leaves AFK, with the reason")
    func queueFull() throws {
        var model = try Self.model()
        model.goAFK()
        #expect(model.type("p") == [.play])
        #expect(model.play == .asking)
        model.report(.refused(request: nil, Failure(.queueFull, "full")), atMs: 60_500)
        #expect(model.play == .afk(hasLeft: false))
        #expect(model.toast?.text == "The queue is full: p tries again")
    }

    @Test("AFK outlives the end of the socket: the canvas is looked at, and p plays")
    func afk() throws {
        var model = try Self.model()
        model.report(.status(.afk, idleLeftMs: nil), atMs: 60_000)
        model.report(.link(.connecting(attempt: 1)), atMs: 60_010)
        model.report(.link(.watching), atMs: 60_020)
        #expect(model.play == .afk(hasLeft: false))
        #expect(!model.isCanvasOld)
        #expect(model.notice?.rows.count == 2, "it says that it watches")
        #expect(model.toast == nil)
        #expect(model.type("p") == [.play])
    }

    @Test("a click on the notice plays; beside it, and over other notices, it doesn't")
    func click() throws {
        var model = try Self.model()
        model.goAFK()
        let area = try #require(Placement(model).notice)
        let cursor = model.cursor
        #expect(model.mouse(.motion(.none), column: area.column + 1, row: area.row + 1) == [])
        #expect(model.cursor == cursor, "the pointer doesn't drag the cursor under the notice")
        #expect(model.mouse(.press(.left), column: area.column - 1, row: area.row + 1) == [])
        #expect(model.mouse(.press(.left), column: area.column, row: area.row) == [.play])
        model.report(Self.playing(9_000), atMs: 60_000)
        let banner = try #require(Placement(model).notice)
        #expect(model.mouse(.press(.left), column: banner.column, row: banner.row) == [])
    }

    @Test("the place is given up at the second press only, and soon")
    func leave() throws {
        var model = try Self.model()
        #expect(model.press([KeyPress("x")]) == [])
        #expect(model.toast?.text == "x again gives your place up")
        #expect(model.press([KeyPress("x")], nowMs: 60_000 + Toast.lifetimeMs) == [], "too late")
        #expect(model.press([KeyPress("x")], nowMs: 63_500) == [.leave])
        model.report(.status(.afk, idleLeftMs: nil), atMs: 63_600)
        #expect(model.play == .afk(hasLeft: true))
        #expect(model.notice?.title == "You left")
        #expect(model.press([KeyPress("x")], nowMs: 64_000) == [])
    }

    @Test("a press in the queue doesn't count for the place in the game")
    func leaveAfterPromotion() throws {
        var model = try Self.model()
        model.report(Self.queued, atMs: 60_000)
        #expect(model.press([KeyPress("x")], nowMs: 60_100) == [])
        model.report(Self.playing(120_000), atMs: 60_200)
        #expect(model.press([KeyPress("x")], nowMs: 60_300) == [])
        #expect(model.play.isPlaying)
    }

    @Test("the wait is counted from where the server began it, also after a reconnect")
    func waited() throws {
        var model = try Self.model()
        model.report(.welcomed(.queued, serverTimeMs: 1_700_000_100_000), atMs: 60_000)
        model.report(Self.queued, atMs: 60_000)
        guard case .queued(let wait) = model.play else { throw ProgramFailure("not queued") }
        #expect(wait.sinceMs == 0)
        model.lose()
        model.report(.link(.connected), atMs: 126_000)
        // A server's clock that was set meanwhile changes nothing.
        model.report(.welcomed(.queued, serverTimeMs: 9), atMs: 126_000)
        model.report(
            .status(.queued(position: 2, sinceMs: 1_700_000_040_000), idleLeftMs: nil), atMs: 126_000)
        guard case .queued(let again) = model.play else { throw ProgramFailure("not queued") }
        #expect(again.sinceMs == 0)
        #expect(again.firstPosition == 3)
    }

    /// What the connection was lost in, what is heard after it, and what is said.
    static let returns: [([Report], [Report], String?)] = [
        ([], [.welcomed(.playing, serverTimeMs: 0)], "Back: still playing"),
        ([queued], [.welcomed(.queued, serverTimeMs: 0), queued], "Back: still 3rd in line"),
        ([queued], [.welcomed(.playing, serverTimeMs: 0), playing(9)], "You are playing"),
        ([], [.welcomed(.afk, serverTimeMs: 0)], "Back: you are AFK"),
        ([.status(.afk, idleLeftMs: nil)], [.welcomed(.afk, serverTimeMs: 0)], "Back: still AFK"),
        ([queued], [.welcomed(.queued, serverTimeMs: 0)], nil),
    ]

    @Test("whoever comes back is told where to", arguments: returns)
    func returned(before: [Report], after: [Report], words: String?) throws {
        var model = try Self.model()
        for report in before { model.report(report, atMs: 60_000) }
        model.lose()
        #expect(model.outage?.attempt == 3)
        #expect(model.isCanvasOld)
        model.report(.link(.connecting(attempt: 3)), atMs: 126_000)
        model.report(.link(.connected), atMs: 126_000)
        for report in after { model.report(report, atMs: 126_000) }
        #expect(model.toast?.text == words)
        #expect(model.outage == nil)
        #expect(!model.isCanvasOld)
    }

    @Test("a watcher whose connection was lost hears that it is back, without a word of play")
    func watcherReturns() throws {
        var model = try Self.model(purpose: .watch)
        model.lose()
        #expect(model.notice?.title == "Connection lost")
        model.report(.link(.watching), atMs: 126_000)
        #expect(model.toast?.text == "Back: watching")
        #expect(model.notice == nil)
    }

    @Test("a failed attempt keeps the first state in mind and tells the latest reason, cleaned")
    func attempts() throws {
        var model = try Self.model()
        model.lose()
        model.report(.link(.connecting(attempt: 3)), atMs: 126_000)
        #expect(model.notice?.lines.first == "Connection lost — attempt 3: connecting")
        model.report(.link(.waiting(attempt: 4, delayMs: 9_000, reason: "no\u{1b}\nroute")), atMs: 126_500)
        #expect(model.outage == Outage(reason: "no route", attempt: 4, before: .playing(nil)))
        #expect(model.notice?.lines.first == "Connection lost — attempt 4 in 9 s")
        _ = model.update(.clock, nowMs: 140_000)
        #expect(model.notice?.lines.first == "Connection lost — attempt 4 now")
    }
}
