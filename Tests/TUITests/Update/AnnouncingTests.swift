import Protocol
import Testing

@testable import TUI

@Suite struct AnnouncingTests {
    @Test("what the host tells everyone is shown in as many lines as it needs, cleaned, for a while")
    func shown() throws {
        var model = try SampleModels.playing(columns: 60, rows: 24)
        let text = "The server goes down\u{1b}[2J at noon for a quarter of an hour, and comes back after it."
        _ = model.update(.server(.announced(text)), nowMs: 60_000)
        #expect(
            model.toasts.map(\.text) == [
                "From the host: The server goes down[2J at noon for a",
                "quarter of an hour, and comes back after it.",
            ])
        #expect(model.toasts.allSatisfy { $0.untilMs == 60_000 + Toast.announcementMs })
        #expect(model.toast?.words.spoken.hasSuffix("comes back after it.") == true)
        #expect(model.toast?.words.spoken.hasPrefix("From the host: The server") == true)
    }
}
