public import Crypto
public import Protocol
public import Transport

/// Who a client is, where it goes and what it follows.
public struct ClientConfiguration: Sendable {
    /// Who signs in.
    public enum Identity: Sendable {
        /// An account, by its device's key; a name is wished for at the first sign-in. Where the sessions are
        /// kept, the next start goes on with them; without a place they live in memory.
        case device(Ed25519PrivateKey, name: String?, kept: SessionStore? = nil)
        /// An account that a person signed in to with Google; without a session that is kept, or none any more,
        /// the client closes with `sign_in_required` until `signInByGoogle` brings another.
        case google(kept: SessionStore?)
        /// An anonymous token, kept in memory.
        case guest
    }

    /// How the canvas is followed.
    public enum Mode: Hashable, Sendable {
        /// A WebSocket: frames while playing or queued, polling by the cooldown otherwise.
        case play
        /// A guest's socket where the server lets spectators watch live, else none: polling by the cooldown.
        case watch
    }

    /// The server.
    public var url: ServerURL
    /// Who signs in.
    public var identity: Identity
    /// How the canvas is followed.
    public var mode: Mode
    /// Whether a guest watches live where the server allows it.
    public var watchesLive = true
    /// The form of the socket's messages.
    public var codec = MessageCodec.binary
    /// Whether to play as soon as connected, once: a connection that was lost comes back as what it was.
    public var wantsToPlay = false
    /// Whom to trust over TLS.
    public var tls: TLSClientSettings?
    /// Seeds the jitter of reconnects.
    public var seed = SecureRandom.uint64()
    /// Whether a lost connection is sought again.
    public var reconnects = true
    /// Whether the canvas is fetched and followed.
    public var followsCanvas = true
    /// Whether each of the socket's messages is also handed on as its bytes.
    public var deliversRaw = false
    /// Whether heartbeats are sent, which measure the latency; without them pongs show life.
    public var sendsHeartbeats = true
    /// Between two looks at who is there, in milliseconds; 0 is never.
    public var countsIntervalMs = 5_000
    /// A connection that held for so long starts the backoff over, in milliseconds.
    public var stableAfterMs = 5_000

    /// Takes what has no default.
    public init(url: ServerURL, identity: Identity, mode: Mode = .play) {
        self.url = url
        self.identity = identity
        self.mode = mode
    }
}
