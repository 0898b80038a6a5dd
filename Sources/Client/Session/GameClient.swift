import Crypto
public import Protocol
public import Transport

/// A player, watcher or bot at one server: sign-in, connection, and the canvas kept current.
///
/// Confined to its loop's thread. All it has to say goes to one handler, never from inside a call of the
/// owner's but for `start`, `play` and `stop`, which tell the state they lead to.
public final class GameClient {
    /// What the canvas is, as far as it is known.
    public internal(set) var replica = CanvasReplica()
    /// How the connection stands.
    public internal(set) var state = ConnectionState.closed(.stopped)
    /// Who we are; nil before the first sign-in.
    public internal(set) var account: AccountName?
    /// Whether an own change can be asked for right now.
    public var isConnected: Bool { state == .connected }
    /// Whether `play` was asked for and not answered yet.
    public var isAskingToPlay: Bool { wish.isForPlay }

    let loop: EventLoop
    var configuration: ClientConfiguration
    let onEvent: (ClientEvent) -> Void
    var session: Session?
    var generator: SeededGenerator
    var palette = Palette.standard

    /// The socket, from the handshake on; an older one's events don't count.
    var socket: WebSocket?
    var connection = 0
    var codec = MessageCodec.json
    /// The token that the socket was opened with.
    var handshakeToken: String?
    var wish: PlayWish
    /// The account's state by the socket's last word.
    var standing: StatusWord?
    /// Whether the server sent us away for idling: the canvas is watched by polling until `play`.
    var isAway = false
    /// Whether a socket is open and welcomed, also one by which a watcher watches.
    var isLinked = false
    /// Whether this server gives frames to spectators, as far as is known.
    var isServerLive = false
    /// Whether the way to a watcher's socket is barred.
    var isLiveRefused = false
    var sleep = SleepDetector()
    /// The machine's clock that goes on while it sleeps, in microseconds.
    var bootUs: () -> Int64 = SleepDetector.bootUs
    var backoff = Backoff()
    /// Whether a refused token was renewed without a wait since the last stable connection.
    var hasRenewedAtOnce = false
    var nextID: Int
    /// The next of our own messages' numbers, out of the way of those that an owner would choose.
    var nextOwnID = 1 << 51
    var ownMessages: [Int: OwnMessage] = [:]
    var heartbeatMs = 15_000
    var serverClock = ServerClock()
    var polling = PollingPace()
    var timers: ClientTimers?
    var clicks: ClickTracker
    /// The relays whose rooms we are in, or come back to, in the order in which they were entered.
    public internal(set) var rooms: [Identifier] = []

    /// The run that is asked for or under way.
    var run: RunStanding?

    /// A sign-in that waits for a person.
    var codeSignIn: CodeSignIn?
    var codePatience = CodeFlow.Patience()

    /// Takes its place on a loop; nothing happens before `start`.
    public init(loop: EventLoop, configuration: ClientConfiguration, onEvent: @escaping (ClientEvent) -> Void)
    {
        self.loop = loop
        self.configuration = configuration
        self.onEvent = onEvent
        generator = SeededGenerator(seed: configuration.seed)
        // Batches' names must differ from those of an earlier start, whatever the seed.
        clicks = ClickTracker(generator: SeededGenerator(seed: SecureRandom.uint64()))
        wish = PlayWish(configuration.wantsToPlay ? .play : nil)
        // Where the owner's own ids pass through, ours must not look like one of them.
        nextID = configuration.deliversRaw ? 1 << 52 : 1
    }

    /// Signs in and connects.
    public func start() {
        guard case .closed = state else { return }
        timers = ClientTimers(loop: loop, client: self)
        lookForSleep()
        if session == nil { session = makeSession() }
        signIn()
    }

    /// Leaves and stays away.
    public func stop() {
        disconnect(code: .normal)
        cancelSignIn()
        session?.close()
        session = nil
        socket = nil
        timers = nil
        isAway = false
        enter(.closed(.stopped))
    }

    /// Asks for a cell's new color; the answer is `.placed` or `.failed` with this id.
    ///
    /// - Returns: the id; nil without a connection, where nothing was asked.
    @discardableResult
    public func place(x: Int, y: Int, color: UInt8) -> Int? {
        send(.place(Pixel(x: x, y: y, color: color)))
    }

    /// Asks to take the latest placement back; the answer is `.placed` or `.failed` with this id.
    @discardableResult
    public func undo() -> Int? {
        send(.undo)
    }

    /// Sends a message under an id of ours.
    ///
    /// - Returns: the id; nil without a connection.
    @discardableResult
    public func send(_ message: ClientMessage) -> Int? {
        guard isConnected else { return nil }
        let id = nextID
        nextID += 1
        send(ClientEnvelope(id: id, message))
        return id
    }

    /// Sends a message as it stands; nothing happens without a connection.
    public func send(_ envelope: ClientEnvelope) {
        guard isLinked else { return }
        let bytes = codec.encode(envelope)
        switch codec {
        case .json: socket?.send(text: bytes)
        case .binary: socket?.send(binary: bytes)
        }
    }

    /// Sends bytes as a text message, whatever they mean; for a `.json` connection.
    ///
    /// The bytes must be valid UTF-8.
    public func send(text: [UInt8]) {
        guard isConnected else { return }
        socket?.send(text: text)
    }

    func enter(_ state: ConnectionState) {
        guard self.state != state else { return }
        self.state = state
        onEvent(.connection(state))
    }
}

/// A client's planned moments.
struct ClientTimers {
    /// The next attempt to sign in or connect; while connecting, the end of patience for the welcome.
    let attempt: LoopTimer
    let stable: LoopTimer
    let heartbeat: LoopTimer
    let counts: LoopTimer
    let fetch: LoopTimer
    let clicks: LoopTimer
    let sleep: LoopTimer

    init(loop: EventLoop, client: GameClient) {
        attempt = loop.makeTimer { [weak client] in client?.attemptAgain() }
        stable = loop.makeTimer { [weak client] in client?.becameStable() }
        heartbeat = loop.makeTimer { [weak client] in client?.beat() }
        counts = loop.makeTimer { [weak client] in client?.lookAround() }
        fetch = loop.makeTimer { [weak client] in client?.fetchIfDue() }
        clicks = loop.makeTimer { [weak client] in client?.pushClicks() }
        sleep = loop.makeTimer { [weak client] in client?.lookForSleep() }
    }

    func cancelConnected() {
        for timer in [stable, heartbeat, counts, fetch, clicks] { timer.cancel() }
    }
}
