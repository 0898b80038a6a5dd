import Protocol

/// The canvas's law written down slowly: it keeps everything and looks through all of it each time.
struct NaiveCanvas {
    struct Placement {
        var version: Version
        var cell: Int
        var color: UInt8
        var account: Identifier
        var atUs: Int64
        var isUndone = false
    }

    /// What each version did: a placement, or the taking back of one.
    enum Step {
        case placed(Placement)
        case undid(Version)
    }

    var steps: [Step] = []
    var durable = 0

    /// The placements still standing after the first so many steps.
    func standing(after count: Int) -> [Placement] {
        var found: [Placement] = []
        for step in steps.prefix(count) {
            switch step {
            case .placed(let placement): found.append(placement)
            case .undid(let version): found.removeAll { $0.version == version }
            }
        }
        return found
    }

    func cells(after count: Int, cellCount: Int) -> [UInt8] {
        var cells = [UInt8](repeating: 0, count: cellCount)
        for placement in standing(after: count) { cells[placement.cell] = placement.color }
        return cells
    }

    mutating func place(cell: Int, color: UInt8, account: Identifier, atUs: Int64) {
        steps.append(
            .placed(
                Placement(
                    version: Version(steps.count + 1), cell: cell, color: color, account: account, atUs: atUs)
            ))
    }

    /// Undoes if the law allows it; tells which version.
    mutating func undo(by account: Identifier, atUs: Int64) -> Version? {
        let standing = standing(after: steps.count)
        guard let latest = standing.last(where: { $0.account == account }), atUs - latest.atUs <= 5_000_000,
            standing.last(where: { $0.cell == latest.cell })?.version == latest.version
        else { return nil }
        steps.append(.undid(latest.version))
        return latest.version
    }
}
