import Engine
import Protocol

/// What a commit's records mean for the ledger of contributions.
struct CommittedClicks {
    /// Its pushes, in order.
    private(set) var pushes: [ClickPushRecord] = []
    /// The games whose rows are to be written.
    private(set) var games: [Identifier] = []

    init(_ records: [Record]) {
        for record in records {
            switch record {
            case .clickPush(let push): pushes.append(push)
            case .clickContributions(let game) where !games.contains(game): games.append(game)
            default: break
            }
        }
    }
}
