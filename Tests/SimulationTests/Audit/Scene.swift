import Engine
import Game
import Protocol
import Simulation
import Testing

/// Ann, Bob and Cat before a server with one place and a line of two: the stage for doctored histories.
enum Scene {
    static let ann = Identifier(rawValue: 1)
    static let bob = Identifier(rawValue: 2)
    static let cat = Identifier(rawValue: 3)
    static let dan = Identifier(rawValue: 4)

    /// The wall clock stands at this when the monotonic one stands at 0.
    static let wallMs: Int64 = 1_000_000

    /// One step of the server as the auditor is told of it.
    struct Step: Sendable {
        var atUs: Int64
        var passed: [Effect] = []
        var took: [(input: Input, effects: [Effect])] = []
        var pursued: [Effect] = []
        /// What is told between the inputs and the end of the step.
        var meanwhile: [Observation] = []
        var standing: Standing
        /// What the disk keeps after one of the inputs.
        var keeps: (records: [Record], after: Int)?

        var told: [(atUs: Int64, observation: Observation)] {
            var observations: [Observation] = [
                .passed(wallMs: Scene.wallMs + atUs / 1000, reads: [], passed)
            ]
            observations += meanwhile
            for (index, turn) in took.enumerated() {
                observations.append(.took(turn.input, turn.effects))
                if let keeps, keeps.after == index { observations.append(.kept(keeps.records)) }
            }
            observations += [.pursued(pursued), .stands(standing)]
            return observations.map { (atUs, $0) }
        }
    }

    struct Lawful: Sendable, CustomTestStringConvertible {
        var what: String
        var steps: [Step]
        var testDescription: String { what }
    }

    typealias Doctored = AuditorTests.Doctored

    // MARK: Who they are

    static func socket(_ number: UInt64) -> ConnectionID { ConnectionID(rawValue: number) }

    static func session(_ who: Identifier) -> Identifier { Identifier(rawValue: who.rawValue + 100) }

    static func identity(_ who: Identifier, generation: Int = 0, endsMs: Int64 = wallMs + 151_000) -> Identity
    {
        Identity(
            id: who, sessionID: session(who), kind: .account, generation: generation, expiresAtMs: endsMs)
    }

    static func caller(_ who: Identifier?) -> Caller {
        Caller(address: "a", credential: who.map { .valid(identity($0)) } ?? .none)
    }

    static func request(_ number: UInt64) -> RequestID { RequestID(rawValue: number) }

    /// A refresh token's hash is the token backwards; generation g of someone's is `[who, g]`.
    static func token(_ who: Identifier, _ generation: UInt8) -> [UInt8] {
        [UInt8(who.rawValue), generation]
    }

    static func entropy(_ who: Identifier, _ generation: UInt8 = 0) -> Entropy {
        Entropy(
            accountID: who, sessionID: session(who), challenge: [], refreshToken: token(who, generation),
            refreshHash: token(who, generation).reversed())
    }

    // MARK: What they do

    static func signsIn(_ who: Identifier, _ effects: [Effect] = []) -> (Input, [Effect]) {
        let proof = DeviceSignIn(
            publicKey: [UInt8(who.rawValue)], challenge: [], signature: [], name: "name \(who.rawValue)")
        let proofs = EdgeProofs(entropy: entropy(who), signatureValid: true)
        return (.request(request(who.rawValue), .signInWithDevice(proof), caller(nil), proofs), effects)
    }

    static func asks(_ number: UInt64, _ route: Route, _ who: Identifier?, _ effects: [Effect] = [])
        -> (Input, [Effect])
    {
        (.request(request(number), route, caller(who), .none), effects)
    }

    /// Shows one's refresh token of a generation; the child is one higher.
    static func refreshes(
        _ number: UInt64, _ who: Identifier, _ generation: UInt8, _ effects: [Effect] = []
    ) -> (Input, [Effect]) {
        let proofs = EdgeProofs(
            entropy: entropy(who, generation + 1), presentedRefreshHash: token(who, generation).reversed())
        return (.request(request(number), .refresh(token: ""), caller(nil), proofs), effects)
    }

    static func opens(
        _ who: Identifier, _ number: UInt64, as word: StatusWord = .afk, _ effects: [Effect] = []
    ) -> (Input, [Effect]) {
        (
            .opened(socket(number), identity(who), address: "a", play: false, relay: nil),
            effects + [.send(socket(number), ServerEnvelope(.welcome(welcome(who, word))))]
        )
    }

    static func says(_ message: ClientMessage, _ number: UInt64, _ effects: [Effect] = []) -> (
        Input, [Effect]
    ) {
        (.message(socket(number), ClientEnvelope(id: 7, message)), effects)
    }

    private static func welcome(_ who: Identifier, _ word: StatusWord) -> Welcome {
        Welcome(
            account: AccountName(id: who, name: "name \(who.rawValue)"), sessionID: session(who),
            status: word,
            canvas: CanvasHead(
                size: AuditorTests.configuration().canvasSize, epoch: 1, version: 0, palette: .standard),
            serverTimeMs: 0, heartbeatMs: 10_000, clickPushRateSeconds: 5)
    }

    // MARK: What they are told

    static func tells(_ number: UInt64, _ status: PlayerStatus, isReply: Bool = true) -> Effect {
        .send(socket(number), ServerEnvelope(replyTo: isReply ? 7 : nil, .status(status)))
    }

    static func fails(_ number: UInt64, _ code: ErrorCode) -> Effect {
        .send(socket(number), ServerEnvelope(replyTo: 7, .error(Failure(code, ""))))
    }

    static func answers(_ number: UInt64, _ answer: Answer) -> Effect { .respond(request(number), answer) }

    /// The word for a place whose deadline is at a monotonic time.
    static func playing(_ deadlineUs: Int64) -> PlayerStatus {
        .playing(idleDeadlineMs: wallMs + deadlineUs / 1000)
    }

    /// The word for a position in the line that all joined at the opening.
    static func queued(_ position: Int) -> PlayerStatus {
        .queued(position: position, sinceMs: wallMs + 1_000)
    }

    // MARK: The opening

    /// Where the opening leads: Ann plays until 11 s, Bob waits before Cat.
    static let opened = Standing(
        playing: [ann], deadlinesUs: [11_000_000], queue: [bob, cat], connections: 3, presences: 3)

    /// A standing with some things changed.
    static func standing(_ change: (inout Standing) -> Void) -> Standing {
        var standing = opened
        change(&standing)
        return standing
    }

    /// At 1 s all sign in, open sockets 1 to 3 and ask to play, one after another.
    static let opening = Step(
        atUs: 1_000_000,
        took: [
            signsIn(ann), signsIn(bob), signsIn(cat), opens(ann, 1), opens(bob, 2), opens(cat, 3),
            says(.play, 1, [tells(1, playing(11_000_000))]), says(.play, 2, [tells(2, queued(1))]),
            says(.play, 3, [tells(3, queued(2))]),
        ],
        standing: opened)

    /// A place that goes to Bob at a time, which Cat is told of.
    static func bobFollows(atUs: Int64) -> [Effect] {
        [tells(2, playing(atUs + 10_000_000), isReply: false), tells(3, queued(1), isReply: false)]
    }

    /// Ann leaves and the next in line get what they are due.
    static func annLeaves(atUs: Int64) -> Step {
        Step(
            atUs: atUs, took: [says(.leave, 1, [tells(1, .afk)])], pursued: bobFollows(atUs: atUs),
            standing: bobPlays(atUs: atUs))
    }

    static func bobPlays(atUs: Int64) -> Standing {
        standing {
            $0.playing = [bob]
            $0.deadlinesUs = [atUs + 10_000_000]
            $0.queue = [cat]
        }
    }
}
