import Protocol

/// Walks down a history, newest change first, and finds for each cell how far it goes back.
///
/// An undo or a rollback leads below the version that it names: what lies between stands no longer. The placements
/// that still stand are met from the top down; those that the search is for are covered by it, and the first that
/// it isn't for is what the cell goes back to.
public struct RollbackScan: Sendable {
    private enum State: UInt8 {
        /// Nothing was decided.
        case open
        /// Something on top goes back; what lies beneath isn't known yet.
        case covering
        case done
    }

    private struct Covered: Sendable {
        var place: Int
        var version: Version
        var account: Identifier
    }

    private let search: RollbackSearch
    /// For each cell of the box: what stands lies below this version.
    private var below: [Version]
    private var states: [UInt8]
    private var colors: [UInt8]
    private var covered: [Covered] = []
    private var accounts: Set<Identifier> = []
    private var openCells: Int
    private var coveringCells = 0
    private var foundCells = 0
    /// Where in `covered` each found cell begins, once the search is over.
    private var starts: [Int] = []
    private var isOver = false

    /// Starts at the newest change.
    public init(_ search: RollbackSearch) {
        precondition(search.box.lies(on: search.size), "a search stays on the canvas")
        self.search = search
        let count = search.box.cellCount
        below = [Version](repeating: .max, count: count)
        states = [UInt8](repeating: State.open.rawValue, count: count)
        colors = [UInt8](repeating: 0, count: count)
        openCells = count
    }

    /// Takes the next older change of the epoch; false when no older one can matter.
    public mutating func take(_ scanned: ScannedChange) -> Bool {
        let change = scanned.change
        let (x, y) = (change.cell % search.size.width, change.cell / search.size.width)
        if search.box.contains(x: x, y: y) {
            look(at: scanned, place: (y - search.box.y0) * search.box.width + x - search.box.x0)
        }
        if openCells == 0 { return false }
        guard coveringCells == 0 else { return true }
        return switch search.target {
        case .placements(_, let fromMs, _): scanned.atMs >= fromMs - Limits.rollbackClockStepMs
        case .rollback(_, let since): change.version > since
        }
    }

    private mutating func look(at scanned: ScannedChange, place: Int) {
        let change = scanned.change
        guard states[place] != State.done.rawValue, change.version < below[place] else { return }
        if case .rollback(let id, _) = search.target, states[place] == State.open.rawValue {
            if scanned.rollback == id {
                cover(change, place)
                below[place] = change.version
            } else {
                finish(place)
            }
        } else if let undone = change.undoes {
            below[place] = min(below[place], undone)
        } else if covers(scanned) {
            cover(change, place)
        } else {
            colors[place] = change.color
            finish(place)
        }
    }

    private func covers(_ scanned: ScannedChange) -> Bool {
        guard case .placements(let account, let fromMs, let toMs) = search.target else { return false }
        return scanned.atMs >= fromMs && scanned.atMs <= toMs
            && (account == nil || account == scanned.change.account)
    }

    private mutating func cover(_ change: CanvasChange, _ place: Int) {
        if states[place] == State.open.rawValue {
            states[place] = State.covering.rawValue
            coveringCells += 1
            foundCells += 1
        }
        covered.append(Covered(place: place, version: change.version, account: change.account))
        accounts.insert(change.account)
    }

    private mutating func finish(_ place: Int) {
        if states[place] == State.covering.rawValue { coveringCells -= 1 }
        states[place] = State.done.rawValue
        openCells -= 1
    }

    /// Ends the search: cells beneath which nothing was found go back to the ground.
    public mutating func end() {
        guard !isOver else { return }
        isOver = true
        covered.sort { ($0.place, $0.version) < ($1.place, $1.version) }
        starts.reserveCapacity(foundCells)
        for (index, one) in covered.enumerated() where index == 0 || covered[index - 1].place != one.place {
            starts.append(index)
        }
        below = []
        states = []
    }

    /// How much was found; complete once the search is over.
    public var count: RollbackCount {
        RollbackCount(cells: foundCells, placements: covered.count, accounts: accounts.count)
    }

    /// Some of the cells that were found, row by row, from the one with a number on.
    public func cells(from first: Int, count: Int) -> [RollbackCell] {
        precondition(isOver, "the search is over first")
        return starts.indices.dropFirst(first).prefix(count).map { number in
            let start = starts[number]
            let end = number + 1 < starts.count ? starts[number + 1] : covered.count
            let (oldest, newest) = (covered[start], covered[end - 1])
            let (x, y) = (oldest.place % search.box.width, oldest.place / search.box.width)
            var placements: [Version] = []
            if case .placements = search.target { placements = covered[start..<end].map(\.version) }
            return RollbackCell(
                cell: search.size.cell(x: search.box.x0 + x, y: search.box.y0 + y),
                color: colors[oldest.place], undoes: oldest.version, account: newest.account,
                placements: placements)
        }
    }
}
