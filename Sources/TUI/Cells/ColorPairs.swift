/// Which of ncurses' color pairs stands for which two colors.
///
/// ncurses' own `alloc_pair` fails at 65,537 in direct color, and reusing a pair makes it search the whole screen. Here pairs are
/// handed out in order; when they run out, all are forgotten at once and the caller repaints everything.
struct ColorPairs: Sendable {
    /// The highest pair; pair 0 is ncurses' own.
    let capacity: Int
    private var known: [UInt64: Int32] = [:]
    private var next: Int32 = 1

    /// Whether a pair had to be made, and so must be told to ncurses.
    struct Pair: Hashable, Sendable {
        var number: Int32
        var isNew: Bool
    }

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The pair of two colors; nil where all are taken.
    mutating func pair(foreground: Int32, background: Int32) -> Pair? {
        let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
        if let number = known[key] { return Pair(number: number, isNew: false) }
        guard Int(next) <= capacity else { return nil }
        defer { next += 1 }
        known[key] = next
        return Pair(number: next, isNew: true)
    }

    /// Forgets every pair.
    mutating func removeAll() {
        known.removeAll(keepingCapacity: true)
        next = 1
    }
}
