public import Protocol

/// What a host asks of a server, live or not.
public enum HostCommand: Hashable, Sendable, Codable {
    /// Who is here: everyone who plays, waits or is connected, and whoever has a role; or every account.
    case list(all: Bool)
    /// End the play or wait of the account of an id or a name and close its socket (4005).
    case kick(account: String)
    /// Give the account of an id or a name a role; `player` takes the others away.
    case grant(account: String, role: Role)
}

/// The answer to a host's command.
public enum HostAnswer: Hashable, Sendable, Codable {
    case accounts([HostAccount], total: Int)
    /// It is done, and durable where it has to be.
    case done(String)
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

    /// Joins the parts.
    public init(
        id: Identifier, name: String, status: StatusWord, role: Role, position: Int?, idleLeftMs: Int?,
        isConnected: Bool, sessions: Int
    ) {
        self.id = id
        self.name = name
        self.status = status
        self.role = role
        self.position = position
        self.idleLeftMs = idleLeftMs
        self.isConnected = isConnected
        self.sessions = sessions
    }
}
