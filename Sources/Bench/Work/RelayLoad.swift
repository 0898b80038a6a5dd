import Client
import Protocol

/// Players of many relays who answer their puzzles in turn, and what each member of a room hears and when.
final class RelayLoad {
    /// What everyone heard.
    private(set) var book: RoomBook
    /// When decays came.
    private(set) var beats: BeatBook
    /// From sending an answer to a member's reading what became of it, once for each member.
    private(set) var latencies = Histogram()
    /// Answers sent.
    private(set) var sent = 0
    /// Those of them that were wrong on purpose.
    private(set) var sentWrong = 0
    /// Verdicts that should have come to members.
    private(set) var verdictsExpected = 0
    /// Verdicts that came to members.
    private(set) var verdictsHeard = 0
    /// Answers refused, by the word of the refusal.
    private(set) var refusals: [String: Int] = [:]
    /// Verdicts that came to members later than they may.
    private(set) var lateVerdicts = 0
    /// Whether times are counted now.
    var isMeasuring = false

    private struct Player {
        var relay: Identifier
        var account: Identifier?
        var puzzle: PuzzleView?
        /// The puzzle under way to be judged.
        var tried: Identifier?
        var sentUs: Int64 = 0
        var answers = 0
    }

    private let loop: LoadLoop
    private let members: Int
    private let lateUs: Int64
    private let solver = PuzzleSolver(stock: BuiltInStock.puzzles)
    private var players: [Player]
    private var playerOf: [Identifier: Int] = [:]
    private var turns = 0

    private static let wrongEvery = 3
    private static let wrongAnswer = "no idea"

    /// Takes relays, each with so many players; the clients are theirs, a relay's one after the other.
    ///
    /// - Parameter lateUs: a verdict that takes longer is late, in microseconds.
    init(loop: LoadLoop, relays: [Identifier], members: Int, lateUs: Int64) {
        self.loop = loop
        self.members = members
        self.lateUs = lateUs
        book = RoomBook(rooms: relays.count, members: members)
        beats = BeatBook(rooms: relays.count)
        players = relays.flatMap { [Player](repeating: Player(relay: $0), count: members) }
    }

    /// Answers that aren't answered yet.
    var underWay: Int { players.count { $0.tried != nil } }

    /// Players with a puzzle before them.
    var ready: Int { players.count { $0.puzzle != nil } }

    /// Notes whose socket a client is.
    func welcome(_ client: LoadClient, _ account: Identifier) {
        players[client.index].account = account
        playerOf[account] = client.index
    }

    /// Has the next player answer: first those who are first in their rings, then the second, and so on.
    func answerNext() {
        let rooms = players.count / members
        let index = turns % rooms * members + turns / rooms % members
        turns += 1
        guard let puzzle = players[index].puzzle, players[index].tried == nil, let data = puzzle.data else {
            return
        }
        players[index].answers += 1
        let right = players[index].answers % Self.wrongEvery == 0 ? nil : solver.answer(data)
        let attempt = PuzzleAttempt(puzzle: puzzle.id, answer: right ?? Self.wrongAnswer)
        let payload = MessageCodec.binary.encode(
            ClientEnvelope(id: index, .answer(relay: players[index].relay, attempt)))
        sent += 1
        sentWrong += right == nil ? 1 : 0
        verdictsExpected += members
        players[index].tried = puzzle.id
        players[index].sentUs = MonotonicClock.nowUs
        loop.say(payload, opcode: 2, from: loop.clients[index])
    }

    /// Takes an answer to an answer.
    func take(_ envelope: ServerEnvelope, for client: LoadClient) {
        players[client.index].tried = nil
        guard case .error(let failure) = envelope.message else { return }
        refusals[failure.code.rawValue, default: 0] += 1
        verdictsExpected -= members
    }

    /// Takes an event of a room.
    func hear(_ frame: RelayFrame, _ payload: UnsafeRawBufferPointer, from client: LoadClient) {
        let nowUs = MonotonicClock.nowUs
        let room = client.index / members
        book.hear(frame.publicHash(of: payload), room: room, member: client.index % members)
        switch frame {
        case .verdict(let account, _):
            verdictsHeard += 1
            guard isMeasuring, let player = playerOf[account] else { return }
            let us = nowUs - players[player].sentUs
            latencies.record(us: us)
            lateVerdicts += us > lateUs ? 1 : 0
        case .decay(let leftMs):
            if isMeasuring { beats.arrive(room: room, leftMs: leftMs, us: nowUs) }
        case .assigned(let account, let puzzle):
            if puzzle.data != nil, players[client.index].account == account {
                players[client.index].puzzle = puzzle
            }
        case .state, .other: break
        }
    }

    /// Reads on until in each room everyone has heard the same, and closes its book then; what is lost or in another
    /// order after that time is counted.
    func settle(withinUs: Int64) -> (lost: Int, disordered: Int) {
        var open = Array(0..<players.count / members)
        var sums = (lost: 0, disordered: 0)
        let end = MonotonicClock.nowUs + withinUs
        func close(_ rooms: [Int]) {
            for room in rooms {
                let found = book.close(room)
                sums.lost += found.lost
                sums.disordered += found.disordered
            }
        }
        while !open.isEmpty, MonotonicClock.nowUs < end {
            loop.turn(timeoutMs: 1)
            guard underWay == 0, verdictsHeard >= verdictsExpected else { continue }
            let level = open.filter(book.isLevel)
            close(level)
            open.removeAll { level.contains($0) }
        }
        close(open)
        return sums
    }
}
