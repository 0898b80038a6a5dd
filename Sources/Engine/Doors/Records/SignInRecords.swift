public import Game
public import Protocol

/// A person or bot that signed in with a key or a Google account; written again when it changes.
public struct AccountRecord: Hashable, Sendable {
    /// Its id.
    public var id: Identifier
    /// Its name, unique without regard to case.
    public var name: String
    /// The raw Ed25519 key, 32 bytes; of a deleted account, bytes that no key signs for; none where a Google
    /// account alone signs in.
    public var publicKey: [UInt8]?
    /// When it was registered, in milliseconds since 1970.
    public var createdAtMs: Int64
    /// What it may do.
    public var role: Role
    /// Profile points.
    public var points: Int
    /// When it was deleted, in milliseconds since 1970; its id lives on in the canvas's history.
    public var deletedAtMs: Int64?
    /// The skin that it wears; none for the standard look.
    public var skin: SkinID?
    /// The days in a row that it signed in.
    public var streak = LoginStreak()
    /// Why it may not sign in any more; none where it may.
    public var banReason: String?
    /// When that ends, in milliseconds since 1970; none for good.
    public var banUntilMs: Int64?
    /// The Google account that signs in to it; none where only its key does.
    public var googleID: String?

    /// Joins the parts; skin, streak, ban and Google account are none.
    public init(
        id: Identifier, name: String, publicKey: [UInt8]?, createdAtMs: Int64, role: Role = .player,
        points: Int = 0, deletedAtMs: Int64? = nil
    ) {
        self.id = id
        self.name = name
        self.publicKey = publicKey
        self.createdAtMs = createdAtMs
        self.role = role
        self.points = points
        self.deletedAtMs = deletedAtMs
    }
}

/// A sign-in's refresh tokens, as hashes; written again at each rotation.
public struct SessionRecord: Hashable, Sendable {
    /// The sign-in's id.
    public var id: Identifier
    /// Whose it is.
    public var account: Identifier
    /// SHA-256 of the latest refresh token, 32 bytes.
    public var refreshHash: [UInt8]
    /// SHA-256 of the one before it; nil where there was none.
    public var previousHash: [UInt8]?
    /// How often it was refreshed.
    public var generation: Int
    /// When the latest refresh token was made, in milliseconds since 1970.
    public var refreshedAtMs: Int64
    /// When the latest refresh token ends, in milliseconds since 1970.
    public var expiresAtMs: Int64

    /// Joins the parts.
    public init(
        id: Identifier, account: Identifier, refreshHash: [UInt8], previousHash: [UInt8]? = nil,
        generation: Int, refreshedAtMs: Int64, expiresAtMs: Int64
    ) {
        self.id = id
        self.account = account
        self.refreshHash = refreshHash
        self.previousHash = previousHash
        self.generation = generation
        self.refreshedAtMs = refreshedAtMs
        self.expiresAtMs = expiresAtMs
    }
}

/// A sign-in that was heard of within the heartbeat timeout; what stands here at a start is out of date.
public struct PresenceRecord: Hashable, Sendable {
    /// The sign-in's id.
    public var session: Identifier
    /// The account or guest.
    public var holder: Identifier
    /// Whether it is a guest.
    public var isGuest: Bool
    /// Since when, in milliseconds since 1970.
    public var sinceMs: Int64

    /// Joins the parts.
    public init(session: Identifier, holder: Identifier, isGuest: Bool, sinceMs: Int64) {
        self.session = session
        self.holder = holder
        self.isGuest = isGuest
        self.sinceMs = sinceMs
    }
}

/// A guest who took another name or removed itself; all others live in their tokens alone.
public struct GuestRecord: Hashable, Sendable {
    /// The guest's id.
    public var id: Identifier
    /// The name it took.
    public var name: String
    /// Whether its token is worth nothing any more.
    public var isRemoved: Bool
    /// When its token ends, and this with it, in milliseconds since 1970.
    public var expiresAtMs: Int64

    /// Joins the parts.
    public init(id: Identifier, name: String, isRemoved: Bool, expiresAtMs: Int64) {
        self.id = id
        self.name = name
        self.isRemoved = isRemoved
        self.expiresAtMs = expiresAtMs
    }
}

/// Something about an account that a person should look at.
public struct FlagRecord: Hashable, Sendable {
    /// What was seen.
    public enum Reason: String, CaseIterable, Hashable, Sendable {
        /// A used refresh token came again: someone may have a copy of it.
        case refreshReused = "refresh_reused"
        /// Clicks came faster than anyone clicks, time and again.
        case implausibleClicks = "implausible_clicks"
        /// An arcade game's points came in bursts, time and again.
        case burst
        /// A run had more points, or less time, than anyone has.
        case impossibleScore = "impossible_score"
        /// A point lay where the target wasn't.
        case offTarget = "off_target"
        /// A point's time lay further back than its way takes, or before the last point's.
        case pointInPast = "point_in_past"
        /// A point's time hadn't come yet.
        case pointInFuture = "point_in_future"
        /// A point came again.
        case replayedPoint = "replayed_point"
        /// A point came after its run's end.
        case pointAfterEnd = "point_after_end"
        /// A run was begun while another one was under way.
        case secondRun = "second_run"
        /// A point or an end was for someone else's run, or for none that there is.
        case foreignRun = "foreign_run"
    }

    /// The account.
    public var account: Identifier
    /// What was seen.
    public var reason: Reason
    /// What a person needs to judge it, in one line.
    public var evidence: String
    /// When, in milliseconds since 1970.
    public var atMs: Int64

    /// Joins the parts.
    public init(account: Identifier, reason: Reason, evidence: String = "", atMs: Int64) {
        self.account = account
        self.reason = reason
        self.evidence = evidence
        self.atMs = atMs
    }
}
