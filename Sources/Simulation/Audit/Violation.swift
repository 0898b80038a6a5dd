/// A broken invariant.
public struct Violation: Error, Hashable, Sendable, CustomStringConvertible {
    /// What must hold.
    public enum Invariant: String, CaseIterable, Sendable {
        case gaplessVersions = "versions without gaps"
        case keptAcknowledged = "acknowledged, so present after a restart"
        case durableFirst = "nothing visible passes the durable version"
        case joiningFrames = "frames join"
        case ownFrames = "players' frames are players', and spectators' are theirs"
        case spectatorTick = "spectators get a frame a tick at most"
        case trueFrames = "frames tell the truth"
        case trueSnapshots = "snapshots tell the truth"
        case trueMasks = "touched cells are those that ever got a pixel"
        case equalReplicas = "every replica equals the server when all is quiet"
        case lawfulUndo = "undo only when allowed"
        case cooldown = "the cooldown is never beaten"
        case rate = "the rate is never beaten"
        case oneAnswer = "each request is answered once"
        case oneAtATime = "one commit and one snapshot at a time"
        case sparseWakes = "wake-ups lie ahead"
        case sameWords = "what arrives is what was said"
        case slowReaders = "whoever stays behind is closed"
        case places = "no more play or wait than are allowed"
        case queueOrder = "first come, first served"
        case afkInTime = "afk at the deadline, neither before nor later"
        case lawfulStates = "states change by the table alone"
        case noLeak = "every place is held by someone or given"
        case oneSocket = "one socket an account"
        case lawfulCloses = "sockets are closed for a reason"
        case families = "a refresh family ends by reuse, logout, removal or age, and then for good"
        case profiles = "names and roles are what was acknowledged"
        case truePositions = "positions told are true, and told in time"
        case trueDeadlines = "deadlines told are true while a client counts down to them"
        case trueWords = "the word for a state is true"
        case presence = "present is who was heard of within the heartbeat timeout"
        case freshTokens = "a socket lives as long as its token was renewed, and no longer"
        case admission = "load pauses admission and calm resumes it"
        case oneGame = "at most one click game runs, and the next one begins by itself"
        case trueTotals = "totals are the sum of the pushes kept, and told no earlier"
        case totalsPace = "totals are told once an interval"
        case countedOnce = "a batch of clicks counts once, and is answered alike each time"
        case ownTotals = "everyone's total is the sum of their batches"
        case fairPlanets = "a planet is the one with fewer players, and stays for the game"
        case clickPace = "no clicks count that came too soon or too fast"
        case forwardOnly = "games and relays go forward, and end once"
        case pointsConserved = "a relay's points are start + award - decay - penalty"
        case nextInRing = "what a puzzle is worth goes to the next who is in"
        case puzzleSecret = "a puzzle is its player's, and its answer nobody's"
        case roomOrder = "a room hears everything in order"
        case trueRelays = "what is told of a relay is what is kept"
        case profilePoints = "profile points are awards and bonuses less purchases"
        case solvent = "profile points are never negative"
        case causedPoints = "every entry of points has its cause, once"
        case dailyBonus = "one bonus a UTC day, by a streak that grows by the rule"
        case truePoints = "points that are told are in the ledger"
        case ownedOnce = "a skin is bought once an account, at its price"
        case wornOwned = "worn skins are owned"
        case oneRun = "one run an account at a time"
        case fairPoints = "points of runs are judged by the rules"
        case paidRuns = "only runs that count are paid, what their rank is worth"
        case fairRanks = "ranks are fair, and equal scores share one"
        case runOrder = "runs are kept in the order of their ends, with the times of then"
        case toldResults = "a run's result is told once, after it is kept"
        case honest = "who plays by the rules is neither rejected nor flagged"
        case flagged = "who doesn't is flagged"
        case seenAds = "ads are seen to their end once, and not sooner"
        case feedbackPace = "no more messages to the host than are allowed in an hour"
        case freshEpochs = "a new canvas takes the next version and an epoch of its own"
        case toldCanvas = "everyone is told of a new canvas before anything of it, once"
        case lawfulRollback = "a rollback takes back what its order covers, and its undo what nobody touched"
        case protectedCells = "players change nothing that is protected"
        case banned = "who is banned gets nothing but that"
        case banEnds = "a ban lasts until its end, neither shorter nor longer"
        case roles = "everyone may do what their role allows, and nothing else"
        case orderedOnce = "an order from Telegram is done once, whatever crashes and comes again"
        case audited = "what is changed on a host's behalf is in the audit, once, and nothing else is"
    }

    /// Which one.
    public var invariant: Invariant
    /// How it was broken.
    public var detail: String
    /// When, in microseconds from the start.
    public var atUs: Int64

    /// One line.
    public var description: String {
        let thousandths = String(1_000 + atUs % 1_000_000 / 1000).dropFirst()
        return "\(invariant.rawValue): \(detail) (at \(atUs / 1_000_000).\(thousandths) s)"
    }
}
