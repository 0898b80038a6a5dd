import Client
import Engine
import Protocol

/// A client of the simulated world: a player, or a spectator with a guest's token or none.
struct Person: Sendable {
    enum Role: Sendable {
        case player
        case guest
        case stranger
    }

    let number: Int
    let role: Role
    /// Whose key it holds; a second device holds another person's.
    let owner: Int
    var replica = CanvasReplica()

    // MARK: Its sign-in

    /// What the latest access token says.
    var identity: Identity?
    /// When it got that token.
    var tokenSinceUs: Int64 = 0
    /// Kept until the next pair of tokens has arrived; empty where there is none.
    var refreshToken: [UInt8] = []
    /// Since when it tries to refresh by this token; nil while it doesn't.
    var refreshingSinceUs: Int64?
    /// Refresh tokens it used, the latest last: what a thief may have.
    var usedTokens: [[UInt8]] = []
    var isSigningIn = false
    /// Whether it renews its token only when a call finds it ended.
    var isForgetful = false
    /// The name it asks for when it registers.
    var wishedName: String

    // MARK: Its socket

    /// The socket it listens to.
    var link: ConnectionID?
    /// The socket that it was let in by and wasn't welcomed on yet.
    var opening: ConnectionID?
    var isConnecting = false
    /// Whether it is planned to connect.
    var isComingBack = false
    /// What it was told last of its state.
    var status = PlayerStatus.afk
    /// The number of its next message on the socket.
    var nextMessage = 1
    var lastSaidUs: Int64 = 0

    // MARK: Its games

    /// What it knows of its clicks.
    var tracker = PushTracker()
    /// The relays whose rooms it is in, as it sees them.
    var rooms: [Identifier: RelayView] = [:]
    /// Rooms that it left by this socket; a state that was under way then is none of its business.
    var leftRooms: Set<Identifier> = []

    /// Its place in the arcade.
    var seat = ArcadeSeat()

    // MARK: Its mood

    /// Until when it does nothing that counts as a game action.
    var idlesUntilUs: Int64 = 0
    /// Until when nothing at all is heard of it.
    var isMuteUntilUs: Int64 = 0

    init(number: Int, role: Role, owner: Int) {
        self.number = number
        self.role = role
        self.owner = owner
        wishedName = "person \(owner)"
    }

    var name: String { "person \(number)" }
    var address: String { "10.0.\(number / 250).\(number % 250)" }
    var publicKey: [UInt8] { [UInt8](repeating: UInt8(owner + 1), count: 32) }

    /// Whether it thinks that it plays, with a socket or without.
    var isPlaying: Bool { if case .playing = status { true } else { false } }

    func credential(atMs wallMs: Int64) -> Credential {
        guard let identity else { return .none }
        return identity.expiresAtMs > wallMs ? .valid(identity) : .expired
    }
}

/// Why a request was made, so that its answer finds its way.
enum Purpose: Sendable {
    case challenge
    case signIn
    case refresh
    case guest
    case handshake
    case snapshot
    case changes(from: Version)
    case logout
    case delete
    /// A push of this batch of clicks.
    case push(String)
    /// An ad before a page.
    case ad
    /// Whatever else; its answer is only looked at by the auditor.
    case curiosity
    /// The same without a token: a refusal then says nothing of one that came meanwhile.
    case nothing
}
