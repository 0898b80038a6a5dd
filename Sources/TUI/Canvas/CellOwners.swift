import Protocol

/// Who placed which cell, asked where the cursor rests and remembered until the cell changes.
struct CellOwners: Hashable, Sendable {
    /// Whether the box that tells it is open.
    var isOpen = false
    private var known: [Place: PixelAnswer] = [:]
    /// The known places, the oldest first.
    private var order: [Place] = []
    private var asking: Question?
    /// Where the cursor is, and since when.
    private var rest: Rest?
    private var lastAskedMs: Int64?
    /// Why the server didn't say, for the place that it was asked about.
    private(set) var refusal: Refusal?

    private struct Question: Hashable, Sendable {
        var place: Place
        var askedMs: Int64
        /// Whether the cell changed since, so that the answer may be the old one.
        var isStale = false
    }

    private struct Rest: Hashable, Sendable {
        var place: Place
        var sinceMs: Int64
    }

    /// A question that was refused.
    struct Refusal: Hashable, Sendable {
        var place: Place
        var words: String
        var againMs: Int64
    }

    /// How long the cursor rests before anything is asked.
    static let restMs: Int64 = 150
    /// Between two questions.
    static let intervalMs: Int64 = 200
    /// How long an answer is waited for.
    static let patienceMs: Int64 = 5_000
    /// After a refusal, where the server doesn't say when.
    static let refusedMs: Int64 = 2_000
    /// How many cells are remembered.
    static let maxKnown = 512

    /// What is known of a cell.
    func answer(at place: Place) -> PixelAnswer? { known[place] }

    /// Whom a name belongs to, of those whose cells are known; the latest seen of equals.
    func account(named name: String) -> AccountName? {
        let wanted = name.lowercased()
        return order.reversed().lazy.compactMap { known[$0]?.account }.first {
            $0.name.lowercased() == wanted
        }
    }

    /// The cell to be asked about now, if any.
    mutating func question(at cursor: Place, nowMs: Int64) -> Place? {
        if rest?.place != cursor { rest = Rest(place: cursor, sinceMs: nowMs) }
        guard let due = dueMs, due <= nowMs else { return nil }
        asking = Question(place: cursor, askedMs: nowMs)
        lastAskedMs = nowMs
        return cursor
    }

    /// When the next question is due; nil where there is none.
    var dueMs: Int64? {
        guard let rest, known[rest.place] == nil else { return nil }
        var due = rest.sinceMs + Self.restMs
        if let lastAskedMs { due = max(due, lastAskedMs + Self.intervalMs) }
        if let asking { due = max(due, asking.askedMs + Self.patienceMs) }
        if let refusal, refusal.place == rest.place { due = max(due, refusal.againMs) }
        return due
    }

    mutating func take(_ answer: PixelAnswer) {
        let place = Place(x: answer.pixel.x, y: answer.pixel.y)
        // An answer that took too long is as good, unless its cell changed.
        guard let asked = asking, asked.place == place else { return }
        asking = nil
        refusal = nil
        guard !asked.isStale else { return }
        known[place] = answer
        order.append(place)
        while order.count > Self.maxKnown { known[order.removeFirst()] = nil }
    }

    mutating func refuse(_ place: Place, _ words: String, afterMs: Int?, nowMs: Int64) {
        if asking?.place == place { asking = nil }
        refusal = Refusal(
            place: place, words: words, againMs: nowMs + max(Int64(afterMs ?? 0), Self.refusedMs))
    }

    /// A cell changed: what was known of it is past.
    mutating func change(_ place: Place) {
        if asking?.place == place { asking?.isStale = true }
        if known[place] != nil {
            known[place] = nil
            order.removeAll { $0 == place }
        }
    }

    /// Another canvas, or one that changed unseen: nothing is known.
    mutating func forget() {
        known = [:]
        order = []
        asking?.isStale = true
        refusal = nil
    }
}
