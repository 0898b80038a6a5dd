/// Tells the presses of a key from the repeats of one that is held down.
///
/// A terminal sends the same byte for both and says nothing of the key's way up. Held down, a key repeats after 200
/// to 660 ms and from then on every 25 to 40 ms; no finger is that fast. So whatever follows within `gapMs` is a
/// repeat, and so was what came just before it unless that had stood alone for `gapMs`: a press counts only when
/// nothing followed it that soon. The linux console repeats at 92 ms, which a finger can do too, but not as evenly:
/// `evenGaps` gaps alike to `spreadMs` are a machine's.
struct KeyHold: Hashable, Sendable {
    /// When the latest byte of the key came.
    private var lastMs: Int64?
    /// A press that may yet turn out to be a repeat.
    private var openMs: Int64?
    /// The latest gaps that a repeat could have.
    private var gaps: [Int64] = []

    /// Faster than a finger.
    static let gapMs: Int64 = 60
    /// Slower than any repeat.
    static let longestGapMs: Int64 = 150
    /// So many gaps in a row that are alike are no finger's.
    static let evenGaps = 4
    static let spreadMs: Int64 = 5

    /// When `settle` has something to say; nil for never.
    var dueMs: Int64? { openMs.map { $0 + Self.gapMs } }

    /// Takes the key's byte and returns how many presses are certain by now.
    mutating func press(atMs nowMs: Int64) -> Int {
        let settled = settle(nowMs: nowMs)
        let gap = lastMs.map { nowMs - $0 }
        lastMs = nowMs
        openMs = nil
        if let gap, gap < Self.longestGapMs {
            gaps = gaps.suffix(Self.evenGaps - 1) + [gap]
        } else {
            gaps = []
        }
        let isRepeat = gap.map { $0 < Self.gapMs } ?? false
        if !isRepeat, !isEven { openMs = nowMs }
        return settled
    }

    /// Returns 1 once the latest press has stood alone for long enough, else 0.
    mutating func settle(nowMs: Int64) -> Int {
        guard let dueMs, dueMs <= nowMs else { return 0 }
        openMs = nil
        return 1
    }

    private var isEven: Bool {
        guard gaps.count == Self.evenGaps, let least = gaps.min(), let most = gaps.max() else { return false }
        return most - least <= Self.spreadMs
    }
}
