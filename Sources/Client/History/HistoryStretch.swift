import Protocol

/// Changes that follow each other, as a timeline keeps them: what each made of its cell, and what was there before.
struct HistoryStretch: Sendable {
    /// The version before the first change.
    let from: Version
    /// Each change's cell, row by row.
    private(set) var cells: [UInt32]
    /// Each change's color.
    private(set) var colors: [UInt8]
    /// When each was made, in milliseconds since 1970.
    private(set) var timesMs: [Int64]
    /// Whose each is: an index into `accounts`.
    private(set) var owners: [UInt32]
    /// Who made them.
    let accounts: [AccountName]
    /// The colors that lay beneath, known once the stretch was walked through; else `unknown`.
    private var beneath: [UInt16]

    private static let unknown = UInt16.max

    /// The version of the last change.
    var to: Version { from + Version(cells.count) }
    /// How many there are.
    var count: Int { cells.count }

    /// Takes a page that belongs to a canvas of a size; nil where a change lies outside.
    init?(_ page: HistoryPage, size: CanvasSize) {
        from = page.from
        accounts = page.accounts
        cells = []
        cells.reserveCapacity(page.changes.count)
        for change in page.changes {
            guard size.contains(x: Int(change.x), y: Int(change.y)) else { return nil }
            cells.append(UInt32(size.cell(x: Int(change.x), y: Int(change.y))))
        }
        colors = page.changes.map(\.color)
        timesMs = page.changes.map { page.atMs + $0.afterMs }
        owners = page.changes.map(\.account)
        beneath = [UInt16](repeating: Self.unknown, count: page.changes.count)
    }

    private init(_ stretch: HistoryStretch, _ range: Range<Int>) {
        from = stretch.from + Version(range.lowerBound)
        accounts = stretch.accounts
        cells = Array(stretch.cells[range])
        colors = Array(stretch.colors[range])
        timesMs = Array(stretch.timesMs[range])
        owners = Array(stretch.owners[range])
        beneath = Array(stretch.beneath[range])
    }

    /// The part between two versions; nil where nothing of it is left.
    func clipped(to versions: ClosedRange<Version>) -> HistoryStretch? {
        let low = max(from, versions.lowerBound)
        let high = min(to, versions.upperBound)
        guard low < high else { return nil }
        guard low > from || high < to else { return self }
        return HistoryStretch(self, Int(low - from)..<Int(high - from))
    }

    /// Whether what lay beneath the changes after one version up to another is known.
    func knowsBeneath(from low: Version, to high: Version) -> Bool {
        let range = Int(max(low, from) - from)..<Int(min(high, to) - from)
        return beneath[range].allSatisfy { $0 != Self.unknown }
    }

    /// Makes the changes after one version up to another, in order.
    mutating func advance(_ canvas: inout [UInt8], from low: Version, to high: Version) -> Range<Int> {
        let range = Int(max(low, from) - from)..<Int(min(high, to) - from)
        canvas.withUnsafeMutableBufferPointer { canvas in
            for index in range {
                let cell = Int(cells[index])
                beneath[index] = UInt16(canvas[cell])
                canvas[cell] = colors[index]
            }
        }
        return range
    }

    /// Takes back the changes after one version up to another, the last one first.
    func retreat(_ canvas: inout [UInt8], from low: Version, to high: Version) -> Range<Int> {
        let range = Int(max(low, from) - from)..<Int(min(high, to) - from)
        canvas.withUnsafeMutableBufferPointer { canvas in
            for index in range.reversed() {
                canvas[Int(cells[index])] = UInt8(truncatingIfNeeded: beneath[index])
            }
        }
        return range
    }
}
