/// Counts by index with sums of prefixes and their inverse, each in log n steps (Fenwick, "A New Data
/// Structure for Cumulative Frequency Tables", 1994).
struct FenwickTree: Sendable {
    /// At index i from 1: the sum of the last `i & -i` counts up to i.
    private var sums: [Int32]
    /// The number of counts, a power of two.
    let capacity: Int

    /// Starts with zeros; the capacity is rounded up to a power of two.
    init(capacity wanted: Int) {
        var capacity = 1
        while capacity < wanted { capacity *= 2 }
        self.capacity = capacity
        sums = [Int32](repeating: 0, count: capacity + 1)
    }

    /// The sum of all counts.
    var total: Int { Int(sums[capacity]) }

    /// Changes a count.
    mutating func add(_ change: Int32, at index: Int) {
        precondition(index >= 0 && index < capacity, "outside the tree")
        var position = index + 1
        while position <= capacity {
            sums[position] += change
            position += position & -position
        }
    }

    /// The sum of the counts at 0 to `index`, the last one included.
    func sum(through index: Int) -> Int {
        var position = index + 1
        var sum = 0
        while position > 0 {
            sum += Int(sums[position])
            position -= position & -position
        }
        return sum
    }

    /// The least index at which the sum reaches a rank (from 1); nil where the total doesn't.
    func index(ofRank rank: Int) -> Int? {
        guard rank > 0, rank <= total else { return nil }
        var position = 0
        var rest = Int32(rank)
        var step = capacity
        while step > 0 {
            if position + step <= capacity, sums[position + step] < rest {
                position += step
                rest -= sums[position]
            }
            step /= 2
        }
        return position
    }
}
