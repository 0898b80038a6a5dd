import Protocol
import Testing

@testable import TUI

@Suite struct FlatAdminTests {
    private func playing(_ role: Role) throws -> FlatSample {
        var sample = try FlatSample.playing()
        sample.hear(.profile(AdminSamples.profile(role)))
        sample.forget()
        return sample
    }

    /// Answers what was asked for so far.
    private func answer(_ sample: inout FlatSample) {
        let commands = sample.commands
        sample.forget()
        for case .admin(let wish) in commands {
            switch wish {
            case .figures: sample.hear(.admin(.figures(AdminSamples.figures())))
            case .ask(let route): sample.hear(.admin(.answer(route, AdminSamples.answer(route))))
            }
        }
    }

    @Test("the figures are read when they are asked for, and never by themselves")
    func figures() throws {
        var sample = try playing(.moderator)
        sample.say("admin")
        answer(&sample)
        #expect(sample.said.first == "admin: players 119, at most 120 in 4 min")
        #expect(sample.said.contains("admin: memory 98.7 MB, at most 98.7 MB in 4 min"))
        #expect(sample.said.count == LiveFigure.allCases.count)
        sample.forget()
        sample.pass(milliseconds: 30_000)
        #expect(sample.commands.isEmpty && sample.said.isEmpty)
    }

    @Test("each list is read line by line", arguments: AdminTab.allCases.filter { $0 != .live })
    func lists(tab: AdminTab) throws {
        var sample = try playing(.admin)
        sample.say("admin \(tab.rawValue)")
        answer(&sample)
        let rows = sample.session.model.adminRows()
        #expect(!rows.isEmpty && sample.said.count == min(rows.count, 50) + (rows.count > 50 ? 1 : 0))
        #expect(
            sample.said.first == "admin: "
                + (rows.first?.cells ?? []).filter { !$0.isEmpty }.joined(separator: ", "))
    }

    @Test("who has no role is told whom it is for; what is for admins is told to moderators")
    func refused() throws {
        var sample = try playing(.player)
        sample.say("admin knobs")
        #expect(sample.said == ["error: This page is for moderators and admins; a host gives the role."])
        sample = try playing(.moderator)
        sample.say("admin knobs")
        #expect(sample.said == ["error: Knobs are for admins."])
        sample.say("admin nonsense")
        #expect(sample.said.last == "error: say it like this: admin PART")
    }

    @Test("a person who begins there hears it once it is known who they are")
    func begins() throws {
        var sample = try FlatSample(page: .admin)
        try sample.connect()
        #expect(sample.commands.contains(.profile))
        #expect(!sample.said.contains { $0.hasPrefix("error:") })
        sample.hear(.profile(AdminSamples.profile(.admin)))
        answer(&sample)
        #expect(sample.said.contains("admin: players 119, at most 120 in 4 min"))
    }

    @Test("why it can't be had is said")
    func failed() throws {
        var sample = try playing(.admin)
        sample.say("admin audit")
        let wish = AdminWish.ask(.audit(limit: AdminTab.auditPage, before: nil))
        sample.hear(.admin(.failed(wish, Failure(.storageUnavailable, "no"))))
        #expect(sample.said.last == "error: The server can't save now; try again soon")
    }
}
