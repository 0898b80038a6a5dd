import Testing

@testable import TUI

/// What must not be cut where there is little room.
@Suite struct SmallScreenTests {
    private static func rows(_ model: Model) -> [String] {
        let frame = View.frame(of: model)
        let canvas = model.layout.canvas
        return (canvas.row..<canvas.row + canvas.rows).map { GridText.characters(frame, row: $0) }
    }

    @Test(
        "on a phone these pages cut no word",
        arguments: PageMatrix.pages.filter {
            ["home", "waiting", "result", "about", "race"].contains($0.name)
        })
    func words(page: PageMatrix.Page) throws {
        for row in Self.rows(try page.model(columns: 40, rows: 20)) {
            #expect(!row.contains("…"), "\(row)")
        }
    }

    @Test("the picture of a puzzle is whole in any window", arguments: [(40, 20), (40, 13), (80, 24)])
    func puzzle(columns: Int, rows: Int) throws {
        var model = try SampleModels.playing(columns: columns, rows: rows)
        try model.relay([87, 40, 61], puzzle: GameSamples.memory)
        let picture = Self.rows(model).filter { row in
            row.unicodeScalars.contains { (0x2580...0x259f).contains($0.value) }
        }
        var large = try SampleModels.playing(columns: 120, rows: 40)
        try large.relay([87, 40, 61], puzzle: GameSamples.memory)
        let whole = Self.rows(large).filter { row in
            row.unicodeScalars.contains { (0x2580...0x259f).contains($0.value) }
        }
        #expect(picture.count == whole.count && picture.count > 4)
    }

    @Test("toasts stand beside the box that tells how far a template is")
    func toasts() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.takeTemplate()
        _ = model.type("%")
        for words in ["one", "two", "three"] { model.say(words, .news, nowMs: model.clockMs) }
        var bare = model
        bare.toasts = []
        let (frame, alone) = (View.frame(of: model), View.frame(of: bare))
        let box = try #require(Placement(model).boxes?.areas.first)
        for row in box.row..<box.row + box.rows {
            for column in box.column..<box.column + box.columns {
                #expect(frame[column, row] == alone[column, row])
            }
        }
        #expect(Self.rows(model).contains { $0.contains(" three ") })
        #expect(Self.rows(model).contains { $0.contains(" one ") })
    }

    @Test("a relay's code is read in ASCII, too")
    func code() throws {
        let page = try #require(PageMatrix.pages.first { $0.name == "waiting" })
        #expect(
            Self.rows(try page.model(columns: 80, rows: 24, look: .ascii)).contains {
                $0.contains("B K W X R M")
            })
    }
}
