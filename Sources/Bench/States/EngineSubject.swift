import Engine
import Game
import Protocol

/// An engine with so many accounts, all connected, a tenth of them waiting and a hundredth playing, whose clock
/// and storage are the benchmark's.
///
/// Time goes on by the engine's own planned wake-ups alone; commits and snapshots end at once.
struct EngineSubject {
    /// The accounts.
    let count: Int
    /// How long each kind of step took.
    private(set) var samples: [StepKind: Samples] = [:]
    private(set) var engine: ServerEngine
    private(set) var crowd: Crowd
    private var now = Moment(monotonicUs: 0, wallMs: Self.startMs)
    private var random: SeededGenerator
    private var effects: [Effect] = []
    private var sockets: [ConnectionID?]
    private var generations: [UInt64]
    private var lastSocket: UInt64 = 0
    private var lastRequest: UInt64 = 0
    private var nextHeard = 0
    private var nextHeardUs: Int64 = 0
    /// Accounts whose socket the engine closed.
    private var closed: [Int] = []
    private let canvasSize: CanvasSize
    /// Between two steps of a round; half of all idling falls into such pauses.
    private let longestPauseUs: Int64
    /// How many are to wait.
    private let waiting: Int

    private static let side = 1_000
    private static let startMs: Int64 = 1_700_000_000_000
    /// How long nothing may be heard of an account, in microseconds: well below the engine's own limit.
    private static let hearingIntervalUs: Int64 = 15_000_000
    /// Lets all pass, yet is counted.
    private static let generousRate = Rate(perSecond: 1e6, burst: 1_000_000)
    /// An account's number stands in the low bits of its id.
    private static let numberBits: UInt64 = 20

    /// Signs everyone in, opens their sockets and fills places and line.
    init(count: Int, seed: UInt64) throws(BenchFailure) {
        guard let size = CanvasSize(width: Self.side, height: Self.side), count < 1 << Self.numberBits else {
            throw BenchFailure("no engine for \(count) accounts")
        }
        self.count = count
        canvasSize = size
        random = SeededGenerator(seed: seed)
        crowd = Crowd(count: count)
        sockets = [ConnectionID?](repeating: nil, count: count)
        generations = [UInt64](repeating: 0, count: count)
        var configuration = EngineConfiguration(
            canvasSize: size, palette: .standard, puzzleStock: BuiltInStock.puzzles)
        configuration.maxPlayers = max(1, count / 100)
        configuration.maxQueued = count
        configuration.placeRate = Self.generousRate
        configuration.messageRate = Self.generousRate
        configuration.requestRate = Self.generousRate
        configuration.signInRate = Self.generousRate
        configuration.maxConnectionsPerAddress = 0
        // Nobody renews a token here but by the refreshes that are measured.
        configuration.accessTokenSeconds = Limits.refreshTokenSeconds
        engine = ServerEngine(
            configuration: configuration, recovered: Self.recovered(count, now), at: now)
        waiting = count / 10
        longestPauseUs =
            Int64(configuration.idleSeconds) * 1_000_000 / Int64(configuration.maxPlayers)
            / Int64(StepKind.mixed.count)
        for account in 0..<count { open(account) }
        // Deadlines spread over the time to idling, as they do once a server has run for a while.
        let gapUs = Int64(configuration.idleSeconds) * 1_000_000 / Int64(configuration.maxPlayers)
        for _ in 0..<configuration.maxPlayers {
            step(.play)
            pass(us: gapUs)
        }
        refill()
        samples = [:]
    }

    // MARK: The mix

    /// Does one step of each kind in the mix, in an order of its own.
    mutating func round() {
        for kind in StepKind.mixed.shuffled(using: &random) {
            step(kind)
            // So that no two deadlines are the same, nor stand in clusters.
            pass(us: Int64.random(in: 1...longestPauseUs, using: &random))
        }
        refill()
    }

    /// Hands over what was measured, and starts anew.
    mutating func takeSamples() -> [StepKind: Samples] {
        defer { samples = [:] }
        return samples
    }

    /// Fills the line up to its length, unmeasured: more leave it in a round than join.
    private mutating func refill() {
        while crowd.count(.queued) < waiting, let account = crowd.draw(.afk, using: &random) {
            run([message(.play, from: account)])
            perform()
        }
    }

    private mutating func step(_ kind: StepKind) {
        switch kind {
        case .play: drawn(.afk) { subject, account in [subject.message(.play, from: account)] }
        case .leave:
            drawn(.queued, as: .leave) { subject, account in [subject.message(.leave, from: account)] }
        case .promotion:
            drawn(.playing, as: .promotion) { subject, account in [subject.message(.leave, from: account)] }
        case .place:
            drawn(.playing, as: .place) { subject, account in
                let cell = Int.random(in: 0..<subject.canvasSize.cellCount, using: &subject.random)
                let color = UInt8.random(in: 0..<32, using: &subject.random)
                let pixel = Pixel(x: cell % Self.side, y: cell / Self.side, color: color)
                return [subject.message(.place(pixel), from: account)]
            }
        case .reconnect:
            let state = Bool.random(using: &random) ? PlayerState.playing : .queued
            drawn(state, as: .reconnect) { subject, account in subject.reconnection(of: account) }
        case .heartbeat:
            let account = Int.random(in: 0..<count, using: &random)
            perform(.heartbeat, [message(.heartbeat, from: account)])
        case .refresh:
            let account = Int.random(in: 0..<count, using: &random)
            perform(.refresh, [refresh(of: account)])
        case .idling:
            let before = samples[.idling]?.count ?? 0
            while samples[.idling]?.count ?? 0 == before, let wakeUs = engine.nextWakeUs { wake(at: wakeUs) }
        case .committed, .positions, .look:
            preconditionFailure("these come by themselves")
        }
    }

    private mutating func drawn(
        _ state: PlayerState, as kind: StepKind = .play,
        _ inputs: (inout EngineSubject, Int) -> [Input]
    ) {
        guard let account = crowd.draw(state, using: &random) else { return }
        perform(kind, inputs(&self, account))
    }

    private func message(_ message: ClientMessage, from account: Int) -> Input {
        guard let socket = sockets[account] else { preconditionFailure("everyone is connected") }
        return .message(socket, ClientEnvelope(id: 1, message))
    }

    private mutating func reconnection(of account: Int) -> [Input] {
        guard let former = sockets[account] else { preconditionFailure("everyone is connected") }
        return [.closed(former), opening(account)]
    }

    private mutating func opening(_ account: Int) -> Input {
        lastSocket += 1
        let socket = ConnectionID(rawValue: lastSocket)
        sockets[account] = socket
        return .opened(
            socket, Self.identity(account), address: Self.address(account), play: false, relay: nil)
    }

    private mutating func open(_ account: Int) {
        run([opening(account)])
        perform()
    }

    private mutating func refresh(of account: Int) -> Input {
        let shown = Self.hash(account, generations[account])
        generations[account] += 1
        let child = Self.hash(account, generations[account])
        let entropy = Entropy(
            accountID: Identifier(rawValue: 0), sessionID: Identifier(rawValue: 0), challenge: [],
            refreshToken: child, refreshHash: child)
        lastRequest += 1
        return .request(
            RequestID(rawValue: lastRequest), .refresh(token: ""),
            Caller(address: Self.address(account), credential: .none),
            EdgeProofs(entropy: entropy, presentedRefreshHash: shown))
    }

    // MARK: Steps and time

    /// Measures a step and does what it wants done.
    private mutating func perform(_ kind: StepKind, _ inputs: [Input]) {
        samples[kind, default: Samples()].add(run(inputs))
        perform()
    }

    /// Takes one step and returns how long it took, in nanoseconds.
    @discardableResult
    private mutating func run(_ inputs: [Input]) -> Int64 {
        effects.removeAll(keepingCapacity: true)
        let start = MonotonicClock.nowNs
        engine.step(inputs, at: now, into: &effects)
        return MonotonicClock.nowNs - start
    }

    private mutating func perform() {
        var answers: [(StepKind, Input)] = []
        for effect in effects {
            switch effect {
            case .commit(let id, _): answers.append((.committed, .committed(id)))
            case .takeSnapshot(let size, let epoch, let version, _):
                let snapshot = SnapshotAnswer(size: size, epoch: epoch, version: version, zlib: [])
                answers.append((.look, .snapshotTaken(snapshot)))
            case .log(.queued(let account, _)): crowd.move(Self.number(account), to: .queued)
            case .log(.playing(let account)): crowd.move(Self.number(account), to: .playing)
            case .log(.left(let account)): crowd.move(Self.number(account), to: .afk)
            case .log(.wentAFK(let account, _)):
                crowd.move(Self.number(account), to: .afk)
                closed.append(Self.number(account))
            case .close(_, let code) where code != .afk:
                preconditionFailure("a socket was closed with \(code.rawValue)")
            default: break
            }
        }
        // Snapshots are held by nobody while the next step changes the cells.
        effects.removeAll(keepingCapacity: true)
        for (kind, answer) in answers { perform(kind, [answer]) }
        while let account = closed.popLast() { open(account) }
    }

    /// Lets time pass, with all wake-ups that are planned in it.
    private mutating func pass(us: Int64) {
        let end = now.monotonicUs + us
        while let wakeUs = engine.nextWakeUs, wakeUs <= end { wake(at: wakeUs) }
        goOn(to: end)
    }

    /// Moves the clock, hearing of one account after the other as it goes.
    private mutating func goOn(to atUs: Int64) {
        while nextHeardUs < atUs {
            now.monotonicUs = max(now.monotonicUs, nextHeardUs)
            nextHeardUs += Self.hearingIntervalUs / Int64(count)
            if let socket = sockets[nextHeard] { run([.alive(socket)]) }
            perform()
            nextHeard = (nextHeard + 1) % count
        }
        now.monotonicUs = max(now.monotonicUs, atUs)
        now.wallMs = Self.startMs + now.monotonicUs / 1_000
    }

    /// Lets time pass to a planned wake-up, and measures what that brings.
    private mutating func wake(at atUs: Int64) {
        goOn(to: atUs)
        let ns = run([.wake])
        let kind: StepKind =
            effects.contains(where: Self.isIdling)
            ? .idling : effects.contains(where: Self.isPosition) ? .positions : .look
        samples[kind, default: Samples()].add(ns)
        perform()
    }

    private static func isIdling(_ effect: Effect) -> Bool {
        if case .log(.wentAFK(_, .idleDeadline)) = effect { true } else { false }
    }

    private static func isPosition(_ effect: Effect) -> Bool {
        if case .send(_, let envelope) = effect, case .status(.queued) = envelope.message {
            true
        } else {
            false
        }
    }

    // MARK: Accounts

    private static func recovered(_ count: Int, _ now: Moment) -> RecoveredState {
        var recovered = RecoveredState()
        for account in 0..<count {
            let identity = identity(account)
            recovered.accounts.append(
                AccountRecord(
                    id: identity.id, name: "Player \(account)", publicKey: hash(account, .max),
                    createdAtMs: 0))
            recovered.sessions.append(
                SessionRecord(
                    id: identity.sessionID, account: identity.id, refreshHash: hash(account, 0),
                    generation: 0, refreshedAtMs: now.wallMs,
                    expiresAtMs: now.wallMs + Int64(Limits.refreshTokenSeconds) * 1000))
        }
        return recovered
    }

    private static func identity(_ account: Int) -> Identity {
        var random = SeededGenerator(seed: UInt64(account))
        return Identity(
            id: Identifier(rawValue: (random.next() >> numberBits) << numberBits | UInt64(account)),
            sessionID: Identifier(rawValue: random.next()), kind: .account, generation: 0,
            expiresAtMs: .max)
    }

    private static func number(_ account: Identifier) -> Int {
        Int(account.rawValue & ((1 << numberBits) - 1))
    }

    private static func address(_ account: Int) -> String {
        "10.\(account >> 16).\(account >> 8 & 255).\(account & 255)"
    }

    /// 32 bytes of an account's own for each generation.
    private static func hash(_ account: Int, _ generation: UInt64) -> [UInt8] {
        var random = SeededGenerator(seed: UInt64(account) ^ generation &* 0x9E37_79B9_7F4A_7C15)
        return (0..<4).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } }
    }
}
