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
    var replica = CanvasReplica()
    /// What the latest token says.
    var identity: Identity?
    var refreshToken: [UInt8] = []
    /// The socket it listens to.
    var link: ConnectionID?
    var isSigningIn = false
    var isPlaying = false
    /// What each placement on the socket was, by message id: nil for an undo.
    var nextMessage = 1

    init(number: Int, role: Role) {
        self.number = number
        self.role = role
    }

    var name: String { "person \(number)" }
    var address: String { "10.0.0.\(number)" }
    var publicKey: [UInt8] { [UInt8](repeating: UInt8(number + 1), count: 32) }

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
    case snapshot
    case changes(from: Version)
    case place(Pixel)
    case undo
    /// Whatever else; its answer is only looked at by the auditor.
    case curiosity(Route)
}
