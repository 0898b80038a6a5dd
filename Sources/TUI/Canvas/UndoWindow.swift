import Protocol

/// How long the latest placement may still be taken back.
struct UndoWindow: Hashable, Sendable {
    private struct Placed: Hashable, Sendable {
        var place: Place
        var color: UInt8
        var untilMs: Int64
        /// Whether somebody else's pixel lies over it.
        var isCovered = false
    }

    /// The oldest first.
    private var placed: [Placed] = []

    /// The server's window; it begins when it has the pixel, a little after this one.
    static let windowMs = Int64(Limits.undoWindowMs)

    /// A placement of ours was taken.
    mutating func add(_ place: Place, color: UInt8, sentMs: Int64) {
        placed.removeAll { $0.untilMs <= sentMs }
        placed.append(Placed(place: place, color: color, untilMs: sentMs + Self.windowMs))
    }

    /// The latest was taken back.
    mutating func undo() { _ = placed.popLast() }

    /// A cell has another color.
    mutating func change(_ place: Place, color: UInt8) {
        for at in placed.indices where placed[at].place == place {
            placed[at].isCovered = placed[at].color != color
        }
    }

    /// Until when the latest may be taken back; nil where it can't be any more.
    func untilMs(nowMs: Int64) -> Int64? {
        guard let last = placed.last, !last.isCovered, last.untilMs > nowMs else { return nil }
        return last.untilMs
    }
}
