/// A canvas's version: 0 when untouched, one higher for each change; it never falls.
public typealias Version = Int64

/// One cell and its color, as every message and answer carries it.
public struct Pixel: Hashable, Sendable {
    /// Column, from 0 at the left.
    public var x: Int
    /// Row, from 0 at the top.
    public var y: Int
    /// Index into the palette.
    public var color: UInt8

    /// Joins a place and a color.
    public init(x: Int, y: Int, color: UInt8) {
        self.x = x
        self.y = y
        self.color = color
    }
}

/// A stretch of versions as the pixels that lead from its start to its end.
///
/// Applied in order to version `from` they give version `to`. In a tick's frame each cell stands once, with
/// its last color, sorted by cell (row by row); in an answer to `changes` they are in order of version.
public struct PixelRun: Hashable, Sendable {
    /// The version these pixels start from.
    public var from: Version
    /// The version they lead to.
    public var to: Version
    /// The epoch both belong to.
    public var epoch: Int
    /// The pixels, at most `to - from` of them.
    public var pixels: [Pixel]

    /// Joins the parts.
    public init(from: Version, to: Version, epoch: Int, pixels: [Pixel]) {
        self.from = from
        self.to = to
        self.epoch = epoch
        self.pixels = pixels
    }
}

/// A canvas's size in cells.
public struct CanvasSize: Hashable, Sendable {
    /// Columns, 1 to `Limits.maxCanvasSide`.
    public let width: Int
    /// Rows, 1 to `Limits.maxCanvasSide`.
    public let height: Int

    /// Both sides times each other.
    public var cellCount: Int { width * height }

    /// Takes a size within the limits; nil for any other.
    public init?(width: Int, height: Int) {
        guard (1...Limits.maxCanvasSide).contains(width), (1...Limits.maxCanvasSide).contains(height),
            width * height <= Limits.maxCanvasCells
        else { return nil }
        self.width = width
        self.height = height
    }

    /// Whether a place lies on the canvas.
    public func contains(x: Int, y: Int) -> Bool {
        x >= 0 && x < width && y >= 0 && y < height
    }

    /// The index of a place, row by row.
    public func cell(x: Int, y: Int) -> Int {
        y * width + x
    }
}
