import Protocol
import Testing

@testable import TUI

@Suite struct AlertTests {
    private func promoted(_ alert: Settings.Alert, focus: Bool?) throws -> [Command] {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.settings.alert = alert
        if let focus { _ = model.update(.input(.focus(focus)), nowMs: 60_000) }
        model.queue()
        return model.update(
            .server(.status(.playing(idleDeadlineMs: 0), idleLeftMs: 120_000)), nowMs: 121_000)
    }

    @Test("a bell rings wherever the person looks, a notification comes to whoever may look elsewhere")
    func ways() throws {
        for focus in [nil, true, false] {
            #expect(try promoted(.bell, focus: focus) == [.bell])
            #expect(try promoted(.none, focus: focus) == [])
            let notified: [Command] = [.notify("It is your turn to play"), .bell]
            #expect(try promoted(.desktop, focus: focus) == (focus == true ? [] : notified))
        }
    }

    @Test("who plays without having waited isn't called")
    func noWait() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.goAFK()
        _ = model.type("p")
        let commands = model.update(
            .server(.status(.playing(idleDeadlineMs: 0), idleLeftMs: 120_000)), nowMs: 121_000)
        #expect(commands == [] && model.play.isPlaying)
    }

    @Test("a turn that came while the connection was lost is told when it is back")
    func afterOutage() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.queue()
        model.lose()
        model.report(.link(.connected), atMs: 126_000)
        let commands = model.update(
            .server(.welcomed(.playing, serverTimeMs: 1_700_000_126_000)), nowMs: 126_000)
        #expect(commands == [.bell])
    }

    @Test("flat mode rings the bell at a terminal, and writes none into files and pipes")
    func flat() throws {
        for alert in Settings.Alert.allCases {
            #expect(try promoted(alert, focus: nil).contains(.bell) == (alert != .none))
        }
        #expect(FlatLoop.bytes(of: [.notify("Now"), .bell], isTerminal: true) == [0x07])
        #expect(FlatLoop.bytes(of: [.bell], isTerminal: false) == [])
        #expect(FlatLoop.bytes(of: [.notify("Now"), .repaint], isTerminal: true) == [])
    }
}
