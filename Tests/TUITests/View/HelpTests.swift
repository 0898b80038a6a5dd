import Protocol
import Testing

@testable import TUI

/// The box of keys, at the sizes where words could be cut.
@Suite struct HelpTests {
    private static func text(_ model: Model) -> String {
        let frame = View.frame(of: model)
        return (0..<frame.rows).map { GridText.characters(frame, row: $0) }.joined(separator: "\n")
    }

    @Test("help cuts no word of any page", arguments: PageMatrix.pages, [40, 79, 80, 120])
    func whole(page: PageMatrix.Page, columns: Int) throws {
        var model = try page.model(columns: columns, rows: 120)
        model.settings.touch = .off
        model.overlay = .help(scroll: 0)
        let text = Self.text(model)
        for entry in model.bindings.entries(of: model.keyScene) {
            // Whoever has no role isn't shown the way to where one is needed.
            if entry.actions == [.open(.admin)], model.role < .moderator { continue }
            #expect(text.contains(entry.words), "\(entry.words)")
            #expect(text.contains(entry.names), "\(entry.names)")
        }
        #expect(!text.split(separator: "\n").contains { $0.contains("…") && $0.contains("Mouse") })
    }

    @Test("what a click on a hint's key or words presses is what stands there", arguments: PageMatrix.pages)
    func hints(page: PageMatrix.Page) throws {
        let model = try page.model(columns: 120, rows: 40)
        let frame = View.frame(of: model)
        let row = model.layout.paletteRow
        let text = GridText.characters(frame, row: row)
        for hint in model.hints {
            let presses = hint.presses(model.bindings, in: model.keyScene)
            guard let keys = hint.keys(model.bindings, in: model.keyScene),
                let range = text.firstRange(of: "\(keys) \(hint.words)")
            else { continue }
            let start = TextWidth.of(String(text[..<range.lowerBound]))
            let last = start + TextWidth.of("\(keys) \(hint.words)") - 1
            // A slip of the mouse must not end a run.
            let isRun = model.keyScene == .run
            #expect(frame.press(column: start, row: row) == (isRun ? nil : presses.first), "\(hint.words)")
            #expect(frame.press(column: last, row: row) == (isRun ? nil : presses.last), "\(hint.words)")
        }
    }
}
