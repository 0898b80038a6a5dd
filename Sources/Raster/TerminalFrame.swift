public import Protocol

/// A canvas as bytes for a terminal: one page of text, or a frame that takes the place of the one before.
public enum TerminalFrame {
    /// A page: the picture's lines, each ended by a line feed with the colors reset, then the captions.
    ///
    /// - Parameters:
    ///   - cells: Palette indexes within the palette, row by row, one for each cell.
    ///   - size: Columns and rows of the canvas.
    ///   - palette: The colors that indexes point to.
    ///   - view: How it is to be seen; its part must begin on the canvas.
    ///   - captions: ASCII for the last lines, which the picture leaves to them.
    public static func page(
        cells: [UInt8], size: CanvasSize, palette: Palette, view: CanvasView,
        captions: [String] = []
    ) -> [UInt8] {
        var picture = view
        picture.rows = max(1, view.rows - captions.count)
        var text = lines(cells, size, palette, picture)
        for caption in captions { text += "\(caption.prefix(view.columns))\n" }
        return Array(text.utf8)
    }

    /// What stands before the first frame: the screen is cleared.
    public static let opening = Array("\u{1b}[2J".utf8)

    /// What stands after the last one: a line of its own for whatever comes next.
    public static func closing(_ words: String) -> [UInt8] { Array("\r\n\(words)\r\n".utf8) }

    /// A frame over the whole screen with the caption in its last row.
    ///
    /// It is drawn over the one before and clears no more than what is left of that, so that nothing flickers. It
    /// leaves the cursor shown, the colors reset and the screen the terminal's usual one: whoever stops reading
    /// after any frame has a terminal as before.
    public static func screen(
        cells: [UInt8], size: CanvasSize, palette: Palette, view: CanvasView, caption: String
    ) -> [UInt8] {
        var picture = view
        picture.rows = max(1, view.rows - 1)
        let text = lines(cells, size, palette, picture)
        var frame: [UInt8] = []
        frame.reserveCapacity(text.utf8.count + 8 * view.rows + 128)
        frame += "\u{1b}[?2026h\u{1b}[?25l\u{1b}[H".utf8
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\n") { frame += "\u{1b}[K\r\n".utf8 } else { frame.append(byte) }
        }
        frame += "\(caption.prefix(view.columns - 1))\u{1b}[J\u{1b}[?25h\u{1b}[?2026l".utf8
        return frame
    }

    private static func lines(
        _ cells: [UInt8], _ size: CanvasSize, _ palette: Palette, _ view: CanvasView
    ) -> String {
        var (cells, size) = (cells, size)
        if let part = view.part, let cut = part.cut(cells, size, columns: view.columns, rows: view.rows) {
            (cells, size) = cut
        }
        let depth: ColorDepth
        switch view.depth {
        case .ascii:
            return AsciiShades.text(
                cells: cells, size: size, palette: palette, columns: view.columns, rows: view.rows)
        case .mono: depth = .monochrome
        case .sixteen: depth = .ansi16
        case .xterm: depth = .ansi256
        case .truecolor: depth = .truecolor
        }
        return HalfBlocks.ansi(
            cells: cells, size: size, palette: palette, columns: view.columns, rows: view.rows, depth: depth)
    }
}

extension CanvasView.Part {
    /// The cells that are seen, each as a square of `zoom` pixels, cut at the canvas's edge and at the screen's.
    fileprivate func cut(
        _ cells: [UInt8], _ size: CanvasSize, columns: Int, rows: Int
    ) -> (cells: [UInt8], size: CanvasSize)? {
        let width = min(columns, (size.width - x) * zoom)
        let height = min(2 * rows, (size.height - y) * zoom)
        guard x >= 0, y >= 0, zoom > 0, let cutSize = CanvasSize(width: width, height: height) else {
            return nil
        }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(cutSize.cellCount)
        for row in 0..<height {
            let start = (y + row / zoom) * size.width + x
            for column in 0..<width { pixels.append(cells[start + column / zoom]) }
        }
        return (pixels, cutSize)
    }
}
