public import Protocol

/// What time brings to players, for the owner to tell.
public enum PlayerNews: Hashable, Sendable {
    /// Its idle deadline came: it is afk.
    case idled(Identifier)
    /// It waited without a socket for too long: it is afk.
    case absent(Identifier)
    /// Its client would begin to count down to a deadline that has moved.
    case deadlineMoved(Identifier)
}

/// When positions in line are told next: at most once a second, and as long as some may be out of date.
struct PositionClock: Sendable {
    private static let intervalUs = Int64(Limits.positionIntervalMs) * 1000

    private var lastUs: Int64?
    private var movedUs: Int64?
    /// The turn in which someone moved up last.
    private var movedTurn = 0
    /// Counts the times positions were told.
    private(set) var turn = 0

    /// When the next time is; nil where everyone knows its position.
    var dueUs: Int64? {
        guard let movedUs else { return nil }
        guard let lastUs else { return movedUs }
        // Each lane's first turn after a move may find someone who was told something just before; its second
        // turn comes late enough for them, too.
        let isSettled = turn - movedTurn >= 2 * Limits.positionLanes
        return isSettled ? nil : max(movedUs, lastUs + Self.intervalUs)
    }

    /// Notes that someone moved up.
    mutating func moved(atUs: Int64) {
        movedUs = atUs
        movedTurn = turn
    }

    /// Notes that positions are told now.
    mutating func told(atUs: Int64) {
        lastUs = atUs
        turn += 1
    }
}

extension PlayerTable {
    /// When `pass` or `positionsToTell` has something to do at the latest; nil while nothing is planned.
    public var nextUs: Int64? {
        let positionsUs = line.count > 0 ? positions.dueUs : nil
        return [looks.nextUs, positionsUs].compactMap { $0 }.min()
    }

    /// Ends what has come to its end; the truth of each planned look is asked now.
    ///
    /// - Parameter isExempt: tells of an account whether it doesn't end by idling now; its deadline then moves.
    public mutating func pass(
        atUs nowUs: Int64, isExempt: (Identifier) -> Bool = { _ in false }
    ) -> [PlayerNews] {
        var news: [PlayerNews] = []
        while let look = looks.popDue(atUs: nowUs) {
            switch look {
            case .idle(let account):
                guard let deadlineUs = playing[account]?.deadlineUs else { continue }
                guard deadlineUs <= nowUs else {
                    looks.plan(look, atUs: deadlineUs)
                    continue
                }
                if isExempt(account) {
                    let movedUs = nowUs + rules.idleUs
                    playing[account]?.deadlineMs = nil
                    playing[account]?.deadlineUs = movedUs
                    looks.plan(look, atUs: movedUs)
                    news.append(.deadlineMoved(account))
                    continue
                }
                note(.idleDeadline, in: .playing)
                takePlace(from: account)
                news.append(.idled(account))
            case .countdown(let account):
                guard let player = playing[account], player.deadlineUs > nowUs else { continue }
                let startUs = player.toldDeadlineUs - countdownUs
                guard startUs <= nowUs else {
                    looks.plan(look, atUs: startUs)
                    continue
                }
                if player.hasSocket, player.deadlineUs != player.toldDeadlineUs {
                    news.append(.deadlineMoved(account))
                }
            case .absence(let account):
                guard let sinceUs = line[account]?.absentSinceUs else { continue }
                guard sinceUs + rules.idleUs <= nowUs else {
                    looks.plan(look, atUs: sinceUs + rules.idleUs)
                    continue
                }
                note(.absenceDeadline, in: .queued)
                takeOutOfLine(account, atUs: nowUs)
                news.append(.absent(account))
            }
        }
        return news
    }

    /// A position to be told, and since when its account waits, in milliseconds since 1970.
    public typealias ToldPosition = (account: Identifier, position: Int, sinceMs: Int64)

    /// Whose position changed and is to be told now: of the first `Limits.positionsNear` all of them, at most
    /// once a second, of the others one lane a second, so that each has its turn every ten seconds.
    public mutating func positionsToTell(atUs nowUs: Int64) -> [ToldPosition] {
        guard line.count > 0, let dueUs = positions.dueUs, dueUs <= nowUs else { return [] }
        positions.told(atUs: nowUs)
        var told: [ToldPosition] = []
        let intervalUs = Int64(Limits.positionIntervalMs) * 1000
        for position in 1...min(Limits.positionsNear, line.count) {
            guard let account = line.account(at: position) else { continue }
            if let sinceMs = line.tell(account, position: position, everyUs: intervalUs, atUs: nowUs) {
                told.append((account, position, sinceMs))
            }
        }
        guard line.count > Limits.positionsNear else { return told }
        let roundUs = intervalUs * Int64(Limits.positionLanes)
        for (account, position) in line.lane(positions.turn % Limits.positionLanes, of: Limits.positionLanes)
        where position > Limits.positionsNear {
            if let sinceMs = line.tell(account, position: position, everyUs: roundUs, atUs: nowUs) {
                told.append((account, position, sinceMs))
            }
        }
        return told
    }
}
