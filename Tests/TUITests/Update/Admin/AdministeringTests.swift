import Protocol
import Testing

@testable import TUI

@Suite struct AdministeringTests {
    private func scene() throws -> Model { try SampleModels.playing(columns: 100, rows: 30) }

    private func text(_ model: Model) -> String {
        let frame = View.frame(of: model)
        return (0..<frame.rows).map { GridText.characters(frame, row: $0) }.joined(separator: "\n")
    }

    private func asks(_ commands: [Command], _ wish: AdminWish) -> Bool { commands.contains(.admin(wish)) }

    // MARK: Who may be here

    @Test("whoever comes is asked for, and without a role reads whom the page is for, asking nothing else")
    func nobody() throws {
        var model = try scene()
        #expect(model.open(.admin) == [.profile])
        #expect(text(model).contains("asking who you are"))
        model.becomeHost(.player)
        #expect(text(model).contains("for moderators and admins"))
        #expect(model.type("2") + model.type("b") + model.press([KeyPress(.enter)]) == [])
        #expect(model.update(.clock, nowMs: 70_000) == [] && model.adminMs == nil)
        var watcher = try SampleModels.playing(columns: 100, rows: 30, purpose: .watch)
        #expect(watcher.open(.admin) == [])
        #expect(text(watcher).contains("who sign in to play"))
    }

    @Test("as soon as the role is known the figures are asked for")
    func becomesKnown() throws {
        var model = try scene()
        _ = model.open(.admin)
        let commands = model.update(.server(.profile(AdminSamples.profile(.moderator))), nowMs: 60_000)
        #expect(asks(commands, .figures) && asks(commands, .ask(.status)))
    }

    @Test("a role that is lost meanwhile is told, and the page left")
    func loses() throws {
        var model = try scene()
        model.openAdmin(.moderator, "2")
        model.pressAdmin(KeyPress("K"))
        #expect(model.admin.prompt != nil)
        let refused = AdminWish.ask(.accounts(all: false))
        #expect(model.hear(.failed(refused, Failure(.forbidden, "Only moderators may."))) == [.profile])
        model.becomeHost(.player)
        #expect(model.page == .home && model.toast?.text == "You are no moderator any more")
        #expect(model.admin == AdminDesk())
    }

    @Test("an admin who is a moderator now stays, and sees what those see")
    func sinks() throws {
        var model = try scene()
        model.openAdmin(.admin, "3")
        #expect(text(model).contains("max-players"))
        model.becomeHost(.moderator)
        #expect(model.page == .admin)
        #expect(text(model).contains("Knobs are for admins."))
        #expect(model.type("r") == [])
    }

    // MARK: Live

    @Test("figures are asked for each second while they are looked at, one question at a time")
    func polls() throws {
        var model = try scene()
        model.openAdmin()
        var questions = 0
        let endMs = model.clockMs + 10_000
        while let nextMs = model.adminMs, nextMs <= endMs {
            let commands = model.update(.clock, nowMs: nextMs)
            questions += commands.count { $0 == .admin(.figures) }
            model.settleAdmin(commands)
        }
        #expect(questions == 10)
        // While one is under way no other is asked, however long it takes.
        #expect(asks(model.update(.clock, nowMs: endMs + 1_000), .figures))
        #expect(!asks(model.update(.clock, nowMs: endMs + 9_000), .figures))
    }

    @Test("nothing is asked while another part or page is seen, or without a connection")
    func rests() throws {
        for leave: (inout Model) -> Void in [
            { _ = $0.pressAdmin(KeyPress("3")) }, { _ = $0.open(.about) },
            {
                _ = $0.update(
                    .server(.link(.waiting(attempt: 1, delayMs: 900_000, reason: "x"))), nowMs: 60_000)
            },
        ] {
            var model = try scene()
            model.openAdmin()
            leave(&model)
            #expect(model.adminMs == nil || model.page != .admin)
            for second in 1...20 {
                #expect(!asks(model.update(.clock, nowMs: 61_000 + Int64(second) * 1_000), .figures))
            }
        }
    }

    @Test("a refusal is told in the figures' place, and the next question comes later")
    func refused() throws {
        var model = try scene()
        model.becomeHost(.moderator)
        _ = model.open(.admin)
        _ = model.hear(.failed(.figures, Failure(.storageUnavailable, "no")))
        #expect(text(model).contains("The server can't save now"))
        #expect(!asks(model.update(.clock, nowMs: model.clockMs + 2_000), .figures))
        #expect(asks(model.update(.clock, nowMs: model.clockMs + 4_000), .figures))
    }

    @Test("each figure is told with its latest and its highest number")
    func figures() throws {
        var model = try scene()
        model.openAdmin()
        let text = text(model)
        for figure in LiveFigure.allCases {
            let values = AdminSamples.figures().samples.map(figure.value)
            #expect(text.contains("\(figure.title)  \(figure.words(values.last ?? 0)) "))
            #expect(text.contains("most \(figure.words(values.max() ?? 0)) in 4 min"))
        }
        #expect(
            text.contains(
                "release 0.7.0 · up 3 h 5 min · v1,204,377 of 1000×1000 · 412 accounts · storage well"))
    }

    // MARK: Parts

    @Test("digits, arrows and clicks show the parts, each asks for its list")
    func tabs() throws {
        var model = try scene()
        model.openAdmin()
        for (number, tab) in AdminTab.allCases.enumerated() {
            let asked = model.pressAdmin(KeyPress(try #require("\(number + 1)".unicodeScalars.first)))
            #expect(model.admin.tab == tab)
            if let route = tab.route(all: false) { #expect(asked == [.ask(route)]) }
        }
        model.pressAdmin(KeyPress(.right))
        #expect(model.admin.tab == .live)
        model.pressAdmin(KeyPress(.left))
        #expect(model.admin.tab == .audit)
        for tab in AdminTab.allCases {
            let place = try #require(AdminLayout(model).tabs.first { $0.tab == tab })
            _ = model.mouse(
                .press(.left), column: place.columns.lowerBound + 1, row: AdminLayout(model).tabRow)
            #expect(model.admin.tab == tab)
        }
    }

    @Test("on a phone the arrows beside the part's name lead on")
    func narrow() throws {
        var model = try SampleModels.playing(columns: 40, rows: 20)
        model.openAdmin()
        for tab in AdminTab.allCases.dropFirst() {
            let next = try #require(AdminLayout(model).tabs.last)
            _ = model.mouse(.press(.left), column: next.columns.lowerBound, row: AdminLayout(model).tabRow)
            #expect(model.admin.tab == tab)
        }
    }

    @Test("the audit goes on where its end is reached, until there is no more")
    func audit() throws {
        var model = try scene()
        model.openAdmin(.moderator, "8")
        #expect(model.adminRowCount == 100)
        #expect(model.pressAdmin(KeyPress(.end)) == [.ask(.audit(limit: 100, before: 151))])
        #expect(model.adminRowCount == 200 && model.admin.chosen == 99)
        model.pressAdmin(KeyPress(.end))
        #expect(model.adminRowCount == 250)
        #expect(model.pressAdmin(KeyPress(.end)) == [])
        #expect(text(model).contains("row 1") && text(model).contains("all there are"))
    }

    @Test("accounts are found by a part of name or id, among all")
    func find() throws {
        var model = try scene()
        model.openAdmin(.moderator, "2")
        #expect(model.adminRowCount == 4)
        model.pressAdmin(KeyPress("/"))
        for character in "eds" { _ = model.type(String(character)) }
        #expect(model.pressAdmin(KeyPress(.enter)) == [.ask(.accounts(all: true))])
        #expect(model.adminRows().map { $0.cells[0] } == ["Edsger"])
        #expect(text(model).contains("1 listed, of 412, with “eds”"))
        model.pressAdmin(KeyPress("/"))
        model.pressAdmin(KeyPress(.character("u"), .control))
        model.pressAdmin(KeyPress(.enter))
        #expect(model.adminRowCount == 5)
    }
}
