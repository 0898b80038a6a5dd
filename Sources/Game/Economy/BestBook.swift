public import Protocol

/// The best run of each account in each game, and the rank that a score has among them.
public struct BestBook: Hashable, Sendable {
    private var boards: [ArcadeGameID: RankedBests] = [:]
    private var excluded: Set<Identifier> = []

    /// Starts without runs.
    public init() {}

    /// An account's best run of a game, also of one that isn't ranked.
    public func best(of account: Identifier, in game: ArcadeGameID) -> Int? {
        boards[game]?.bests[account]
    }

    /// The rank of a run: 1, and one more for each other ranked account whose best is strictly better.
    ///
    /// - Parameter account: whose run it is; its own best doesn't stand in its way.
    public func rank(of score: Int, for account: Identifier, in game: ArcadeGameID) -> Int {
        guard let board = boards[game] else { return 1 }
        let isOwnBetter =
            board.bests[account].map { !excluded.contains(account) && board.isBetter($0, than: score) }
            ?? false
        return 1 + board.countBetter(than: score) - (isOwnBetter ? 1 : 0)
    }

    /// Counts a run, which changes something only where it beats the account's best.
    ///
    /// - Returns: the best before it, for `revert`.
    @discardableResult
    public mutating func put(_ game: ArcadeGameID, account: Identifier, score: Int) -> Int? {
        let former = best(of: account, in: game)
        if former.map({ game.rules.category.isBetter(score, than: $0) }) ?? true {
            set(score, of: account, in: game)
        }
        return former
    }

    /// Takes a run back that didn't become durable: the best is again what it was before; runs are taken back in
    /// the reverse order of theirs.
    public mutating func revert(_ game: ArcadeGameID, account: Identifier, to former: Int?) {
        set(former, of: account, in: game)
    }

    /// Forgets an account with all its runs.
    public mutating func remove(_ account: Identifier) {
        for game in ArcadeGameID.all { set(nil, of: account, in: game) }
        excluded.remove(account)
    }

    /// Ranks an account no longer, nor counts it before others; its runs stay in the book.
    public mutating func exclude(_ account: Identifier) {
        guard excluded.insert(account).inserted else { return }
        for game in ArcadeGameID.all { boards[game]?.setRanked(false, account) }
    }

    /// Ranks an account again.
    public mutating func include(_ account: Identifier) {
        guard excluded.remove(account) != nil else { return }
        for game in ArcadeGameID.all { boards[game]?.setRanked(true, account) }
    }

    private mutating func set(_ best: Int?, of account: Identifier, in game: ArcadeGameID) {
        let isRanked = !excluded.contains(account)
        boards[game, default: RankedBests(category: game.rules.category)].set(
            best, of: account, isRanked: isRanked)
        // A book that forgot everything equals one that never knew anything.
        if boards[game]?.bests.isEmpty ?? false { boards[game] = nil }
    }
}

/// One game's bests, and those that are ranked in order.
private struct RankedBests: Hashable, Sendable {
    private let category: ArcadeCategory
    private(set) var bests: [Identifier: Int] = [:]
    /// The ranked ones, best first: a search of log n steps, and one move of memory a change.
    private var order: [Int] = []

    init(category: ArcadeCategory) {
        self.category = category
    }

    func isBetter(_ score: Int, than other: Int) -> Bool { category.isBetter(score, than: other) }

    /// How many ranked bests are strictly better than a score: also the place of the first that isn't.
    func countBetter(than score: Int) -> Int {
        var low = 0
        var high = order.count
        while low < high {
            let middle = (low + high) / 2
            if isBetter(order[middle], than: score) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// How many ranked bests a score is strictly better than.
    private func countWorse(than score: Int) -> Int {
        var low = 0
        var high = order.count
        while low < high {
            let middle = (low + high) / 2
            if isBetter(score, than: order[middle]) { high = middle } else { low = middle + 1 }
        }
        return order.count - low
    }

    mutating func set(_ best: Int?, of account: Identifier, isRanked: Bool) {
        if isRanked { setRanked(false, account) }
        bests[account] = best
        if isRanked { setRanked(true, account) }
    }

    /// Puts an account's best in order, or takes it out.
    mutating func setRanked(_ isRanked: Bool, _ account: Identifier) {
        guard let best = bests[account] else { return }
        // Behind its equals, so that a book read in the order of ranks is only ever added to at its end.
        if isRanked {
            order.insert(best, at: order.count - countWorse(than: best))
        } else {
            order.remove(at: countBetter(than: best))
        }
    }
}
