public import Protocol

/// The shared canvas: what players have made of it, what of that is durable, and the way between.
///
/// Changes apply to the head at once and become visible only when `commit` moves the durable cells after it;
/// `rollBack` takes back all that lies between.
public struct Canvas: Sendable {
    /// Columns and rows.
    public let size: CanvasSize
    /// Changes with each new canvas.
    public let epoch: Int
    /// The version of the newest change, durable or not.
    public private(set) var headVersion: Version
    /// The last durable version: nothing visible passes it.
    public private(set) var durableVersion: Version
    /// The cells at `durableVersion`, row by row.
    public private(set) var durableCells: [UInt8]
    /// The cells that ever got a pixel up to `durableVersion`, taken back or not.
    public private(set) var durableTouched: CellMask
    /// The cells that were changed, durably or not, since someone began to watch them; nil while nobody does.
    public private(set) var watched: CellMask?
    private var headCells: [UInt8]
    private var recent: RecentPlacements
    private var pool: ChangePool

    private static let undoWindowUs = Int64(Limits.undoWindowMs) * 1000

    /// Starts at a durable version with its cells, knowing the changes since a snapshot.
    ///
    /// - Parameters:
    ///   - cells: the cells at `version`, row by row, `size.cellCount` of them.
    ///   - touched: the cells that ever got a pixel up to `version`; none at all by default.
    ///   - tail: cell and color of each change up to `version`, oldest first; may be empty.
    public init(
        size: CanvasSize, epoch: Int, version: Version, cells: [UInt8], touched: CellMask? = nil,
        tail: [(cell: Int, color: UInt8)] = []
    ) {
        precondition(cells.count == size.cellCount, "a canvas has a color for each cell")
        precondition(Version(tail.count) <= version, "each change in the tail made a version")
        self.size = size
        self.epoch = epoch
        headVersion = version
        durableVersion = version
        headCells = cells
        durableCells = cells
        durableTouched = touched ?? CellMask(size: size)
        precondition(durableTouched.size == size, "a canvas has a bit for each cell")
        recent = RecentPlacements(nextVersion: version + 1)
        pool = ChangePool(at: version - Version(tail.count), cellCount: size.cellCount)
        for change in tail { pool.append(cell: change.cell, color: change.color) }
    }

    /// The changes that wait for a commit.
    public var pendingCount: Int { Int(headVersion - durableVersion) }

    /// Whether another change fits the pool's memory; it doesn't only if no snapshot came for very long.
    public var hasRoom: Bool { pool.hasRoom(for: pendingCount + 1) }

    /// Whether runs can start at a version.
    public func reaches(back version: Version) -> Bool {
        version >= pool.base && version <= durableVersion
    }

    /// Puts a color on a cell as the next version.
    public mutating func place(cell: Int, color: UInt8, account: Identifier, atUs: Int64) -> CanvasChange {
        recent.place(cell: cell, color: color, over: headCells[cell], account: account, atUs: atUs)
        change(cell, to: color)
        return CanvasChange(version: headVersion, cell: cell, color: color, account: account, undoes: nil)
    }

    /// Whether `undo` would take something back.
    public func canUndo(by account: Identifier, atUs: Int64) -> Bool {
        undoableCell(by: account, atUs: atUs) != nil
    }

    /// The cell of which `undo` would take a placement back; nil where it wouldn't.
    public func undoableCell(by account: Identifier, atUs: Int64) -> Int? {
        recent.undoable(by: account, since: atUs - Self.undoWindowUs)?.entry.cell
    }

    /// Takes back the account's latest placement as the next version, if it is recent and still on top.
    public mutating func undo(by account: Identifier, atUs: Int64) -> CanvasChange? {
        guard let (undone, entry) = recent.undoable(by: account, since: atUs - Self.undoWindowUs) else {
            return nil
        }
        recent.undo(undone, entry, atUs: atUs)
        change(entry.cell, to: entry.previousColor)
        return CanvasChange(
            version: headVersion, cell: entry.cell, color: entry.previousColor, account: account,
            undoes: undone)
    }

    /// Brings a cell, as the next version, back to what it was before a version.
    ///
    /// - Parameters:
    ///   - color: what it had then.
    ///   - account: whose pixel goes or comes back by it.
    public mutating func rollBack(
        cell: Int, to color: UInt8, before version: Version, account: Identifier, atUs: Int64
    ) -> CanvasChange {
        recent.rollBack(
            cell: cell, to: color, over: headCells[cell], before: version, account: account, atUs: atUs)
        change(cell, to: color)
        return CanvasChange(
            version: headVersion, cell: cell, color: color, account: account, undoes: version)
    }

    private mutating func change(_ cell: Int, to color: UInt8) {
        headCells[cell] = color
        headVersion += 1
        watched?[cell] = true
    }

    /// Notes from now on which cells change; those whose changes aren't durable yet count as changed.
    public mutating func watch() {
        var mask = CellMask(size: size)
        var version = durableVersion
        while version < headVersion {
            version += 1
            if let entry = recent.entry(version) { mask[entry.cell] = true }
        }
        watched = mask
    }

    /// Notes it no longer.
    public mutating func unwatch() { watched = nil }

    /// Makes all versions up to one durable; runs can still start at the version to be kept.
    public mutating func commit(through version: Version, keeping kept: Version? = nil, atUs: Int64) {
        precondition(version >= durableVersion && version <= headVersion, "commits go forward to the head")
        while durableVersion < version {
            durableVersion += 1
            guard let entry = recent.entry(durableVersion) else {
                preconditionFailure("a pending change is always recent")
            }
            durableCells[entry.cell] = entry.color
            durableTouched[entry.cell] = true
            pool.append(cell: entry.cell, color: entry.color)
        }
        pool.trim(keeping: kept ?? version, atUs: atUs)
        recent.prune(through: durableVersion, before: atUs - Self.undoWindowUs)
    }

    /// Takes back every change that isn't durable, newest first.
    public mutating func rollBack() {
        while headVersion > durableVersion, let entry = recent.takeBack() {
            headCells[entry.cell] = entry.previousColor
            headVersion -= 1
        }
    }

    /// Says that a snapshot of a version is served from now on; the pool always reaches back to it.
    public mutating func snapshotServed(at version: Version) {
        pool.snapshotServed(at: version)
    }

    /// Each change between two versions, in order; both must be within the pool's reach.
    public func changes(from: Version, to: Version) -> PixelRun {
        precondition(reaches(back: from) && to >= from && to <= durableVersion, "outside the pool")
        var pixels: [Pixel] = []
        pixels.reserveCapacity(Int(to - from))
        var version = from
        while version < to {
            version += 1
            let change = pool[version]
            pixels.append(pixel(change.cell, change.color))
        }
        return PixelRun(from: from, to: to, epoch: epoch, pixels: pixels)
    }

    /// The cells changed between two versions with the colors they have at the second, sorted by cell, each once.
    public func merged(from: Version, to: Version) -> PixelRun {
        precondition(reaches(back: from) && to >= from && to <= durableVersion, "outside the pool")
        // Sorts by cell, then by version, in one word: 24 bits of cell, 32 of order, 8 of color.
        var changes: [UInt64] = []
        changes.reserveCapacity(Int(to - from))
        var version = from
        while version < to {
            version += 1
            let change = pool[version]
            changes.append(
                UInt64(change.cell) << 40 | UInt64(version - from) << 8 | UInt64(change.color))
        }
        changes.sort()
        var pixels: [Pixel] = []
        pixels.reserveCapacity(changes.count)
        for (index, change) in changes.enumerated() {
            let isLast = index + 1 == changes.count || changes[index + 1] >> 40 != change >> 40
            if isLast { pixels.append(pixel(Int(change >> 40), UInt8(change & 255))) }
        }
        return PixelRun(from: from, to: to, epoch: epoch, pixels: pixels)
    }

    /// The oldest version a run can start at.
    public var poolBase: Version { pool.base }

    private func pixel(_ cell: Int, _ color: UInt8) -> Pixel {
        Pixel(x: cell % size.width, y: cell / size.width, color: color)
    }
}
