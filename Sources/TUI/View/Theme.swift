import Protocol
import Raster

/// The colors of everything that isn't the canvas, for each depth: the standard look, or a skin's.
///
/// A skin's colors are moved as far as text needs it to be read on its ground (`Legibility`). All of the screen is painted, never the terminal's default background under our own foreground, so that
/// the text reads the same on dark and light terminals. Monochrome keeps both defaults and uses styles.
struct Theme: Sendable {
    let depth: ColorDepth
    /// Around the canvas.
    let ground: Brush
    /// Title, palette and status lines, boxes.
    let bar: Brush
    let quiet: Brush
    let strong: Brush
    let accent: Brush
    let good: Brush
    let warning: Brush
    let failure: Brush
    /// Marks where the person is; colors that take turns.
    let cursor: [Ink]
    /// The target of arcade games, from its middle outwards.
    let dot: [Ink]
    /// What the person's aim leaves behind, from the newest step to the oldest.
    let trail: [Ink]
    /// Lines around boxes, from their top to their bottom.
    let frame: [Ink]
    /// What a skin's cursor looks like on the canvas; none in the standard look, where it only stands out.
    let canvasCursor: [Palette.Color]

    /// How long each color of a cursor that takes turns is shown.
    static let turnMs: Int64 = 600

    let tone: Tone
    /// Whether nothing moves by itself: what takes turns keeps its first one.
    let isStill: Bool

    /// The look of a skin; the standard look without one, and where there are no colors.
    init(_ depth: ColorDepth, look: SkinLook? = nil, tone: Tone = .dark, isStill: Bool = false) {
        let worn = depth == .monochrome ? nil : look
        let inks = worn.map { ThemeInks($0, depth: depth, tone: tone) } ?? ThemeInks.standard(depth, tone)
        self.init(
            depth, inks, tone, canvasCursor: worn?.colors(of: .cursor) ?? [], isStill: isStill)
    }

    /// As this person has it.
    init(_ model: Model) {
        self.init(
            model.depth, look: model.look, tone: model.tone, isStill: model.settings.isMotionReduced)
    }

    private init(
        _ depth: ColorDepth, _ inks: ThemeInks, _ tone: Tone, canvasCursor: [Palette.Color], isStill: Bool
    ) {
        self.depth = depth
        self.tone = tone
        self.isStill = isStill
        self.canvasCursor = canvasCursor
        // Where colors can't tell what is urgent, weight does.
        let urgent: CellStyle = depth == .monochrome ? .bold : []
        ground = Brush(foreground: inks.groundText, background: inks.ground)
        bar = Brush(foreground: inks.text, background: inks.panel)
        quiet = Brush(foreground: inks.quiet, background: inks.panel)
        strong = Brush(foreground: inks.strong, background: inks.panel, style: .bold)
        accent = Brush(foreground: inks.accent, background: inks.panel, style: .bold)
        good = Brush(foreground: inks.good, background: inks.panel)
        warning = Brush(foreground: inks.warning, background: inks.panel, style: urgent)
        failure = Brush(foreground: inks.failure, background: inks.panel, style: urgent)
        cursor = inks.cursor
        dot = inks.dot
        trail = inks.trail
        frame = inks.frame
    }

    /// A line around a box: its color in one of the box's rows.
    func edge(row: Int, of rows: Int) -> Brush {
        Brush(foreground: shaded(frame, at: row, of: rows), background: bar.background)
    }

    /// One of some colors that shade into each other over so many steps.
    func shaded(_ inks: [Ink], at step: Int, of steps: Int) -> Ink {
        let last = inks.count - 1
        guard last > 0, steps > 1 else { return inks[0] }
        let place = min(max(step, 0), steps - 1)
        let hundredths = place * last * 100 / (steps - 1)
        let (before, part) = (min(hundredths / 100, last), hundredths % 100)
        guard let from = inks[before].rgb, let to = inks[min(before + 1, last)].rgb else {
            // Colors of the terminal's own table don't mix.
            return inks[(hundredths + 50) / 100]
        }
        return Ink(from.blended(with: to, percent: part))
    }

    /// The color whose turn it is.
    func cursor(atMs: Int64) -> Ink { cursor[turn(atMs: atMs, of: cursor.count)] }

    /// Which of so many colors has its turn.
    private func turn(atMs: Int64, of count: Int) -> Int {
        isStill || count < 2 ? 0 : Int(atMs / Self.turnMs % Int64(count))
    }

    /// The cursor on a color of the canvas: the skin's color whose turn it is, or what stands out where that
    /// can't be told from the canvas.
    func cursor(on color: Palette.Color, atMs: Int64) -> Palette.Color {
        let count = canvasCursor.count
        let first = turn(atMs: atMs, of: count)
        for turn in 0..<count {
            let wished = canvasCursor[(first + turn) % count]
            if Legibility.isApart(wished, color, depth: depth) { return wished }
        }
        return Self.contrast(to: color, depth: depth)
    }

    /// What the cursor is drawn with over large pixels of the canvas.
    func frame(on color: Palette.Color, atMs: Int64) -> Brush {
        guard hasColor, !canvasCursor.isEmpty else { return text(on: color) }
        return Brush(
            foreground: Ink(cursor(on: color, atMs: atMs)), background: Ink(color), style: .bold)
    }

    /// Text on the ground.
    var words: Brush { Brush(foreground: bar.foreground, background: ground.background) }

    /// A brush of the bars on the ground.
    func onGround(_ brush: Brush) -> Brush {
        Brush(foreground: brush.foreground, background: ground.background, style: brush.style)
    }

    /// Whether colors can be told apart at all.
    var hasColor: Bool { depth != .monochrome }

    /// The ground as a color to mix others with; black where the terminal decides.
    var groundColor: Palette.Color {
        let ink = ground.background
        return ink.rgb ?? ink.index.map { TerminalColors.sixteen[Int($0)] }
            ?? Palette.Color(red: 0, green: 0, blue: 0)
    }

    /// A cell of a board: those that are raised stand out a little from the others, and the text on both is read.
    func cell(isRaised: Bool) -> Brush {
        guard isRaised, let panel = bar.background.rgb, let text = bar.foreground.rgb,
            let wished = strong.foreground.rgb
        else { return strong }
        let ground = panel.blended(with: text, percent: Self.raisedPercent)
        return Brush(
            foreground: Ink(Legibility.moved(wished, on: ground, atLeast: Legibility.text, depth: depth)),
            background: Ink(ground), style: .bold)
    }

    /// How far a raised cell is from its board's color towards the text's.
    private static let raisedPercent = 12

    /// A label on a colored ground: dark text on the brush's color, or reversed where there is no color.
    func badge(_ brush: Brush) -> Brush {
        guard hasColor else {
            return Brush(foreground: .standard, background: .standard, style: [.reverse, .bold])
        }
        return Brush(foreground: bar.background, background: brush.foreground, style: .bold)
    }

    /// Text on a color of the canvas; without colors on its brightness.
    func text(on color: Palette.Color) -> Brush {
        guard hasColor else {
            let isBright = MonochromeShades.isBright(color.luma)
            return Brush(
                foreground: .standard, background: .standard, style: isBright ? [.reverse, .bold] : .bold)
        }
        return Brush(foreground: Ink(color.readable), background: Ink(color), style: .bold)
    }

    /// What stands out from a color of the canvas at a depth, where two colors may be shown as one.
    static func contrast(to color: Palette.Color, depth: ColorDepth) -> Palette.Color {
        let wished = contrast(to: color)
        guard depth == .ansi16 else { return wished }
        // Eight colors fold the bright half onto the dark one.
        let isSame = TerminalColors.nearest16(to: wished) % 8 == TerminalColors.nearest16(to: color) % 8
        return isSame ? color.readable : wished
    }

    /// What stands out from a color of the canvas without being a likely color of its own.
    static func contrast(to color: Palette.Color) -> Palette.Color {
        let magenta = Palette.Color(red: 255, green: 0, blue: 170)
        let green = Palette.Color(red: 0, green: 255, blue: 120)
        func distance(_ other: Palette.Color) -> Int {
            let red = Int(color.red) - Int(other.red)
            let green = Int(color.green) - Int(other.green)
            let blue = Int(color.blue) - Int(other.blue)
            return red * red + green * green + blue * blue
        }
        // Magenta is seen on white and on black; only on its own kin green is better.
        return distance(magenta) >= 30_000 ? magenta : green
    }
}
