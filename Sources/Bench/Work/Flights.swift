/// Placements on their way: when each cell was last placed and in which color.
struct Flights {
    private var sentUs: [Int64]
    private var colors: [UInt8]
    /// From sending a placement to reading the frame that shows it, once for each replica that read it.
    private(set) var latencies = Histogram()
    /// Whether arrivals are counted now.
    var isMeasuring = false

    /// Nothing is under way on a canvas of that many cells.
    init(cellCount: Int) {
        sentUs = [Int64](repeating: 0, count: cellCount)
        colors = [UInt8](repeating: 0, count: cellCount)
    }

    /// A placement is about to be sent.
    mutating func sent(cell: Int, color: UInt8, nowUs: Int64) {
        sentUs[cell] = nowUs
        colors[cell] = color
    }

    /// A replica saw a pixel.
    mutating func seen(cell: Int, color: UInt8, nowUs: Int64) {
        guard isMeasuring, sentUs.indices.contains(cell), colors[cell] == color, sentUs[cell] > 0 else {
            return
        }
        latencies.record(us: nowUs - sentUs[cell])
    }
}
