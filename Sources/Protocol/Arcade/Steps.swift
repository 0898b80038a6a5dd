/// The numbers 1 to 25 on a shuffled grid, to be hit in order.
///
/// The grid is 1 to 25 row by row, shuffled by Fisher and Yates from the end, with `next()` of SplitMix64 that
/// starts at the run's seed (spelled out at `Dot`):
///
///     cells = [1, 2, …, 25]
///     for i = 24, 23, …, 1:
///         j = next() % (i + 1)
///         exchange cells[i] and cells[j]
///
/// The cell at column x of row y is `cells[5 × y + x]`. After h hits the target is the cell of h + 1.
public enum Steps: ArcadeGame {
    /// `steps`.
    public static let name = "steps"
    /// What people call it.
    public static let title = "Steps"
    /// How it is played.
    public static let rule = "Hit the numbers from 1 to 25 in their order, as fast as you can."
    /// As many steps as there are cells.
    public static let category = ArcadeCategory.steps(count: side * side)
    /// A cell a number.
    public static let field = ArcadeField(width: side, height: side)
    /// The grid stays for the whole run.
    public static let renewsSeed = false
    private static let side = 5

    /// The cell of the next number; once all are hit, an area of no cells.
    public static func target(of stretch: ArcadeStretch, atMs: Int) -> ArcadeTarget {
        guard let cell = labels(of: stretch).firstIndex(of: stretch.hits + 1) else {
            return ArcadeTarget(x: 0, y: 0, width: 0, height: 0)
        }
        return ArcadeTarget(x: cell % side, y: cell / side, width: 1, height: 1)
    }

    /// The number in each cell, row by row.
    public static func labels(of stretch: ArcadeStretch) -> [Int] {
        var random = SeededGenerator(seed: stretch.seed)
        var cells = Array(1...side * side)
        for last in stride(from: cells.count - 1, to: 0, by: -1) {
            cells.swapAt(last, Int(random.next() % UInt64(last + 1)))
        }
        return cells
    }
}
