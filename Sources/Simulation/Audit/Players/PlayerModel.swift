import Protocol

/// Who plays and who waits by the contract's words alone, in plain lists that are searched from the front.
///
/// Places are given before and after someone joins the line and at the end of a step.
struct PlayerModel: Sendable {
    struct Waiting: Sendable {
        let account: Identifier
        let sinceMs: Int64
        /// Since when its socket is gone; nil while it is open.
        var absentSinceUs: Int64?
    }

    var capacity: Int
    var maxQueued: Int
    var idleUs: Int64
    /// When play ends for each who plays.
    private(set) var deadlines: [Identifier: Int64] = [:]
    private(set) var line: [Waiting] = []
    private(set) var connected: Set<Identifier> = []
    /// Whether load lets nobody in.
    var isPaused = false
    /// Whether the server stops, which lets nobody in either.
    var isStopping = false
    /// Who may have acted in this step by a push or an answer that isn't refused yet; what they are told tells.
    var mayAct: Set<Identifier> = []
    /// Counts the changes of the line, for whoever looks at it only then.
    private(set) var lineChanges = 0

    init(capacity: Int, maxQueued: Int, idleUs: Int64) {
        self.capacity = capacity
        self.maxQueued = maxQueued
        self.idleUs = idleUs
    }

    var playing: [Identifier] { deadlines.keys.sorted() }
    var waiting: [Identifier] { line.map(\.account) }
    var stalledCount: Int { deadlines.keys.count { !connected.contains($0) } }
    var firstPresent: Int? { line.firstIndex { $0.absentSinceUs == nil } }
    /// Whether someone who is there waits although there is a place.
    var owesPlace: Bool { !isPaused && !isStopping && deadlines.count < capacity && firstPresent != nil }

    func plays(_ account: Identifier) -> Bool { deadlines[account] != nil }

    /// The position in line, from 1.
    func position(of account: Identifier) -> Int? {
        line.firstIndex { $0.account == account }.map { $0 + 1 }
    }

    func word(of account: Identifier) -> StatusWord {
        if plays(account) { return connected.contains(account) ? .playing : .stalled }
        return position(of: account) == nil ? .afk : .queued
    }

    /// Ends what has come to its end.
    ///
    /// - Parameter isExempt: tells of an account whose deadline came whether it moves on instead.
    mutating func pass(
        atUs nowUs: Int64, isExempt: (Identifier) -> Bool
    ) -> (idled: [(Identifier, deadlineUs: Int64)], absent: [Identifier]) {
        var idled: [(Identifier, deadlineUs: Int64)] = []
        for (account, deadlineUs) in deadlines where deadlineUs <= nowUs {
            idled.append((account, deadlineUs))
        }
        for (account, _) in idled where isExempt(account) { deadlines[account] = nowUs + idleUs }
        idled.removeAll { deadlines[$0.0] != $0.deadlineUs }
        idled.sort { $0.0 < $1.0 }
        for (account, _) in idled { deadlines[account] = nil }
        let overdue = line.filter { $0.absentSinceUs.map { $0 + idleUs <= nowUs } ?? false }.map(\.account)
        for account in overdue { leave(account) }
        return (idled, overdue)
    }

    /// When the first of what `pass` ends was due; nil where nothing is.
    func absenceDueUs(of account: Identifier) -> Int64? {
        line.first { $0.account == account }?.absentSinceUs.map { $0 + idleUs }
    }

    /// Asks to play; false where the line is full.
    mutating func play(_ account: Identifier, atUs nowUs: Int64, atMs nowMs: Int64) -> Bool {
        guard !plays(account), position(of: account) == nil else { return true }
        let isLetInAtOnce =
            !isPaused && deadlines.count < capacity && firstPresent == nil && connected.contains(account)
        guard line.count < maxQueued || isLetInAtOnce else { return false }
        let absentSinceUs = connected.contains(account) ? nil : nowUs
        line.append(Waiting(account: account, sinceMs: nowMs, absentSinceUs: absentSinceUs))
        lineChanges += 1
        return true
    }

    /// Gives every free place to the first who is there; returns who got one.
    mutating func promote(atUs nowUs: Int64) -> [Identifier] {
        var promoted: [Identifier] = []
        while owesPlace, let index = firstPresent {
            let account = line.remove(at: index).account
            lineChanges += 1
            deadlines[account] = nowUs + idleUs
            promoted.append(account)
        }
        return promoted
    }

    /// Gives up a place or a position.
    mutating func leave(_ account: Identifier) {
        deadlines[account] = nil
        guard let position = position(of: account) else { return }
        line.remove(at: position - 1)
        lineChanges += 1
    }

    mutating func act(_ account: Identifier, atUs nowUs: Int64) {
        deadlines[account] = nowUs + idleUs
    }

    mutating func arrive(_ account: Identifier) {
        connected.insert(account)
        guard let position = position(of: account) else { return }
        line[position - 1].absentSinceUs = nil
        lineChanges += 1
    }

    mutating func depart(_ account: Identifier, atUs nowUs: Int64) {
        connected.remove(account)
        guard let position = position(of: account) else { return }
        line[position - 1].absentSinceUs = nowUs
        lineChanges += 1
    }

    mutating func restart() {
        self = PlayerModel(capacity: capacity, maxQueued: maxQueued, idleUs: idleUs)
    }
}
