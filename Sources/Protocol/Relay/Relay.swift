/// How a relay is played; what its creator leaves out stands as here.
public struct RelayOptions: Hashable, Sendable {
    /// What each player begins with.
    public var startPoints = 100
    /// What each active player loses an interval.
    public var decayPoints = 1
    /// Between two losses, in milliseconds.
    public var decayIntervalMs = 1_000
    /// What the easiest puzzle is worth to the next player in the ring; harder ones are worth more.
    public var award = 10
    /// What a wrong answer costs the one who gave it.
    public var penalty = 5
    /// How long it lasts.
    public var seconds = 300
    /// How many may play.
    public var maxPlayers = 8
    /// Whether it is left out of the list, so that only its code leads to it.
    public var isPrivate = false

    /// The options as they stand.
    public init() {}
}

/// How far a relay has come.
public enum RelayStatus: String, Hashable, Sendable, CaseIterable {
    case waiting
    case running
    case ended
}

/// Why a relay ended.
public enum RelayEndReason: String, Hashable, Sendable, CaseIterable {
    /// One player is left.
    case lastStanding = "last_standing"
    /// The last players went out together.
    case allOut = "all_out"
    /// Its time is up.
    case time
}

/// Why points changed.
public enum PointsReason: String, Hashable, Sendable, CaseIterable {
    case decay
    case award
    case penalty
}

/// A player in a relay's ring.
public struct RelayPlayer: Hashable, Sendable {
    /// Who.
    public var account: AccountName
    /// The points now; nobody's fall below 0.
    public var points: Int
    /// Whether the player is still in.
    public var isActive: Bool
    /// Puzzles solved.
    public var solves: Int

    /// Joins the parts.
    public init(account: AccountName, points: Int, isActive: Bool, solves: Int) {
        self.account = account
        self.points = points
        self.isActive = isActive
        self.solves = solves
    }
}

/// A relay as its players and watchers see it: `{"relay_id","code","status","players","options",…}`.
public struct RelayView: Hashable, Sendable {
    /// Its id.
    public var relay: Identifier
    /// The short word that leads to it.
    public var code: RelayCode
    /// How far it has come.
    public var status: RelayStatus
    /// The ring, in order; who created it stands first.
    public var players: [RelayPlayer]
    /// How it is played.
    public var options: RelayOptions
    /// How long it still lasts while it runs, in milliseconds; all of it before, 0 after.
    public var leftMs: Int

    /// Joins the parts.
    public init(
        relay: Identifier, code: RelayCode, status: RelayStatus, players: [RelayPlayer],
        options: RelayOptions, leftMs: Int
    ) {
        self.relay = relay
        self.code = code
        self.status = status
        self.players = players
        self.options = options
        self.leftMs = leftMs
    }
}

/// The short word that leads to a relay: 6 letters without vowels and look-alikes (RFC 8628 §6.1).
public struct RelayCode: Hashable, Sendable, CustomStringConvertible {
    /// The letters that stand in one.
    public static let alphabet = Array("BCDFGHJKLMNPQRSTVWXZ")
    private static let length = 6

    /// The letters, in upper case.
    public let description: String

    /// Reads one as a person types it: in any case, with spaces and dashes; nil for anything else.
    public init?(_ text: String) {
        let letters = text.uppercased().filter { $0 != " " && $0 != "-" }
        guard letters.count == Self.length, letters.allSatisfy(Self.alphabet.contains) else { return nil }
        description = letters
    }

    /// The code of 64 random bits.
    public init(random bits: UInt64) {
        var rest = bits
        var letters = ""
        for _ in 0..<Self.length {
            letters.append(Self.alphabet[Int(rest % UInt64(Self.alphabet.count))])
            rest /= UInt64(Self.alphabet.count)
        }
        description = letters
    }
}

/// What leads to a relay.
public enum RelayReference: Hashable, Sendable, CustomStringConvertible {
    case id(Identifier)
    case code(RelayCode)

    /// Reads an id or a code; nil for anything else.
    public init?(_ text: String) {
        if let id = Identifier(text) {
            self = .id(id)
        } else if let code = RelayCode(text) {
            self = .code(code)
        } else {
            return nil
        }
    }

    /// The text that `init` reads.
    public var description: String {
        switch self {
        case .id(let id): id.description
        case .code(let code): code.description
        }
    }
}
