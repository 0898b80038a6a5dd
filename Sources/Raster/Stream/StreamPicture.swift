public import Protocol

/// A picture of a fixed size that a broadcast shows: the canvas, and below it a line with the time and counts.
///
/// Of the canvas only what changed is painted anew. A canvas that is larger than its place is shrunk, where
/// several cells fall on a pixel their light is averaged.
public struct StreamPicture: Sendable {
    /// What the line below the canvas tells.
    public struct Facts: Hashable, Sendable {
        /// Accounts playing.
        public var players: Int
        /// Accounts waiting.
        public var queued: Int
        /// The canvas's version.
        public var version: Version
        /// The time, in milliseconds since 1970.
        public var atMs: Int64

        /// Joins the parts.
        public init(players: Int, queued: Int, version: Version, atMs: Int64) {
            self.players = players
            self.queued = queued
            self.version = version
            self.atMs = atMs
        }
    }

    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Red, green and blue of each pixel, row by row.
    public private(set) var bytes: [UInt8]

    private let fit: StreamFit
    private let lineTop: Int
    private let lineScale: Int
    private let colors: [Palette.Color]
    private let light: [SIMD3<Float>]
    /// What the line shows; nil before it was written.
    private var written: [String]?

    private static let ground = Palette.Color(red: 0x10, green: 0x12, blue: 0x18)
    private static let ink = Palette.Color(red: 0xd8, green: 0xdc, blue: 0xe6)

    /// Begins with an empty canvas.
    ///
    /// - Parameters:
    ///   - width: pixels in a row, 160 at least.
    ///   - height: rows, 90 at least.
    public init(width: Int, height: Int, size: CanvasSize, palette: Palette) {
        precondition(width >= 160 && height >= 90, "a picture has room for its line")
        self.width = width
        self.height = height
        // The line takes an eighteenth; its letters, with as much above and below, two thirds of that.
        let lineHeight = height / 18
        lineScale = max(1, min(lineHeight / 12, width / 420))
        lineTop = height - max(lineHeight, PixelFont.height * lineScale + 2)
        fit = StreamFit(size, areaWidth: width, areaHeight: lineTop)
        colors = palette.colors
        light = palette.colors.map {
            SIMD3(LinearLight.of($0.red), LinearLight.of($0.green), LinearLight.of($0.blue))
        }
        bytes = [UInt8](repeating: 0, count: width * height * 3)
        fill(0..<width, 0..<height, Self.ground)
        paint([UInt8](repeating: 0, count: size.cellCount))
    }

    /// Paints every cell.
    ///
    /// - Parameter cells: palette indexes, row by row, one for each cell.
    public mutating func paint(_ cells: [UInt8]) {
        precondition(cells.count == fit.size.cellCount, "a canvas has a color for each cell")
        for row in 0..<fit.height {
            for column in 0..<fit.width { paint(column: column, row: row, cells) }
        }
    }

    /// Paints the cells that changed.
    ///
    /// - Parameters:
    ///   - changed: the cells' numbers, y × width + x.
    ///   - cells: the whole canvas.
    public mutating func paint(_ changed: some Sequence<UInt32>, of cells: [UInt8]) {
        precondition(cells.count == fit.size.cellCount, "a canvas has a color for each cell")
        for cell in changed {
            let (y, x) = Int(cell).quotientAndRemainder(dividingBy: fit.size.width)
            let columns = fit.columns(showing: x)
            for row in fit.rows(showing: y) {
                for column in columns { paint(column: column, row: row, cells) }
            }
        }
    }

    /// Writes the line below the canvas, where it would be another than stands there.
    public mutating func write(_ facts: Facts) {
        let time = Timestamp.text(ms: facts.atMs).prefix(19).split(separator: "T").joined(separator: " ")
        let parts = [
            "PIXEL WARS", "\(facts.players) PLAYING  \(facts.queued) WAITING  PIXEL \(facts.version)",
            "\(time) UTC",
        ]
        guard parts != written else { return }
        written = parts
        fill(0..<width, lineTop..<height, Self.ground)
        let margin = 4 * lineScale
        write(parts[0], left: margin)
        write(parts[1], left: (width - advance * parts[1].count) / 2)
        write(parts[2], left: width - margin - advance * parts[2].count)
    }

    private var advance: Int { (PixelFont.width + 1) * lineScale }

    private mutating func write(_ text: String, left: Int) {
        let top = lineTop + (height - lineTop - PixelFont.height * lineScale) / 2
        for (index, character) in text.enumerated() {
            for (row, dots) in PixelFont.rows(of: character).enumerated() {
                for column in 0..<PixelFont.width where dots >> (PixelFont.width - 1 - column) & 1 == 1 {
                    let x = left + index * advance + column * lineScale
                    let y = top + row * lineScale
                    fill(x..<x + lineScale, y..<y + lineScale, Self.ink)
                }
            }
        }
    }

    private mutating func paint(column: Int, row: Int, _ cells: [UInt8]) {
        let columns = fit.cellColumns(of: column)
        let rows = fit.cellRows(of: row)
        let width = fit.size.width
        let color: Palette.Color
        if columns.count == 1, rows.count == 1 {
            color = colors[Int(cells[rows.lowerBound * width + columns.lowerBound])]
        } else {
            var sum = SIMD3<Float>.zero
            for y in rows {
                for x in columns { sum += light[Int(cells[y * width + x])] }
            }
            color = LinearLight.color(sum / Float(rows.count * columns.count))
        }
        set(x: fit.left + column, y: fit.top + row, color)
    }

    private mutating func fill(_ columns: Range<Int>, _ rows: Range<Int>, _ color: Palette.Color) {
        for y in rows {
            for x in columns where x >= 0 && x < width { set(x: x, y: y, color) }
        }
    }

    private mutating func set(x: Int, y: Int, _ color: Palette.Color) {
        let offset = (y * width + x) * 3
        bytes[offset] = color.red
        bytes[offset + 1] = color.green
        bytes[offset + 2] = color.blue
    }
}
