import Protocol
import Raster
import Testing

@Suite struct TerminalFrameTests {
    /// Red and blue above white and black.
    private let cells: [UInt8] = [2, 3, 1, 0]

    private func size(_ width: Int, _ height: Int) throws -> CanvasSize {
        try #require(CanvasSize(width: width, height: height))
    }

    private func shown(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).replacing("\u{1b}[", with: "<")
    }

    private func page(_ view: CanvasView, captions: [String] = []) throws -> String {
        shown(
            TerminalFrame.page(
                cells: cells, size: try size(2, 2), palette: fourColors, view: view, captions: captions))
    }

    @Test(
        "a page has the colors that the terminal has, and ends with them reset and a line feed",
        arguments: [
            (ViewDepth.truecolor, "<38;2;255;0;0;48;2;255;255;255m▀<38;2;0;0;255;48;2;0;0;0m▀<0m\n"),
            (.xterm, "<38;5;196;48;5;231m▀<38;5;21;48;5;16m▀<0m\n"), (.sixteen, "<91;107m▀<34;40m▀<0m\n"),
            (.mono, "█ \n"), (.ascii, "#.\n"),
        ])
    func depths(depth: ViewDepth, expected: String) throws {
        #expect(try page(CanvasView(depth: depth)) == expected)
    }

    @Test("captions stand below, no wider than the terminal, and the picture leaves them room")
    func captions() throws {
        let view = CanvasView(columns: 5, rows: 4, depth: .mono)
        #expect(try page(view, captions: ["a caption", "b"]) == "█ \na cap\nb\n")
        let tall = TerminalFrame.page(
            cells: [UInt8](repeating: 1, count: 40), size: try size(1, 40), palette: fourColors,
            view: CanvasView(columns: 9, rows: 6, depth: .mono), captions: ["x"])
        #expect(shown(tall).split(separator: "\n").count == 6)
    }

    @Test("a part begins at its cell, each cell so many pixels wide, and ends at the canvas's edge")
    func parts() throws {
        func part(_ x: Int, _ y: Int, _ zoom: Int) throws -> String {
            try page(
                CanvasView(
                    columns: 3, rows: 2, depth: .sixteen, part: CanvasView.Part(x: x, y: y, zoom: zoom)))
        }
        #expect(try part(0, 0, 2) == "<101m  <44m <0m\n<107m  <40m <0m\n")
        #expect(try part(1, 1, 4) == "<40m   <0m\n<40m   <0m\n")
        #expect(try part(1, 1, 1) == "<30m▀<0m\n")
    }

    @Test("a frame is drawn over the one before and leaves cursor and colors as they are wont to be")
    func frame() throws {
        let frame = TerminalFrame.screen(
            cells: cells, size: try size(2, 2), palette: fourColors,
            view: CanvasView(columns: 8, rows: 3, depth: .sixteen), caption: "a long caption")
        #expect(
            shown(frame)
                == "<?2026h<?25l<H<91;107m▀<34;40m▀<0m<K\r\na long <J<?25h<?2026l")
    }

    @Test("no frame is higher than the screen, whatever the canvas", arguments: [2, 3, 10, 50])
    func height(rows: Int) throws {
        let frame = TerminalFrame.screen(
            cells: [UInt8](repeating: 2, count: 400), size: try size(4, 100), palette: fourColors,
            view: CanvasView(columns: 80, rows: rows), caption: "")
        #expect(shown(frame).filter { $0 == "\r\n" }.count == min(rows - 1, 50))
    }

    @Test("brighter cells have more ink in ASCII")
    func shades() throws {
        let grays = try #require(
            Palette(colors: (0..<8).map { Palette.Color(red: $0 * 36, green: $0 * 36, blue: $0 * 36) }))
        let text = TerminalFrame.page(
            cells: (0..<8).map { UInt8($0) }, size: try size(8, 1), palette: grays,
            view: CanvasView(depth: .ascii))
        let ramp = Array(" .:-=+*#%@")
        let places = shown(text).dropLast().map { ramp.firstIndex(of: $0) ?? -1 }
        #expect(places == places.sorted() && places.first == 0 && places.last ?? 0 >= 8)
    }
}
