import Engine
import Foundation
import Protocol
import Testing

/// An engine with a clock and a disk that the test moves by hand.
struct Desk {
    var engine: ServerEngine
    var now: Moment
    /// Everything the last `give` brought.
    var effects: [Effect] = []
    /// Whether commits and snapshots succeed by themselves, at once.
    var isAutomatic = true
    /// Whether what storage is asked about click games is answered at once, from the records that were kept.
    var answersLookups = false
    /// Whether a name is drawn at once for each click game that nobody ordered.
    var drawsGames = false
    /// Every record that was kept.
    var kept: [Record] = []
    /// Everything that storage was asked.
    private(set) var asked: [(id: QueryID, query: Query)] = []
    /// The commit that was started last.
    private(set) var lastCommit: (id: CommitID, records: [Record])?
    /// Every answer that every request got.
    private(set) var responses: [RequestID: [Answer]] = [:]
    /// Everything since this was set to nothing; nil where nobody cares.
    var recorded: [Effect]?
    /// Every frame that was published.
    var frames: [PixelRun] = []
    /// Every state that a socket was told, and every close, with its time.
    private(set) var told: [Told] = []
    /// How many commits were started; the last one bears this number.
    private(set) var commits: UInt64 = 0
    private var lastRequest: UInt64 = 0
    private var lastEntropy: UInt64 = 1_000
    /// The number of the last name that was drawn.
    var lastDraw: UInt64 = 50_000

    /// What a socket was told of its account's state, or the code that it was closed with.
    struct Told: Equatable {
        var socket: UInt64
        var status: PlayerStatus?
        var code: CloseCode?
        var atUs: Int64
    }

    /// The words of every desk's puzzles.
    static let puzzleStock: PuzzleStock = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        guard let words = try? Data(contentsOf: root.appending(path: "assets/puzzles/words.json")),
            let stock = try? PuzzleStock(json: Array(words))
        else { preconditionFailure("the project has words for puzzles") }
        return stock
    }()

    /// Where the wall clock starts.
    static let startMs: Int64 = 1_700_000_000_000

    static func configuration(_ change: (inout EngineConfiguration) -> Void = { _ in }) -> EngineConfiguration
    {
        guard let size = CanvasSize(width: 10, height: 10) else { preconditionFailure("a legal size") }
        var configuration = EngineConfiguration(
            canvasSize: size, palette: .standard, puzzleStock: puzzleStock)
        // Whoever tests click games asks for them; nobody else is to see any.
        configuration.clickGameSeconds = 0
        // Whoever tests the cap sets one; all others come from few addresses.
        configuration.maxConnectionsPerAddress = 0
        change(&configuration)
        return configuration
    }

    init(
        recovered: RecoveredState = RecoveredState(),
        at start: Moment = Moment(monotonicUs: 1_000_000_000, wallMs: startMs),
        _ change: (inout EngineConfiguration) -> Void = { _ in }
    ) {
        now = start
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
        recorded? += out
        var answers: [Input] = []
        for effect in out {
            switch effect {
            case .commit(let id, let records):
                commits = id.rawValue
                lastCommit = (id, records)
                guard isAutomatic else { continue }
                kept += records
                answers.append(.committed(id))
            case .respond(let id, let answer):
                responses[id, default: []].append(answer)
            case .query(let id, let query):
                asked.append((id, query))
                guard answersLookups else { continue }
                guard let answer = Shelf(kept).answer(to: query) else { continue }
                answers.append(.queryAnswered(id, answer))
            case .drawClickGame where drawsGames:
                answers.append(.clickGameDrawn(draw().id))
            case .takeSnapshot(let size, let epoch, let version, let cells) where isAutomatic:
                answers.append(
                    .snapshotTaken(SnapshotAnswer(size: size, epoch: epoch, version: version, zlib: cells)))
            case .publish(_, .pixels(let run)):
                frames.append(run)
            case .send(let id, let envelope):
                guard case .status(let status) = envelope.message else { continue }
                told.append(Told(socket: id.rawValue, status: status, code: nil, atUs: now.monotonicUs))
            case .close(let id, let code):
                told.append(Told(socket: id.rawValue, status: nil, code: code, atUs: now.monotonicUs))
            default:
                break
            }
        }
        if !answers.isEmpty { step(answers) }
    }

    // MARK: People

    static func account(_ number: UInt64) -> Identity {
        Identity(
            id: Identifier(rawValue: number), sessionID: Identifier(rawValue: number + 1 << 20),
            kind: .account, generation: 0, expiresAtMs: .max)
    }

    static func guest(_ number: UInt64) -> Identity {
        Identity(
            id: Identifier(rawValue: number), sessionID: Identifier(rawValue: number + 1 << 20),
            kind: .guest(name: "guest-\(number)"), generation: 0, expiresAtMs: .max)
    }

    /// A store that knows accounts 1 to so many, each signed in once.
    static func withAccounts(_ count: UInt64 = 9) -> RecoveredState {
        var recovered = RecoveredState()
        for number in 1...count {
            let bytes = withUnsafeBytes(of: number.littleEndian) { Array($0) }
            recovered.accounts.append(
                AccountRecord(
                    id: Identifier(rawValue: number), name: "Player \(number)",
                    publicKey: bytes + [UInt8](repeating: 1, count: 24), createdAtMs: 0))
            recovered.sessions.append(
                SessionRecord(
                    id: account(number).sessionID, account: Identifier(rawValue: number),
                    refreshHash: hash(of: firstToken(number)), generation: 0, refreshedAtMs: startMs,
                    expiresAtMs: startMs + Int64(Limits.refreshTokenSeconds) * 1000))
        }
        return recovered
    }

    static func socket(_ number: UInt64) -> ConnectionID { ConnectionID(rawValue: number) }

    /// Opens a socket, on a connection numbered like the account unless told otherwise.
    mutating func open(_ number: UInt64, on connection: UInt64? = nil, play: Bool = false) {
        give(
            .opened(
                Self.socket(connection ?? number), Self.account(number), address: "10.0.0.1", play: play,
                relay: nil))
    }

    /// Opens a socket and plays.
    mutating func play(_ number: UInt64, on connection: UInt64? = nil) {
        open(number, on: connection, play: true)
    }

    /// Loses a socket.
    mutating func lose(_ connection: UInt64) { give(.closed(Self.socket(connection))) }

    /// Lets time pass while sockets show life.
    mutating func run(ms: Int64, hearing sockets: [UInt64]) {
        var left = ms
        while left > 0 {
            let part = min(left, 10_000)
            run(ms: part)
            left -= part
            step(sockets.map { .alive(Self.socket($0)) })
        }
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

    /// A fresh name and seed.
    mutating func draw() -> Draw {
        lastDraw += 1
        return Draw(id: Identifier(rawValue: lastDraw), seed: lastDraw &* 0x9e37_79b9_7f4a_7c15)
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

    /// Asks as an account or guest, and lets a tick pass where the answer waits for storage.
    mutating func call(_ route: Route, as identity: Identity) -> Answer? {
        settle(route, .valid(identity))
    }

    /// Sends a request and returns its answer, letting a tick pass where that waits for storage.
    mutating func settle(
        _ route: Route, _ credential: Credential = .none, proofs: EdgeProofs = .none
    ) -> Answer? {
        if let answer = ask(route, credential, proofs: proofs) { return answer }
        let id = lastRequestID
        let before = effects
        pass(ms: 25)
        give(.wake)
        effects = before + effects
        return answer(to: id)
    }

    /// The request that was sent last.
    var lastRequestID: RequestID { RequestID(rawValue: lastRequest) }

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

    /// The state that the last `give` told a socket last.
    func status(to number: UInt64) -> PlayerStatus? {
        sent(to: number).compactMap { if case .status(let status) = $0.message { status } else { nil } }.last
    }

    /// What `status` says of who plays until so many milliseconds from now.
    func playing(forMs leftMs: Int64 = 120_000) -> PlayerStatus {
        .playing(idleDeadlineMs: now.wallMs + leftMs)
    }

    /// What a socket was told since a moment, with the time since then in milliseconds.
    func heard(by number: UInt64, since startUs: Int64 = 0) -> [(ms: Int64, told: Told)] {
        told.filter { $0.socket == number && $0.atUs >= startUs }.map { (($0.atUs - startUs) / 1000, $0) }
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

    /// What the last `give` asked of storage last.
    var query: (id: QueryID, query: Query)? {
        for case .query(let id, let query) in effects.reversed() { return (id, query) }
        return nil
    }

    /// How often storage was asked something.
    func askedCount(_ query: Query) -> Int { asked.count { $0.query == query } }

    /// Keeps a commit that didn't succeed by itself.
    mutating func keep(_ commit: (id: CommitID, records: [Record])) {
        kept += commit.records
        give(.committed(commit.id))
    }

    var logs: [LogEvent] {
        effects.compactMap { if case .log(let event) = $0 { event } else { nil } }
    }
}

extension Desk: CustomTestStringConvertible {
    var testDescription: String { "the desk" }
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
