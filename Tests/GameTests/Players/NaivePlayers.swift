import Protocol

@testable import Game

/// The same rules of play as plain lists, with whoever owns the table: sockets, the clock, what clients were told.
struct NaivePlayers {
    struct Player {
        var deadlineUs: Int64
        /// The deadline that its client was told last.
        var toldUs: Int64
    }

    let rules: PlayerTable.Rules
    var playing: [Identifier: Player] = [:]
    var line: [(account: Identifier, absentSinceUs: Int64?)] = []
    var sockets: Set<Identifier> = []

    func index(of account: Identifier) -> Int? { line.firstIndex { $0.account == account } }

    func state(of account: Identifier) -> PlayerState {
        playing[account] != nil ? .playing : index(of: account) != nil ? .queued : .afk
    }

    /// Who idled, and who was absent for too long.
    mutating func pass(atUs nowUs: Int64) -> (idled: Set<Identifier>, absent: Set<Identifier>) {
        let idled = Set(playing.filter { $0.value.deadlineUs <= nowUs }.keys)
        for account in idled { playing[account] = nil }
        let absent = Set(
            line.filter { waiting in waiting.absentSinceUs.map { $0 + rules.idleUs <= nowUs } ?? false }
                .map(\.account))
        line.removeAll { absent.contains($0.account) }
        return (idled, absent)
    }

    mutating func play(_ account: Identifier, atUs nowUs: Int64) -> PlayerTable.Entry {
        switch state(of: account) {
        case .playing: return .alreadyPlaying
        case .queued: return .alreadyQueued
        case .afk: break
        }
        let isNext = playing.count < rules.capacity && !line.contains { $0.absentSinceUs == nil }
        let hasSocket = sockets.contains(account)
        guard line.count < rules.maxQueued || (isNext && hasSocket) else { return .queueFull }
        line.append((account, hasSocket ? nil : nowUs))
        return .queued
    }

    mutating func leave(_ account: Identifier) {
        playing[account] = nil
        line.removeAll { $0.account == account }
    }

    mutating func arrive(_ account: Identifier) {
        sockets.insert(account)
        if let index = index(of: account) { line[index].absentSinceUs = nil }
    }

    mutating func depart(_ account: Identifier, atUs nowUs: Int64) {
        sockets.remove(account)
        if let index = index(of: account) { line[index].absentSinceUs = nowUs }
    }

    /// Who is let in, in order.
    mutating func promote(atUs nowUs: Int64) -> [Identifier] {
        var promoted: [Identifier] = []
        while playing.count < rules.capacity,
            let index = line.firstIndex(where: { $0.absentSinceUs == nil })
        {
            let account = line.remove(at: index).account
            playing[account] = Player(deadlineUs: nowUs + rules.idleUs, toldUs: nowUs + rules.idleUs)
            promoted.append(account)
        }
        return promoted
    }
}
