/// What everyone in a relay's room hears.
public struct RelayEvent: Hashable, Sendable {
    /// The relay.
    public var relay: Identifier
    /// What happened.
    public var kind: Kind

    /// What can happen.
    public enum Kind: Hashable, Sendable {
        /// `relay_state`: all of it, first on joining; with the reader's own open puzzle.
        case state(RelayView, puzzle: PuzzleView?)
        /// `relay_started`: the ring is closed and points begin to drain.
        case started(RelayView)
        /// `puzzle_assigned`: what it is about, only its player hears.
        case assigned(to: AccountName, PuzzleView)
        /// `puzzle_solved`: its worth goes to the next player.
        case solved(by: AccountName, puzzle: Identifier, worth: Int, awardedTo: AccountName)
        /// `puzzle_failed`: a wrong answer; the puzzle stays open.
        case failed(by: AccountName, puzzle: Identifier, penalty: Int)
        /// `points_changed`: everyone's points now.
        case pointsChanged(PointsReason, [RelayPlayer], leftMs: Int)
        /// `player_eliminated`: someone is out.
        case eliminated(AccountName)
        /// `team_status`: someone joined, or is out.
        case teamStatus(RelayStatus, [RelayPlayer])
        /// `relay_ended`.
        case ended(RelayEndReason, [RelayPlayer], awards: [RelayAward])
    }

    /// Joins the parts.
    public init(relay: Identifier, _ kind: Kind) {
        self.relay = relay
        self.kind = kind
    }
}

/// Profile points that a relay's survivor earned.
public struct RelayAward: Hashable, Sendable {
    /// Who.
    public var account: AccountName
    /// How many.
    public var profilePoints: Int

    /// Joins the parts.
    public init(account: AccountName, profilePoints: Int) {
        self.account = account
        self.profilePoints = profilePoints
    }
}
