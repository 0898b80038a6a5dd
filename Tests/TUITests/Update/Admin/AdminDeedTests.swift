import Client
import Protocol
import Testing

@testable import TUI

/// What is done to a server by keys, each dangerous thing asked about once.
@Suite struct AdminDeedTests {
    private func scene(_ role: Role = .admin, _ keys: String) throws -> Model {
        var model = try SampleModels.playing(columns: 100, rows: 30)
        model.openAdmin(role, keys)
        return model
    }

    private func text(_ model: Model) -> String {
        let frame = View.frame(of: model)
        return (0..<frame.rows).map { GridText.characters(frame, row: $0) }.joined(separator: "\n")
    }

    /// Empties the field and types into it.
    private func fill(_ text: String, _ model: inout Model) {
        model.pressAdmin(KeyPress(.character("u"), .control))
        _ = model.type(text)
    }

    private let linus = GameSamples.account(2).id

    @Test("a kick is asked about, and the lists that it changes are asked for anew")
    func kick() throws {
        var model = try scene(.moderator, "2")
        model.pressAdmin(KeyPress(.down))
        model.pressAdmin(KeyPress(.down))
        #expect(model.pressAdmin(KeyPress("K")) == [])
        #expect(text(model).contains("Kick Linus?"))
        #expect(model.pressAdmin(KeyPress("n")) == [] && model.admin.prompt == nil)
        model.pressAdmin(KeyPress("K"))
        let asked = model.pressAdmin(KeyPress("y"))
        #expect(asked == [.ask(.kick(linus)), .ask(.accounts(all: false))])
        #expect(model.toast?.text == "Done.")
    }

    @Test("a ban takes a time and a reason, and is asked about with both")
    func ban() throws {
        var model = try scene(.moderator, "2")
        model.pressAdmin(KeyPress(.down))
        model.pressAdmin(KeyPress(.down))
        model.pressAdmin(KeyPress(.enter))
        fill("soon", &model)
        model.pressAdmin(KeyPress(.enter))
        #expect(text(model).contains("For how long: 30m, 12h or 7d"))
        fill("40d", &model)
        model.pressAdmin(KeyPress(.enter))
        #expect(text(model).contains("Moderators ban for at most 30d"))
        fill("7d", &model)
        model.pressAdmin(KeyPress(.tab))
        fill("Bursts", &model)
        #expect(model.pressAdmin(KeyPress(.enter)) == [])
        #expect(text(model).contains("Ban Linus until 2023-11-21 22:1"))
        #expect(text(model).contains("They read: Bursts"))
        // The Enter that sent the form, still held down, is no yes.
        #expect(model.update(.input(.key(KeyPress(.enter))), nowMs: model.clockMs + 30) == [])
        let untilMs = try #require(
            {
                if case .question(let question)? = model.admin.prompt,
                    case .ban(linus, reason: "Bursts", let untilMs?) = question.route
                {
                    return untilMs
                }
                return nil
            }() as Int64?)
        let asked = model.pressAdmin(KeyPress(.enter))
        #expect(asked.first == .ask(.ban(linus, reason: "Bursts", untilMs: untilMs)))
        #expect(abs(untilMs - model.serverNowMs - 7 * 86_400_000) < 60_000)
    }

    @Test("an admin bans for good, and lifts a ban")
    func forGood() throws {
        var model = try scene(.admin, "2a")
        model.pressAdmin(KeyPress(.down))
        model.pressAdmin(KeyPress("b"))
        model.pressAdmin(KeyPress(.enter))
        #expect(text(model).contains("Ban Grace for good?"))
        #expect(
            model.pressAdmin(KeyPress("y")).first
                == .ask(.ban(GameSamples.account(1).id, reason: nil, untilMs: nil)))
        model.pressAdmin(KeyPress(.end))
        #expect(text(model).contains("Bursts in every run."))
        model.pressAdmin(KeyPress(.enter))
        #expect(model.pressAdmin(KeyPress("y")).first == .ask(.unban(GameSamples.account(4).id)))
    }

    @Test("an admin gives roles; a moderator is told that it isn't theirs to do")
    func roles() throws {
        var model = try scene(.admin, "2")
        model.pressAdmin(KeyPress(.down))
        model.pressAdmin(KeyPress("o"))
        fill("king", &model)
        model.pressAdmin(KeyPress(.enter))
        #expect(text(model).contains("It is player, moderator or admin"))
        fill("moderator", &model)
        model.pressAdmin(KeyPress(.enter))
        #expect(
            model.pressAdmin(KeyPress("y")).first == .ask(.grant(GameSamples.account(1).id, .moderator)))
        for key in ["o", "N", "n"] as [Unicode.Scalar] {
            var moderator = try scene(.moderator, "2")
            #expect(moderator.pressAdmin(KeyPress(key)) == [])
            #expect(moderator.admin.prompt == nil && moderator.toast?.text == "That is for admins")
        }
    }

    @Test("a knob is set in a form that stays with the server's own words where it says no")
    func knob() throws {
        var model = try scene(.admin, "3")
        model.pressAdmin(KeyPress(.down))
        model.pressAdmin(KeyPress(.enter))
        fill("0", &model)
        let route = AdminRoute.setKnob(name: "max-players", value: "0")
        #expect(
            model.update(.input(.key(KeyPress(.enter))), nowMs: model.clockMs + 800) == [.admin(.ask(route))])
        #expect(text(model).contains("Asking the server"))
        // Neither a second Enter nor a letter does anything meanwhile.
        #expect(model.press([KeyPress(.enter), KeyPress("7")]) == [])
        _ = model.hear(
            .failed(
                .ask(route), Failure(.badRequest, "max-players must be a whole number from 1 to 1000000.")))
        #expect(text(model).contains("max-players must be a whole number from 1 to 1000000."))
        fill("40", &model)
        let asked = model.pressAdmin(KeyPress(.enter))
        #expect(asked == [.ask(.setKnob(name: "max-players", value: "40")), .ask(.knobs)])
        #expect(model.admin.prompt == nil && model.toast?.text == "Done.")
    }

    @Test("a knob goes back to what the option says, asked about once")
    func restored() throws {
        var model = try scene(.admin, "3")
        #expect(model.pressAdmin(KeyPress("d")) == [])
        #expect(model.toast?.text == "It is as the option says already")
        model.pressAdmin(KeyPress(.down))
        model.pressAdmin(KeyPress("d"))
        #expect(text(model).contains("It is 250, and will be 100."))
        #expect(model.pressAdmin(KeyPress("y")).first == .ask(.setKnob(name: "max-players", value: nil)))
    }

    @Test("pixels are taken back after a preview, and the rollback is undone")
    func rollback() throws {
        var model = try scene(.moderator, "24")
        model.pressAdmin(KeyPress("2"))
        model.pressAdmin(KeyPress(.down))
        model.pressAdmin(KeyPress(.down))
        model.pressAdmin(KeyPress("t"))
        #expect(text(model).contains("Linus"), "the chosen account is filled in")
        model.pressAdmin(KeyPress(.tab))
        fill("1h", &model)
        model.pressAdmin(KeyPress(.up))
        model.pressAdmin(KeyPress(.up))
        fill("3,4 20,30", &model)
        let preview = model.pressAdmin(KeyPress(.enter))
        guard case .ask(.canvas(.rollBack(var order)))? = preview.first else {
            Issue.record("no preview was asked for")
            return
        }
        #expect(order.account == "Linus" && order.box == CanvasBox(3, 4, 20, 30) && order.isPreview)
        #expect(order.toMs - order.fromMs == 3_600_000)
        #expect(text(model).contains("1,340 pixels on 1,271 cells"))
        #expect(text(model).contains("of Linus") && text(model).contains("in 3,4 20,30"))
        order.isPreview = false
        #expect(
            model.pressAdmin(KeyPress("y")) == [.ask(.canvas(.rollBack(order))), .ask(.canvas(.rollbacks))])
        #expect(model.toast?.text == "Taken back: 1,340 pixels on 1,271 cells")
        model.pressAdmin(KeyPress("4"))
        model.pressAdmin(KeyPress("u"))
        #expect(text(model).contains("Undo rollback 3?"))
        #expect(model.pressAdmin(KeyPress("y")).first == .ask(.canvas(.undoRollback(3))))
        #expect(model.toast?.text == "Brought back: 71 pixels on 71 cells")
    }

    @Test("a preview of nothing asks nothing, and one that was left asks nothing when it comes")
    func emptyPreview() throws {
        var model = try scene(.moderator, "4")
        for isLeft in [false, true] {
            model.pressAdmin(KeyPress("t"))
            let commands = model.update(.input(.key(KeyPress(.enter))), nowMs: model.clockMs + 800)
            guard case .admin(.ask(let route))? = commands.first else {
                Issue.record("no preview was asked for")
                return
            }
            if isLeft { model.pressAdmin(KeyPress(.escape)) }
            let cells = isLeft ? 5 : 0
            let report = RollbackReport(id: nil, cells: cells, placements: cells, accounts: 1)
            _ = model.hear(.answer(route, .rollback(report)))
            #expect(model.admin.prompt == nil)
            if !isLeft { #expect(model.toast?.text == "There is nothing of that to take back") }
        }
    }

    @Test("while a rollback is under way that is told, and it is not sent twice")
    func underWay() throws {
        var model = try scene(.moderator, "4")
        model.pressAdmin(KeyPress("u"))
        #expect(model.update(.input(.key(KeyPress("y"))), nowMs: model.clockMs + 800).count == 1)
        #expect(text(model).contains("Under way"))
        model.pressAdmin(KeyPress("u"))
        #expect(model.update(.input(.key(KeyPress("y"))), nowMs: model.clockMs + 800) == [])
        _ = model.hear(
            .failed(.ask(.canvas(.undoRollback(3))), Failure(.rollbackRunning, "Another one is running.")))
        #expect(model.toast?.text == "Another one is running." && !text(model).contains("Under way"))
    }

    @Test("a part is protected and given back")
    func areas() throws {
        var model = try scene(.admin, "5")
        model.pressAdmin(KeyPress("n"))
        fill("5,5", &model)
        model.pressAdmin(KeyPress(.enter))
        #expect(text(model).contains("A box is x0,y0 x1,y1"))
        fill("5,5 9,9", &model)
        model.pressAdmin(KeyPress(.tab))
        fill("a logo", &model)
        #expect(
            model.pressAdmin(KeyPress(.enter)).first
                == .ask(.canvas(.protect(CanvasBox(5, 5, 9, 9), note: "a logo"))))
        model.pressAdmin(KeyPress(.delete))
        #expect(text(model).contains("Lift the protection of 10,5 60,40?"))
        #expect(model.pressAdmin(KeyPress("y")).first == .ask(.canvas(.unprotect(1))))
    }

    @Test("a new canvas begins only after its words were typed")
    func newGame() throws {
        var model = try scene(.admin, "4")
        model.pressAdmin(KeyPress("N"))
        #expect(model.pressAdmin(KeyPress(.enter)) == [])
        #expect(text(model).contains("Type new canvas to be sure"))
        fill("96x64", &model)
        model.pressAdmin(KeyPress(.tab))
        fill("new canvas", &model)
        #expect(
            model.pressAdmin(KeyPress(.enter)).first == .ask(.canvas(.newGame(width: 96, height: 64))))
    }

    @Test("everyone is told something, and what was seen of an account is cleared")
    func others() throws {
        var model = try scene(.moderator, "6")
        model.pressAdmin(KeyPress("m"))
        #expect(model.pressAdmin(KeyPress(.enter)) == [])
        _ = model.update(.input(.paste("Back in five minutes")), nowMs: model.clockMs)
        let words = try #require(AnnouncementText("Back in five minutes"))
        #expect(model.pressAdmin(KeyPress(.enter)) == [.ask(.announce(words))])
        model.pressAdmin(KeyPress("6"))
        #expect(text(model).contains("9 points in 400 ms"))
        model.pressAdmin(KeyPress("c"))
        #expect(model.pressAdmin(KeyPress("y")) == [.ask(.clearFlags(linus)), .ask(.flags)])
    }

    @Test("the mouse chooses a line, a second click does what Enter does, and keys in a question are pressed")
    func mouse() throws {
        var model = try scene(.admin, "2")
        let body = AdminLayout(model).body
        _ = model.mouse(.press(.left), column: 5, row: body.row + 2)
        #expect(model.admin.chosen == 2 && model.admin.prompt == nil)
        _ = model.mouse(.press(.left), column: 5, row: body.row + 2)
        guard case .form(let form)? = model.admin.prompt else {
            Issue.record("no form")
            return
        }
        let box = AdminFormLayout(form, model).box
        _ = model.mouse(.press(.left), column: box.column + 4, row: box.row + 2)
        if case .form(let form)? = model.admin.prompt { #expect(form.at == 1) }
        _ = model.press([KeyPress(.enter)])
        let frame = View.frame(of: model)
        let rows = (0..<frame.rows).map { GridText.characters(frame, row: $0) }
        let row = try #require(rows.firstIndex { $0.contains("leaves it") && $0.contains("│") })
        let spot = try #require(rows[row].firstRange(of: "leaves it"))
        let column = TextWidth.of(String(rows[row][..<spot.lowerBound]))
        _ = model.mouse(.press(.left), column: column, row: row)
        #expect(model.admin.prompt == nil)
    }

    @Test("the skin studio is opened on a file or anew, and figures rest until it is left")
    func studio() throws {
        var model = try scene(.moderator, "1")
        model.pressAdmin(KeyPress("s"))
        _ = model.type("mine.json")
        #expect(
            model.update(.input(.key(KeyPress(.enter))), nowMs: model.clockMs + 800) == [
                .studio(file: "mine.json")
            ])
        #expect(model.adminMs == nil)
        #expect(model.update(.clock, nowMs: model.clockMs + 20_000) == [])
        let back = model.hear(.studioLeft(why: nil))
        #expect(model.page == .admin && back.contains(.admin(.figures)))
        _ = model.hear(.studioLeft(why: "mine.json: no such file"))
        #expect(model.toast?.text == "mine.json: no such file")
    }

    @Test("someone else who signs in sees nothing of it")
    func becomesOther() throws {
        var model = try scene(.admin, "2")
        _ = model.update(.server(.account(name: "Mona", id: GameSamples.account(7).id)), nowMs: model.clockMs)
        #expect(model.admin == AdminDesk() && model.role == .player)
    }
}
