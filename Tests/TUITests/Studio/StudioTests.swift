import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct StudioTests {
    @Test("texts are written where they stand, and the skin is unsaved until it is as it was")
    func texts() throws {
        var studio = try StudioSamples.studio()
        #expect(!studio.isUnsaved)
        studio.go(.title)
        _ = studio.type(" 2?")
        #expect(studio.draft.text(.title).text == "Aurora 2?")
        #expect(studio.isUnsaved)
        _ = studio.press(.backspace, times: 3)
        #expect(!studio.isUnsaved)
    }

    @Test("a price takes digits alone, pasted ones too")
    func price() throws {
        var studio = try StudioSamples.studio()
        studio.go(.price)
        _ = studio.press([KeyPress(.character("u"), .control)])
        _ = studio.type("1a2 -")
        #expect(studio.draft.text(.price).text == "12")
        _ = studio.update(.input(.paste("5,00")), nowMs: 0)
        #expect(studio.draft.text(.price).text == "12500")
    }

    @Test(
        "what is wrong is said at its field, whatever the others are",
        arguments: [
            (StudioField.id, "No!", "Must be 1 to 32 of a-z, 0-9 and -"),
            (.title, "", "Must be 1 to 32"), (.author, " x", "Must be 1 to 24"),
            (.price, "9999999", "Must be from 0 to 1000000"), (.price, "", "Must be a whole number"),
        ])
    func complaints(field: StudioField, text: String, words: String) throws {
        var studio = try StudioSamples.studio()
        studio.go(.author)
        _ = studio.press([KeyPress(.character("u"), .control)])
        studio.go(field)
        _ = studio.press([KeyPress(.character("u"), .control)])
        _ = studio.type(text)
        let complaint = studio.draft.complaint(about: field, colors: studio.colors)
        #expect(complaint?.hasPrefix(words) == true, "\(complaint ?? "none")")
        #expect(studio.draft.complaint(about: .dot, colors: studio.colors) == nil)
        #expect(studio.control("s") == [])
        #expect(studio.toast?.kind == .failure)
        #expect(studio.draft.faults(colors: studio.colors).first == studio.field)
    }

    @Test("every skin of the assets has nothing to mend and is saved as the file that it came from")
    func assets() throws {
        for skin in try SkinSamples.all() {
            var studio = try StudioSamples.studio(skin.id.rawValue)
            #expect(studio.draft.faults(colors: studio.colors) == [])
            let bytes = try SkinSamples.file(skin.id.rawValue)
            #expect(
                studio.control("s") == [
                    .save(
                        studio.draft, bytes: bytes, path: "skins/\(skin.id.rawValue).json", isForced: false)
                ])
        }
    }

    @Test("what a new skin begins with is a skin")
    func template() throws {
        let studio = try StudioSamples.fresh()
        #expect(studio.draft.faults(colors: studio.colors) == [])
        #expect(studio.isUnsaved)
        let few = try BaseColors([
            BaseColor(name: "gray", color: Palette.Color(red: 128, green: 128, blue: 128))
        ])
        let poor = try #require(SkinDraft.template(id: "x", author: "Ada", colors: few))
        #expect(poor.faults(colors: few) == [])
    }

    @Test("the grid dresses the skin at once, Enter keeps that, Esc gives it back")
    func picking() throws {
        var studio = try StudioSamples.studio()
        studio.go(.cursor)
        #expect(studio.values == ["lilac", "mint"])
        _ = studio.press([KeyPress(.right), KeyPress(.enter), KeyPress(.right)])
        let next = try #require(studio.chosenName)
        #expect(next != "mint")
        #expect(studio.draft.look(in: studio.colors)?[.cursor].last?.name == next)
        _ = studio.press(.escape)
        #expect(studio.values == ["lilac", "mint"])
        _ = studio.press([KeyPress(.enter), KeyPress(.right), KeyPress(.enter)])
        #expect(studio.values == ["lilac", next])
        #expect(studio.picking == nil)
    }

    @Test("colors are added, moved and removed, within what the part takes")
    func colors() throws {
        var studio = try StudioSamples.studio()
        studio.go(.dot)
        #expect(studio.values == ["mint", "emerald", "turquoise", "violet"])
        _ = studio.type("+")
        #expect(studio.values.count == 4)
        #expect(studio.toast?.text == "Dot takes 1 to 4 colors")
        _ = studio.type(">")
        #expect(studio.values == ["emerald", "mint", "turquoise", "violet"] && studio.value == 1)
        _ = studio.type("---")
        #expect(studio.values == ["emerald"])
        _ = studio.type("-")
        #expect(studio.values == ["emerald"])
        _ = studio.type("+")
        #expect(studio.values == ["emerald", "emerald"] && studio.value == 1 && studio.picking != nil)
        _ = studio.press(.escape)
        #expect(studio.values == ["emerald"], "what was added and not taken is gone")
        studio.go(.palette)
        _ = studio.type("-")
        #expect(studio.toast?.text == "Palette takes 4 colors")
    }

    @Test("a click goes to a field, to one of its colors, and takes a base color")
    func mouse() throws {
        var studio = try StudioSamples.studio()
        let layout = StudioLayout(studio)
        _ = studio.click(column: 11 + 3 * 2, row: layout.row(of: .trail))
        #expect(studio.field == .trail && studio.value == 2)
        let grid = StudioLayout(studio)
        let index = try #require(
            grid.colorIndex(column: 3, row: grid.grid.row + 1, count: studio.colors.colors.count))
        _ = studio.click(column: 3, row: grid.grid.row + 1)
        #expect(studio.chosenName == studio.colors.names[index])
        #expect(studio.picking == nil)
        _ = studio.click(column: 12, row: layout.row(of: .author))
        #expect(studio.field == .author)
    }

    @Test("a skin without a file asks which one, and takes its id for it")
    func saveAs() throws {
        var studio = try StudioSamples.fresh()
        #expect(studio.control("s") == [])
        guard case .saveAs(let editor) = studio.overlay else {
            Issue.record("no prompt")
            return
        }
        #expect(editor.text == "my-skin.json")
        let commands = studio.press(.enter)
        guard case .save(let draft, let bytes, "my-skin.json", isForced: false)? = commands.first else {
            Issue.record("nothing is saved")
            return
        }
        _ = studio.update(
            .file(.saved(SkinFile(path: "my-skin.json", bytes: bytes), draft)), nowMs: 60_000)
        #expect(!studio.isUnsaved)
        #expect(studio.toast?.text == "Saved")
    }

    @Test("a file that changed meanwhile is written over only when asked to")
    func changedMeanwhile() throws {
        var studio = try StudioSamples.studio()
        _ = studio.control("s")
        _ = studio.update(.file(.changedMeanwhile(path: "skins/aurora.json")), nowMs: 60_000)
        #expect(studio.overlay == .overwrite(path: "skins/aurora.json"))
        #expect(studio.press(.escape) == [])
        _ = studio.update(.file(.changedMeanwhile(path: "skins/aurora.json")), nowMs: 60_000)
        #expect(studio.press(.enter) == [], "Enter asked for it, and may come twice")
        guard case .save(_, _, "skins/aurora.json", isForced: true)? = studio.type("y").first else {
            Issue.record("nothing is saved")
            return
        }
    }

    @Test("another file is the studio's once it is saved, not where it is left or can't be written")
    func otherFile() throws {
        var studio = try StudioSamples.studio()
        let before = studio.file
        let other = "skins/other.json"
        let reports: [SkinFileReport] = [.changedMeanwhile(path: other), .failed("no such directory")]
        for report in reports {
            try studio.save(as: other)
            _ = studio.update(.file(report), nowMs: 60_000)
            _ = studio.press(.escape)
            #expect(studio.file == before)
        }
        try studio.save(as: other)
        _ = studio.update(.file(.changedMeanwhile(path: other)), nowMs: 60_000)
        let commands = studio.type("y")
        guard case .save(let draft, let bytes, other, isForced: true)? = commands.first else {
            Issue.record("nothing is saved")
            return
        }
        let saved = SkinFile(path: other, bytes: bytes)
        _ = studio.update(.file(.saved(saved, draft)), nowMs: 60_000)
        #expect(studio.file == saved)
    }

    @Test("a file that was never read here is said to be there, not to have changed")
    func neverRead() throws {
        var studio = try StudioSamples.studio()
        for (path, words) in [("skins/other.json", "is there already"), ("skins/aurora.json", "isn't")] {
            _ = studio.update(.file(.changedMeanwhile(path: path)), nowMs: 60_000)
            let frame = StudioView.frame(of: studio)
            let rows = (0..<frame.rows).map { GridText.characters(frame, row: $0) }
            #expect(rows.contains { $0.contains("\(path) \(words)") })
            _ = studio.press(.escape)
        }
    }

    @Test("nothing moves where nothing of the preview is seen")
    func still() throws {
        #expect(try StudioSamples.studio().deadlineMs != nil)
        #expect(try StudioSamples.studio(columns: 80, rows: 10).deadlineMs == nil, "too low")
        #expect(try StudioSamples.studio(columns: 40, rows: 24).deadlineMs == nil, "no room for it")
    }

    @Test("quitting asks where changes would be lost, and only there")
    func quitting() throws {
        var studio = try StudioSamples.studio()
        #expect(studio.control("q") == [.quit])
        _ = studio.type("x")
        #expect(studio.control("q") == [])
        #expect(studio.press(.escape) == [] && studio.overlay == .none)
        #expect(studio.control("c") == [])
        #expect(studio.control("c") == [.quit], "twice is meant")
        studio.overlay = .none
        _ = studio.control("q")
        #expect(studio.press(.enter) == [.quit])
    }

    @Test("a new skin that nothing was done to is left without a question")
    func quittingAtOnce() throws {
        var studio = try StudioSamples.fresh()
        #expect(studio.isUnsaved)
        #expect(studio.control("q") == [.quit])
        _ = studio.type("x")
        #expect(studio.control("q") == [])
    }

    @Test("the preview goes through the depths that the terminal can show")
    func depths() throws {
        var studio = try StudioSamples.studio(depth: .ansi256)
        #expect(studio.depth == .ansi256)
        for depth in [ColorDepth.ansi16, .monochrome, .ansi256] {
            _ = studio.control("n")
            #expect(studio.depth == depth)
        }
    }

    @Test(
        "a played depth shows no color that such a terminal hasn't",
        arguments: [ColorDepth.ansi16, .monochrome])
    func played(depth: ColorDepth) throws {
        let offers = try SkinSamples.offers()
        for offer in offers {
            let scene = SkinScene(
                title: "x", look: offer.look, depth: depth, atMs: 0, columns: 60, rows: 20)
            let preview = DepthPreview(depth: depth, terminal: .truecolor)
            for cell in scene.grid.cells.map(preview.cell) {
                for ink in [cell.foreground, cell.background] {
                    let color = try #require(ink.rgb, "a number, or the terminal's own color")
                    if depth == .ansi16 { #expect(TerminalColors.sixteen.contains(color)) }
                }
            }
        }
    }

    @Test("the server is asked once to take the skin, and its answer is told in words")
    func install() throws {
        var studio = try StudioSamples.studio()
        let bytes = try SkinSamples.file("aurora")
        #expect(studio.control("p") == [.install(bytes)])
        #expect(studio.control("p") == [])
        let answers: [(InstallReport, String)] = [
            (.installed(isNew: true), "In the shop of 127.0.0.1:8080"),
            (.installed(isNew: false), "Replaced in the shop of 127.0.0.1:8080"),
            (
                .refused(Failure(.forbidden, "no")),
                "Only an admin of that server may put skins into its shop"
            ),
            (.unreachable("connection refused"), "127.0.0.1:8080: connection refused"),
        ]
        for (report, words) in answers {
            _ = studio.update(.install(report), nowMs: 60_000)
            #expect(studio.toast?.text == words)
            #expect(!studio.isInstalling)
        }
    }

    @Test("the preview on the whole screen goes with any key, and changes nothing")
    func whole() throws {
        var studio = try StudioSamples.studio()
        let draft = studio.draft
        _ = studio.control("t")
        _ = studio.type("x")
        #expect(!studio.isPreviewWhole && studio.draft == draft)
    }
}
