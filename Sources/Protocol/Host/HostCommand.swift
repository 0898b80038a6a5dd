/// What a host asks of a server, live or not.
public enum HostCommand: Hashable, Sendable, Codable {
    /// Who is here: everyone who plays, waits or is connected, and whoever has a role; or every account.
    case list(all: Bool)
    /// End the play or wait of the account of an id or a name and close its socket (4005).
    case kick(account: String)
    /// Give the account of an id or a name a role; `player` takes the others away.
    case grant(account: String, role: Role)
    /// What was seen of accounts and nobody cleared.
    case flags
    /// The flags of the account of an id or a name are looked at.
    case clearFlags(account: String)
    /// The account of an id or a name may not sign in until a time, in milliseconds since 1970, or any more; its
    /// socket is closed (4005).
    case ban(account: String, reason: String, until: Int64? = nil)
    /// It may again.
    case unban(account: String)
    /// What players wrote.
    case feedback
    /// Every skin.
    case skins
    /// Put a skin, by its JSON, among those that are for sale.
    case installSkin(json: String)
    /// What was changed by whom: the newest rows, or those before a row's number.
    case audit(limit: Int, before: Int? = nil)
    /// Tell everyone who is connected something.
    case announce(message: String)
    /// What can be changed while the server runs.
    case knobs
    /// Change it, for this run and those to come; no value lets the option count again.
    case setKnob(name: String, value: String?)
    /// How the server stands.
    case status
    /// Begin a blank canvas, of another size where one is given.
    case newGame(width: Int? = nil, height: Int? = nil)
    /// Take placements back, or count those that would be.
    case rollback(RollbackOrder)
    /// Bring back what a rollback took, where nobody changed it since.
    case undoRollback(id: Int)
    /// The rollbacks of this canvas.
    case rollbacks
    /// Let no player change a part of the canvas.
    case protect(CanvasBox, note: String)
    /// Let players change it again.
    case unprotect(id: Int)
    /// What is protected.
    case protectedAreas
    /// The canvas as a PNG.
    case picture

    /// What banned people read where the host says nothing.
    public static let noBanReason = "the host gave no reason"
    /// Rows of the audit that are told where nobody says how many.
    public static let usualAudits = 100
}

/// The answer to a host's command.
public enum HostAnswer: Hashable, Sendable, Codable {
    case accounts([HostAccount], total: Int)
    case flags([HostFlag])
    case feedback([FeedbackEntry])
    case skins([HostSkin])
    case audit([AuditEntry])
    case knobs([KnobEntry])
    case status(HostStatus)
    case rollback(RollbackReport)
    /// The newest first.
    case rollbacks([Rollback])
    case protectedAreas([HostProtectedArea])
    /// It is done, and durable where it has to be.
    case done(String)
    /// A PNG.
    case picture([UInt8])
    case refused(ErrorCode, String)
}

/// An account as a host sees it.
public struct HostAccount: Hashable, Sendable, Codable {
    /// Its id.
    public var id: Identifier
    /// Its name.
    public var name: String
    /// Its state.
    public var status: StatusWord
    /// Its role.
    public var role: Role
    /// Its place in line, from 1, while it waits.
    public var position: Int?
    /// Until play ends by idling, in milliseconds.
    public var idleLeftMs: Int?
    /// Whether a socket is open.
    public var isConnected: Bool
    /// Sign-ins that haven't ended.
    public var sessions: Int
    /// Why it may not sign in any more; none where it may.
    public var banReason: String?
    /// When that ends, in milliseconds since 1970; none for good.
    public var banUntilMs: Int64?

    /// Joins the parts.
    public init(
        id: Identifier, name: String, status: StatusWord, role: Role, position: Int?, idleLeftMs: Int?,
        isConnected: Bool, sessions: Int, banReason: String? = nil, banUntilMs: Int64? = nil
    ) {
        self.id = id
        self.name = name
        self.status = status
        self.role = role
        self.position = position
        self.idleLeftMs = idleLeftMs
        self.isConnected = isConnected
        self.sessions = sessions
        self.banReason = banReason
        self.banUntilMs = banUntilMs
    }
}

/// Something seen of an account, as a host sees it.
public struct HostFlag: Hashable, Sendable, Codable {
    /// The account.
    public var account: AccountName
    /// What was seen: a word of `FlagRecord.Reason`.
    public var reason: String
    /// What a person needs to judge it, in one line.
    public var evidence: String
    /// When, in milliseconds since 1970.
    public var atMs: Int64
    /// Whether the account is banned.
    public var isBanned: Bool
    /// When that ends, in milliseconds since 1970; none for good.
    public var banUntilMs: Int64?

    /// Joins the parts.
    public init(
        account: AccountName, reason: String, evidence: String, atMs: Int64, isBanned: Bool,
        banUntilMs: Int64? = nil
    ) {
        self.account = account
        self.reason = reason
        self.evidence = evidence
        self.atMs = atMs
        self.isBanned = isBanned
        self.banUntilMs = banUntilMs
    }
}

/// A skin as a host sees it.
public struct HostSkin: Hashable, Sendable, Codable {
    /// Its id.
    public var id: String
    /// Its name for people.
    public var title: String
    /// In profile points.
    public var price: Int
    /// Accounts that own it.
    public var owners: Int

    /// Joins the parts.
    public init(id: String, title: String, price: Int, owners: Int) {
        self.id = id
        self.title = title
        self.price = price
        self.owners = owners
    }
}
