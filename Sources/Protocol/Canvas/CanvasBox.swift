/// A rectangle of cells, both corners included.
public struct CanvasBox: Hashable, Sendable, Codable {
    /// The leftmost column.
    public let x0: Int
    /// The top row.
    public let y0: Int
    /// The rightmost column.
    public let x1: Int
    /// The bottom row.
    public let y1: Int

    /// Takes two opposite corners, in whatever order.
    public init(_ ax: Int, _ ay: Int, _ bx: Int, _ by: Int) {
        (x0, x1) = (min(ax, bx), max(ax, bx))
        (y0, y1) = (min(ay, by), max(ay, by))
    }

    private enum CodingKeys: CodingKey { case x0, y0, x1, y1 }

    /// Reads what the compiler writes, its corners in whatever order.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try values.decode(Int.self, forKey: .x0), try values.decode(Int.self, forKey: .y0),
            try values.decode(Int.self, forKey: .x1), try values.decode(Int.self, forKey: .y1))
    }

    /// All of a canvas.
    public init(all size: CanvasSize) { self.init(0, 0, size.width - 1, size.height - 1) }

    /// Whether a place lies in it.
    public func contains(x: Int, y: Int) -> Bool { x >= x0 && x <= x1 && y >= y0 && y <= y1 }

    /// Whether all of it lies on a canvas.
    public func lies(on size: CanvasSize) -> Bool {
        size.contains(x: x0, y: y0) && size.contains(x: x1, y: y1)
    }

    /// Columns.
    public var width: Int { x1 - x0 + 1 }
    /// Rows.
    public var height: Int { y1 - y0 + 1 }
    /// Cells.
    public var cellCount: Int { width * height }

    /// `x0,y0 x1,y1`, as people write it.
    public var words: String { "\(x0),\(y0) \(x1),\(y1)" }
}
