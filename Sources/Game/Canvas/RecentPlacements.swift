import Protocol

/// What an undo and a failed commit need to know about the latest changes, and no more.
///
/// Changes stand by version without a gap. The placements of a cell form a pile, those of an account a pile
/// too, linked through the entries; only what is on top of both can be taken back, so both piles stay piles.
struct RecentPlacements: Sendable {
    struct Entry: Sendable {
        var cell: Int
        var color: UInt8
        var previousColor: UInt8
        var account: Identifier
        var atUs: Int64
        /// For a placement: the recent placement it lies on, 0 where there is none; for a rollback: what was on
        /// top before it.
        var beneath: Version = 0
        /// For a placement: the same account's placement before it, 0 where there is none.
        var earlier: Version = 0
        /// For an undo: the placement it took back, else 0; for a rollback: the version that it goes back before.
        var undoes: Version = 0
        /// Whether a host took it back, not the player.
        var isRollback = false
    }

    private var entries = Ring<Entry>()
    /// The version of the oldest entry.
    private var base: Version
    private var topOfCell: [Int: Version] = [:]
    private var latestOfAccount: [Identifier: Version] = [:]

    /// Starts empty before the version that comes next.
    init(nextVersion: Version) {
        base = nextVersion
    }

    /// The entry of a version that is still here.
    func entry(_ version: Version) -> Entry? {
        guard version >= base, version < base + Version(entries.count) else { return nil }
        return entries[Int(version - base)]
    }

    /// Adds a placement as the next version.
    mutating func place(cell: Int, color: UInt8, over previousColor: UInt8, account: Identifier, atUs: Int64)
    {
        let version = base + Version(entries.count)
        let beneath = topOfCell.updateValue(version, forKey: cell) ?? 0
        let earlier = latestOfAccount.updateValue(version, forKey: account) ?? 0
        entries.append(
            Entry(
                cell: cell, color: color, previousColor: previousColor, account: account, atUs: atUs,
                beneath: beneath, earlier: earlier))
    }

    /// The account's latest placement if it may take it back now.
    func undoable(by account: Identifier, since earliestUs: Int64) -> (version: Version, entry: Entry)? {
        guard let version = latestOfAccount[account], let found = entry(version), found.atUs >= earliestUs,
            topOfCell[found.cell] == version
        else { return nil }
        return (version, found)
    }

    /// Adds the taking back of a placement as the next version.
    mutating func undo(_ version: Version, _ undone: Entry, atUs: Int64) {
        entries.append(
            Entry(
                cell: undone.cell, color: undone.previousColor, previousColor: undone.color,
                account: undone.account, atUs: atUs, undoes: version))
        setTop(of: undone.cell, to: undone.beneath)
        setLatest(of: undone.account, to: undone.earlier)
    }

    /// Adds, as the next version, a cell's way back to what it was before a version.
    ///
    /// What players placed on it from that version on is no longer on top; where that version was a rollback, what
    /// lay on top before it is again. Nobody's latest placement becomes another by it.
    mutating func rollBack(
        cell: Int, to color: UInt8, over previousColor: UInt8, before version: Version, account: Identifier,
        atUs: Int64
    ) {
        let former = topOfCell[cell] ?? 0
        var top = former
        if let returned = entry(version), returned.isRollback {
            top = returned.beneath
        } else {
            while top >= version { top = entry(top)?.beneath ?? 0 }
        }
        entries.append(
            Entry(
                cell: cell, color: color, previousColor: previousColor, account: account, atUs: atUs,
                beneath: former, undoes: version, isRollback: true))
        setTop(of: cell, to: top)
    }

    /// Forgets the newest version as if it had never been; nil when nothing is left.
    mutating func takeBack() -> Entry? {
        guard let entry = entries.popLast() else { return nil }
        if entry.isRollback {
            setTop(of: entry.cell, to: entry.beneath)
        } else if entry.undoes > 0 {
            setTop(of: entry.cell, to: entry.undoes)
            setLatest(of: entry.account, to: entry.undoes)
        } else {
            setTop(of: entry.cell, to: entry.beneath)
            setLatest(of: entry.account, to: entry.earlier)
        }
        return entry
    }

    /// Drops entries up to a version that are too old for an undo.
    mutating func prune(through version: Version, before earliestUs: Int64) {
        while base <= version, let oldest = entries.first, oldest.atUs < earliestUs {
            if topOfCell[oldest.cell] == base { topOfCell[oldest.cell] = nil }
            if latestOfAccount[oldest.account] == base { latestOfAccount[oldest.account] = nil }
            entries.removeFirst(1)
            base += 1
        }
    }

    private mutating func setTop(of cell: Int, to version: Version) {
        topOfCell[cell] = version >= base ? version : nil
    }

    private mutating func setLatest(of account: Identifier, to version: Version) {
        latestOfAccount[account] = version >= base ? version : nil
    }
}
