import Protocol

/// Frames that came before what they build on, in order of version and bounded.
///
/// Past the bound the oldest go first: the fetch under way most likely brings what they held, and if not, a
/// gap remains that the next fetch closes.
struct HeldRuns: Sendable {
    /// The most pixels held.
    static let maxPixels = 256 * 1024
    /// The most runs held.
    static let maxRuns = 4096

    private var runs: [PixelRun] = []
    private var pixelCount = 0

    var isEmpty: Bool { runs.isEmpty }
    var first: PixelRun? { runs.first }

    mutating func insert(_ run: PixelRun) {
        // Frames come in order, so the place is nearly always the end.
        var index = runs.endIndex
        while index > 0, runs[index - 1].from > run.from { index -= 1 }
        runs.insert(run, at: index)
        pixelCount += run.pixels.count
        while runs.count > Self.maxRuns || (pixelCount > Self.maxPixels && runs.count > 1) { removeFirst() }
    }

    mutating func removeFirst() {
        pixelCount -= runs.removeFirst().pixels.count
    }

    mutating func keep(_ isWanted: (PixelRun) -> Bool) {
        runs = runs.filter(isWanted)
        pixelCount = runs.reduce(0) { $0 + $1.pixels.count }
    }

    mutating func removeAll() {
        runs = []
        pixelCount = 0
    }
}
