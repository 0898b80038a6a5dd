import Engine
import Protocol

/// An engine with a clock and a disk that the test moves by hand.
struct Desk {
    var engine: ServerEngine
    var now = Moment(monotonicUs: 1_000_000_000, wallMs: 1_700_000_000_000)
    /// Everything the last `give` brought.
    var effects: [Effect] = []
    /// Whether commits and snapshots succeed by themselves, at once.
    var isAutomatic = true
    /// Every record that was kept.
    var kept: [Record] = []
    /// Every frame that was published.
    var frames: [PixelRun] = []
    private var lastRequest: UInt64 = 0
    private var lastEntropy: UInt64 = 1_000

    static func configuration(_ change: (inout EngineConfiguration) -> Void = { _ in }) -> EngineConfiguration
    {
        guard let size = CanvasSize(width: 10, height: 10) else { preconditionFailure("a legal size") }
        var configuration = EngineConfiguration(canvasSize: size, palette: .standard)
        change(&configuration)
        return configuration
    }

    init(
        recovered: RecoveredState = RecoveredState(), _ change: (inout EngineConfiguration) -> Void = { _ in }
    ) {
        engine = ServerEngine(configuration: Self.configuration(change), recovered: recovered, at: now)
        give([])
    }

    mutating func pass(ms: Int64) {
        now.monotonicUs += ms * 1000
        now.wallMs += ms
    }

    /// Lets time pass and wakes the engine as it asked for until then.
    mutating func run(ms: Int64) {
        let end = now.monotonicUs + ms * 1000
        while let wake = engine.nextWakeUs, wake <= end {
            let at = max(wake, now.monotonicUs)
            now.wallMs += (at - now.monotonicUs + 999) / 1000
            now.monotonicUs = at
            give([.wake])
        }
        now.wallMs += (end - now.monotonicUs) / 1000
        now.monotonicUs = end
    }

    mutating func give(_ inputs: [Input]) {
        effects = []
        step(inputs)
    }

    mutating func give(_ input: Input) { give([input]) }

    private mutating func step(_ inputs: [Input]) {
        var out: [Effect] = []
        engine.step(inputs, at: now, into: &out)
        effects += out
        var answers: [Input] = []
        for effect in out {
            switch effect {
            case .commit(let id, let records) where isAutomatic:
                kept += records
                answers.append(.committed(id))
            case .takeSnapshot(let size, let epoch, let version, let cells) where isAutomatic:
                answers.append(
                    .snapshotTaken(SnapshotAnswer(size: size, epoch: epoch, version: version, zlib: cells)))
            case .publish(_, .pixels(let run)):
                frames.append(run)
            default:
                break
            }
        }
        if !answers.isEmpty { step(answers) }
    }

    // MARK: People

    static func account(_ number: UInt64) -> Identity {
        Identity(
            id: Identifier(rawValue: number), sessionID: Identifier(rawValue: number + 500), kind: .account,
            generation: 0, expiresAtMs: .max)
    }

    static func guest(_ number: UInt64) -> Identity {
        Identity(
            id: Identifier(rawValue: number), sessionID: Identifier(rawValue: number + 500),
            kind: .guest(name: "guest-\(number)"), generation: 0, expiresAtMs: .max)
    }

    /// A store that knows accounts 1 to 9.
    static func withAccounts() -> RecoveredState {
        let accounts = (1...9 as ClosedRange<UInt64>).map {
            AccountRecord(
                id: Identifier(rawValue: $0), name: "Player \($0)",
                publicKey: [UInt8](repeating: UInt8($0), count: 32), createdAtMs: 0)
        }
        return RecoveredState(accounts: accounts)
    }

    static func socket(_ number: UInt64) -> ConnectionID { ConnectionID(rawValue: number) }

    /// Opens a socket and plays, on a connection numbered like the account unless told otherwise.
    mutating func play(_ number: UInt64, on connection: UInt64? = nil) {
        give(
            .opened(Self.socket(connection ?? number), Self.account(number), address: "10.0.0.1", play: true))
    }

    mutating func say(_ number: UInt64, _ message: ClientMessage, id: Int? = 1) {
        give(.message(Self.socket(number), ClientEnvelope(id: id, message)))
    }

    mutating func place(_ number: UInt64, _ x: Int, _ y: Int, _ color: UInt8) {
        say(number, .place(Pixel(x: x, y: y, color: color)))
    }

    mutating func entropy() -> Entropy {
        lastEntropy += 1
        let bytes = (0..<32).map { UInt8(truncatingIfNeeded: lastEntropy >> (8 * ($0 % 8))) }
        return Entropy(
            accountID: Identifier(rawValue: lastEntropy),
            sessionID: Identifier(rawValue: lastEntropy + 1 << 32),
            challenge: bytes, refreshToken: bytes, refreshHash: bytes.reversed())
    }

    /// Sends a request and returns its answer, if one came.
    mutating func ask(
        _ route: Route, _ credential: Credential = .none, from address: String = "10.0.0.1",
        proofs: EdgeProofs = .none
    ) -> Answer? {
        let id = nextRequest()
        give(.request(id, route, Caller(address: address, credential: credential), proofs))
        return answer(to: id)
    }

    mutating func nextRequest() -> RequestID {
        lastRequest += 1
        return RequestID(rawValue: lastRequest)
    }

    // MARK: What came out

    func answer(to id: RequestID) -> Answer? {
        for case .respond(id, let answer) in effects { return answer }
        return nil
    }

    /// The messages sent to one socket by the last `give`.
    func sent(to number: UInt64) -> [ServerEnvelope] {
        effects.compactMap { effect in
            if case .send(Self.socket(number), let envelope) = effect { envelope } else { nil }
        }
    }

    /// The code with which the last `give` closed a socket.
    func closed(_ number: UInt64) -> CloseCode? {
        for case .close(Self.socket(number), let code) in effects { return code }
        return nil
    }

    /// The commit that the last `give` started.
    var commit: (id: CommitID, records: [Record])? {
        for case .commit(let id, let records) in effects { return (id, records) }
        return nil
    }

    var logs: [LogEvent] {
        effects.compactMap { if case .log(let event) = $0 { event } else { nil } }
    }
}

extension Answer {
    var code: ErrorCode? {
        if case .failure(let failure) = self { failure.code } else { nil }
    }
}

extension ServerEnvelope {
    var code: ErrorCode? {
        if case .error(let failure) = message { failure.code } else { nil }
    }
}
