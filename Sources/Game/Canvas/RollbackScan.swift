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

    /// A placement that is taken back, and the next newer one of its cell.
    private struct Covered: Sendable {
        var version: Version
        var account: Identifier
        var newer: Int32
    }

    private let search: RollbackSearch
    /// For each cell of the box: what stands lies below this version.
    private var below: [Version]
    private var states: [UInt8]
    private var colors: [UInt8]
    private var covered: [Covered] = []
    /// For each cell of the box: where in `covered` the oldest one of it stands; `none` for nowhere.
    private var oldest: [Int32]
    private var accounts: Set<Identifier> = []
    private var openCells: Int
    private var coveringCells = 0
    private var foundCells = 0
    /// The places of the cells that were found, row by row, once the search is over.
    private var found: [Int32] = []
    private var isOver = false

    private static let none: Int32 = -1

    /// Starts at the newest change.
    public init(_ search: RollbackSearch) {
        precondition(search.box.lies(on: search.size), "a search stays on the canvas")
        self.search = search
        let count = search.box.cellCount
        below = [Version](repeating: .max, count: count)
        states = [UInt8](repeating: State.open.rawValue, count: count)
        colors = [UInt8](repeating: 0, count: count)
        oldest = [Int32](repeating: Self.none, count: count)
        openCells = count
    }

    /// Takes the next older change of the epoch; false when no older one can matter.
    public mutating func take(_ scanned: ScannedChange) -> Bool {
        let change = scanned.change
        let (x, y) = (change.cell % search.size.width, change.cell / search.size.width)
        if search.box.contains(x: x, y: y) {
            look(at: scanned, place: (y - search.box.y0) * search.box.width + x - search.box.x0)
        }
        if openCells == 0 || isTooLarge { return false }
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
        covered.append(Covered(version: change.version, account: change.account, newer: oldest[place]))
        oldest[place] = Int32(covered.count - 1)
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
        found.reserveCapacity(foundCells)
        for place in oldest.indices where oldest[place] != Self.none { found.append(Int32(place)) }
        below = []
        states = []
    }

    /// Whether more placements stand to be taken back than one rollback may be about.
    public var isTooLarge: Bool { covered.count > Limits.maxRollbackPlacements }

    /// How much was found; complete once the search is over.
    public var count: RollbackCount {
        RollbackCount(cells: foundCells, placements: covered.count, accounts: accounts.count)
    }

    /// Some of the cells that were found, row by row, from the one with a number on: what one commit may take back.
    ///
    /// - Parameter count: how many cells at most.
    public func cells(from first: Int, count: Int) -> [RollbackCell] {
        cells(from: first, count: count, placements: Limits.maxRollbackGroupPlacements)
    }

    /// The same, of so many placements at most; one cell comes in any case.
    func cells(from first: Int, count: Int, placements most: Int) -> [RollbackCell] {
        precondition(isOver, "the search is over first")
        var cells: [RollbackCell] = []
        var placements = 0
        for place in found.dropFirst(first).prefix(count) {
            let cell = cell(at: Int(place))
            placements += cell.placements.count
            if placements > most, !cells.isEmpty { break }
            cells.append(cell)
        }
        return cells
    }

    private func cell(at place: Int) -> RollbackCell {
        var one = covered[Int(oldest[place])]
        let first = one.version
        var placements = [first]
        while one.newer != Self.none {
            one = covered[Int(one.newer)]
            placements.append(one.version)
        }
        if case .rollback = search.target { placements = [] }
        let (x, y) = (place % search.box.width, place / search.box.width)
        return RollbackCell(
            cell: search.size.cell(x: search.box.x0 + x, y: search.box.y0 + y), color: colors[place],
            undoes: first, account: one.account, placements: placements)
    }
}
