/// How someone wants to see the canvas as text: how large, in which colors, all of it or a part.
public struct CanvasView: Hashable, Sendable {
    /// Columns of the terminal.
    public var columns: Int
    /// Rows of the terminal.
    public var rows: Int
    /// What the terminal can show.
    public var depth: ViewDepth
    /// The part that is shown; none for the whole canvas, shrunk to fit.
    public var part: Part?

    /// A part of the canvas, from a cell to the right and down.
    public struct Part: Hashable, Sendable {
        /// Its first column, from 0.
        public var x: Int
        /// Its first row, from 0.
        public var y: Int
        /// Pixels on a cell's side, two pixels standing one above the other in a character.
        public var zoom: Int

        /// Joins the parts.
        public init(x: Int, y: Int, zoom: Int) {
            self.x = x
            self.y = y
            self.zoom = zoom
        }
    }

    /// Joins the parts.
    public init(
        columns: Int = 80, rows: Int = 24, depth: ViewDepth = .xterm, part: Part? = nil
    ) {
        self.columns = columns
        self.rows = rows
        self.depth = depth
        self.part = part
    }
}

/// The colors of a canvas as text, by the words of its address.
public enum ViewDepth: String, CaseIterable, Hashable, Sendable {
    /// 24 bits.
    case truecolor
    /// xterm's 256, which nearly every terminal has.
    case xterm = "256"
    /// The sixteen of ECMA-48.
    case sixteen = "16"
    /// Half blocks without colors, and without any escape sequence.
    case mono
    /// Characters of ASCII by brightness, and no escape sequence either.
    case ascii
}

extension CanvasView {
    /// Reads `cols`, `rows`, `color`, `x`, `y` and `zoom`, none of which is needed.
    init(_ query: QueryFields) throws(Failure) {
        self.init()
        columns = try query.int("cols", in: Limits.viewColumns) ?? columns
        rows = try query.int("rows", in: Limits.viewRows) ?? rows
        if let text = query.text("color") {
            guard let depth = ViewDepth(rawValue: text) else {
                let words = ViewDepth.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure(.badRequest, "field \"color\" must be one of \(words)")
            }
            self.depth = depth
        }
        let sides = 0...Limits.maxCanvasSide - 1
        let x = try query.int("x", in: sides)
        let y = try query.int("y", in: sides)
        let zoom = try query.int("zoom", in: Limits.viewZoom)
        if x != nil || y != nil || zoom != nil { part = Part(x: x ?? 0, y: y ?? 0, zoom: zoom ?? 1) }
    }

    /// What `init` reads as this view.
    var query: String {
        var text = "cols=\(columns)&rows=\(rows)&color=\(depth.rawValue)"
        if let part { text += "&x=\(part.x)&y=\(part.y)&zoom=\(part.zoom)" }
        return text
    }
}

extension QueryFields {
    /// A whole number within bounds, or none.
    func int(_ name: String, in bounds: ClosedRange<Int>) throws(Failure) -> Int? {
        guard let value = try int(name) else { return nil }
        guard bounds.contains(value) else {
            throw Failure(
                .badRequest,
                "field \"\(name)\" must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return value
    }
}
