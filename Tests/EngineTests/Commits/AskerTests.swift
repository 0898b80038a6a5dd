import Engine
import Game
import Protocol
import Testing

/// Numbers that are the same for the same seed (splitmix64).
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// A desk whose storage is slow and fails, and everyone who asked something.
private struct Crowd {
    static let sockets: [UInt64] = [1, 2, 3, 80]

    var desk: Desk
    var dice: Dice
    var requests: [RequestID] = []
    var messages: [UInt64: [Int]] = [:]
    var relays: [Identifier] = []
    private var lastMessage = 0
    private var doneCommits: Set<UInt64> = []
    private var answeredQueries = 0
    private var waitingQueries: [(id: QueryID, query: Query)] = []

    init(seed: UInt64) {
        desk = Desk.clicking(seconds: 40) {
            $0.requestRate = Rate(perSecond: 0, burst: 1)
            $0.messageRate = Rate(perSecond: 0, burst: 1)
            $0.clickPushRateSeconds = 1
        }
        dice = Dice(state: seed)
        for number in 1...3 as ClosedRange<UInt64> { desk.open(number) }
        desk.give(.opened(Desk.socket(80), Desk.guest(80), address: "a", play: false, relay: nil))
        relays = [
            desk.startRelay([1, 2, 3]) { $0.startPoints = 40 }, desk.startRelay([3, 4]), desk.makeRelay([5]),
        ]
        desk.run(ms: 100)
        desk.isAutomatic = false
        desk.answersLookups = false
        desk.recorded = []
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &dice) < percent }

    mutating func push() -> ClickPush {
        let batch = chance(80) ? "batch \(Int.random(in: 0..<30, using: &dice))" : nil
        return ClickPush(clicks: chance(5) ? [0] : [Int.random(in: 1...16, using: &dice)], batchID: batch)
    }

    /// Something happens.
    mutating func move() {
        switch Int.random(in: 0..<12, using: &dice) {
        case 0...2: request(Desk.pushing(push().clicks, push().batchID))
        case 3, 4:
            guard let socket = Self.sockets.randomElement(using: &dice) else { return }
            say(.pushClicks(push()), on: socket)
        case 5, 6:
            guard let relay = relays.randomElement(using: &dice) else { return }
            let attempt = PuzzleAttempt(puzzle: relay, answer: "no such answer")
            let routes: [RelayRoute] = [
                .newPuzzle(relay), .join(.id(relay)), .start(relay), .points(relay), .create(RelayOptions()),
                .answer(relay, attempt), .puzzle(relay),
            ]
            guard let route = routes.randomElement(using: &dice) else { return }
            request(.relays(route))
        case 7: answer()
        case 8: finishCommit(isKept: chance(85))
        case 9: answerQuery(fails: chance(15))
        case 10:
            desk.pass(ms: Int64.random(in: 0...1_500, using: &dice))
            desk.give([.wake] + Self.sockets.map { .alive(Desk.socket($0)) })
        default: if !desk.engine.isStorageHealthy, chance(50) { desk.give(.storageProbed(nil)) }
        }
    }

    private mutating func request(_ route: Route) {
        let id = desk.nextRequest()
        requests.append(id)
        let number = UInt64.random(in: 1...6, using: &dice)
        let identity = number == 6 ? Desk.guest(81) : Desk.account(number)
        let caller = Caller(address: "a", credential: .valid(identity))
        desk.give(.request(id, route, caller, EdgeProofs(draw: desk.draw())))
    }

    private mutating func say(_ message: ClientMessage, on socket: UInt64) {
        lastMessage += 1
        messages[socket, default: []].append(lastMessage)
        desk.say(socket, message, id: lastMessage)
    }

    /// Someone answers an open puzzle on a socket, often rightly.
    private mutating func answer() {
        guard let relay = relays.first, let number = [1, 2, 3].randomElement(using: &dice) as UInt64? else {
            return
        }
        var copy = desk
        let open = copy.relay(.puzzle(relay), as: number)?.puzzle
        let text = chance(70) ? desk.solution(of: open?.id ?? relay) : "no such answer"
        lastMessage += 1
        messages[number, default: []].append(lastMessage)
        desk.give(
            .drawn(
                Desk.socket(number),
                ClientEnvelope(
                    id: lastMessage,
                    .answer(relay: relay, PuzzleAttempt(puzzle: open?.id ?? relay, answer: text))),
                desk.draw()))
    }

    mutating func finishCommit(isKept: Bool) {
        guard let commit = desk.lastCommit, desk.commits > 0, doneCommits.insert(commit.id.rawValue).inserted
        else { return }
        if isKept { desk.keep(commit) } else { desk.give(.commitFailed(commit.id, .full)) }
    }

    mutating func answerQuery(fails: Bool) {
        waitingQueries += desk.asked[answeredQueries...]
        answeredQueries = desk.asked.count
        guard !waitingQueries.isEmpty else { return }
        let (id, query) = waitingQueries.remove(at: Int.random(in: 0..<waitingQueries.count, using: &dice))
        let found = Shelf(desk.kept).answer(to: query)
        desk.give(.queryAnswered(id, fails ? .failed(.broken("read")) : found ?? .failed(.broken("none"))))
    }

    /// Storage catches up with all that is left.
    mutating func settle() {
        for _ in 0..<200 {
            if !desk.engine.isStorageHealthy { desk.give(.storageProbed(nil)) }
            finishCommit(isKept: true)
            answerQuery(fails: false)
            desk.pass(ms: 25)
            desk.give([.wake] + Self.sockets.map { .alive(Desk.socket($0)) })
        }
    }
}

@Suite("Whoever asks")
struct AskerTests {
    @Test(
        "is answered exactly once, whatever commits and look-ups fail, and what was acknowledged was kept",
        arguments: 1...30 as ClosedRange<UInt64>)
    func once(_ seed: UInt64) throws {
        var crowd = Crowd(seed: seed)
        for _ in 0..<600 { crowd.move() }
        crowd.settle()
        let desk = crowd.desk
        for id in crowd.requests { #expect(desk.responses[id]?.count == 1) }
        var replies: [UInt64: [Int]] = [:]
        var receipts: [ClickReceipt] = []
        for case .send(let socket, let envelope) in desk.recorded ?? [] {
            if case .clicksAccepted(let receipt, _) = envelope.message { receipts.append(receipt) }
            guard let reply = envelope.replyTo else { continue }
            replies[socket.rawValue, default: []].append(reply)
        }
        for socket in Crowd.sockets {
            #expect((replies[socket] ?? []).sorted() == crowd.messages[socket] ?? [])
        }
        receipts += crowd.requests.compactMap { desk.responses[$0]?.first?.receipt }
        let shelf = Shelf(desk.kept)
        #expect(!receipts.isEmpty)
        let kept = Set(shelf.pushes.map(\.receipt))
        #expect(receipts.allSatisfy(kept.contains))
        var batches: Set<String> = []
        for push in shelf.pushes {
            guard let batch = push.batchID else { continue }
            #expect(batches.insert("\(push.session) \(batch)").inserted, "no batch counts twice")
        }
        let game = try #require(desk.currentGame())
        for planet in game.planets {
            let own = shelf.pushes.filter { $0.game == game.game && $0.planet == planet.name }
            #expect(planet.clicks == own.reduce(0) { $0 + $1.accepted })
            #expect(planet.players == Set(own.map(\.holder)).count)
        }
        for relay in crowd.relays.compactMap(shelf.relay) {
            for player in relay.players {
                let points = relay.options.startPoints + player.awarded - player.decayed - player.penalized
                #expect(player.points == points)
            }
        }
    }
}
