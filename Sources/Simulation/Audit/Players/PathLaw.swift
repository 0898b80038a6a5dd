import Game
import Protocol

/// The way of each account from state to state, as seen after each step: afk, queued, playing, afk, and nothing
/// else but for a reason seen in that step.
struct PathLaw: Sendable {
    /// Where everyone stood after the step before; whoever is missing was afk.
    private var former: [Identifier: PlayerState] = [:]
    private var formerStanding = Standing()
    /// Who asked to play in this step.
    private var asked: Set<Identifier> = []
    /// Who left, was removed or came to an end in this step.
    private var excused: Set<Identifier> = []

    mutating func ask(_ account: Identifier) { asked.insert(account) }
    mutating func excuse(_ account: Identifier) { excused.insert(account) }

    /// Takes where everyone stands now; `isPresent` tells whose socket is open.
    mutating func follow(
        _ standing: Standing, isPresent: (Identifier) -> Bool, into verdict: inout Verdict
    ) {
        defer {
            asked = []
            excused = []
        }
        guard standing.playing != formerStanding.playing || standing.queue != formerStanding.queue else {
            return
        }
        var now: [Identifier: PlayerState] = [:]
        for account in standing.queue { now[account] = .queued }
        for account in standing.playing { now[account] = .playing }
        defer {
            former = now
            formerStanding = standing
        }
        for account in former.keys.sorted() where now[account] == nil {
            let wasPlaying = former[account] == .playing
            verdict.check(
                excused.contains(account), wasPlaying ? .afkInTime : .lawfulStates,
                "\(account) is afk without a reason")
        }
        let waited = standing.queue.first { former[$0] == .queued && isPresent($0) }
        for (account, state) in now where former[account] != state {
            let before = former[account] ?? .afk
            switch (before, state) {
            case (.queued, .playing): break
            case (.afk, .queued):
                verdict.check(asked.contains(account), .lawfulStates, "\(account) waits unasked")
            case (.playing, .queued):
                verdict.check(
                    asked.contains(account) && excused.contains(account), .lawfulStates,
                    "\(account) went from its place into the line")
            case (_, .playing):
                verdict.check(asked.contains(account), .lawfulStates, "\(account) plays unasked")
                verdict.check(
                    waited == nil, .queueOrder,
                    "\(account) plays at once though \(waited.map { "\($0)" } ?? "someone") waited")
            case (_, .queued), (_, .afk): break
            }
        }
    }
}
