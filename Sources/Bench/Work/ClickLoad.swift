import Protocol

/// How guests push their clicks.
enum ClickForm: String, Codable {
    case webSocket = "WebSocket"
    case http = "HTTP"
}

/// Guests who push clicks in turn, each as often as the server asks for, and what they are answered.
///
/// Every twentieth push is sent twice under its name: half of these at once, half in the middle of the interval.
final class ClickLoad {
    /// Who pushed what.
    private(set) var ledger: ClickLedger
    /// From sending a push to reading its answer, repeats too.
    private var latencies = Histogram()
    /// Pushes sent, repeats too.
    private(set) var sent = 0
    /// Pushes refused, by the word or number of the refusal.
    private(set) var refusals: [String: Int] = [:]
    /// Whether latencies are counted now.
    var isMeasuring = false

    /// A push under way.
    private struct Flight {
        var guest: Int
        var sentUs: Int64
    }

    private struct LaterRepeat {
        var atUs: Int64
        var guest: Int
        var push: ClickPush
    }

    private let loop: LoadLoop
    private let form: ClickForm
    private let guests: [GuestAnswer]
    private let repeatAfterUs: Int64
    /// Numbers in a push, one for each second, as our own client counts.
    private let stretches: Int
    private var clients: [LoadClient]
    private var guestOf: [Int: Int] = [:]
    private var flights: [Int: Flight] = [:]
    /// The flights of each guest on HTTP, where answers come in the order of their requests.
    private var queues: [[Int]]
    private var later: [LaterRepeat] = []
    private var generator = SeededGenerator(seed: 5)
    private var pushes = 0

    private static let repeatEvery = 20
    private static let clicksAStretch = 3...12

    /// Takes guests, and on WebSockets their clients in the same order.
    init(loop: LoadLoop, form: ClickForm, guests: [GuestAnswer], pushSeconds: Int) {
        self.loop = loop
        self.form = form
        self.guests = guests
        ledger = ClickLedger(sessions: guests.map(\.sessionID))
        repeatAfterUs = Int64(pushSeconds) * 500_000
        stretches = pushSeconds
        clients = form == .webSocket ? loop.clients : []
        queues = [[Int]](repeating: [], count: guests.count)
    }

    /// Pushes that aren't answered yet.
    var underWay: Int { flights.count + later.count }

    /// Sends the next guest's push.
    func pushNext() throws(BenchFailure) {
        let guest = pushes % guests.count
        let clicks = (0..<stretches).map { _ in Int.random(in: Self.clicksAStretch, using: &generator) }
        let push = ClickPush(clicks: clicks, batchID: "batch-\(pushes)")
        ledger.push(clicks, guest: guest)
        try send(push, of: guest)
        switch pushes % (2 * Self.repeatEvery) {
        case 0: try send(push, of: guest)
        case Self.repeatEvery:
            let atUs = MonotonicClock.nowUs + repeatAfterUs
            later.append(LaterRepeat(atUs: atUs, guest: guest, push: push))
        default: break
        }
        pushes += 1
    }

    /// Sends the repeats whose time has come.
    func repeatDue() throws(BenchFailure) {
        let nowUs = MonotonicClock.nowUs
        while let first = later.first, first.atUs <= nowUs {
            later.removeFirst()
            try send(first.push, of: first.guest)
        }
    }

    private func send(_ push: ClickPush, of guest: Int) throws(BenchFailure) {
        let ticket = sent
        sent += 1
        switch form {
        case .webSocket:
            let payload = MessageCodec.binary.encode(ClientEnvelope(id: ticket, .pushClicks(push)))
            flights[ticket] = Flight(guest: guest, sentUs: MonotonicClock.nowUs)
            loop.say(payload, opcode: 2, from: clients[guest])
        case .http:
            if guest == clients.count { try connect() }
            let bytes = Self.request(push, token: guests[guest].token)
            flights[ticket] = Flight(guest: guest, sentUs: MonotonicClock.nowUs)
            queues[guest].append(ticket)
            loop.request(bytes, from: clients[guest])
        }
    }

    /// Opens a guest's connection for its first push, and keeps it.
    private func connect() throws(BenchFailure) {
        let client = try loop.addExchanging()
        guestOf[client.index] = clients.count
        clients.append(client)
    }

    private static func request(_ push: ClickPush, token: String) -> [UInt8] {
        let request = Route.clicks(.push(push, anonToken: nil)).request
        let head =
            "POST \(request.target) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(token)\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(request.body.count)\r\n\r\n"
        return Array(head.utf8) + request.body
    }

    // MARK: Answers

    /// Takes an answer on a WebSocket.
    func take(_ envelope: ServerEnvelope) {
        guard let ticket = envelope.replyTo else { return }
        switch envelope.message {
        case .clicksAccepted(let receipt, _): land(ticket, .success(receipt))
        case .error(let failure): land(ticket, .failure(BenchFailure(failure.code.rawValue)))
        case .welcome, .status, .pixels, .placed, .canvasReset, .clickTotals, .relay, .runStarted, .score,
            .runEnded, .heartbeat, .announcement, .ok:
            land(ticket, .failure(BenchFailure("another message")))
        }
    }

    /// Takes an answer over HTTP.
    func take(from client: LoadClient, status: Int, _ body: UnsafeRawBufferPointer) {
        guard let guest = guestOf[client.index], !queues[guest].isEmpty else { return }
        let ticket = queues[guest].removeFirst()
        guard status == 200, let receipt = try? ClickReceipt(json: Array(body)) else {
            land(ticket, .failure(BenchFailure("\(status)")))
            return
        }
        land(ticket, .success(receipt))
    }

    private func land(_ ticket: Int, _ outcome: Result<ClickReceipt, BenchFailure>) {
        guard let flight = flights.removeValue(forKey: ticket) else { return }
        if isMeasuring { latencies.record(us: MonotonicClock.nowUs - flight.sentUs) }
        switch outcome {
        case .success(let receipt): ledger.acknowledge(receipt, guest: flight.guest)
        case .failure(let failure): refusals[failure.message, default: 0] += 1
        }
    }

    /// Hands over the latencies since the last time.
    func takeLatencies() -> Histogram {
        defer { latencies = Histogram() }
        return latencies
    }

    /// Holds what was acknowledged against the game's totals, its contributions, and the totals told live.
    func compare(
        _ view: ClickGameView, _ contributions: [String: [String: [Int]]], live: ClickGameView?
    ) {
        ledger.compare(view)
        ledger.compare(contributions)
        if let live { ledger.compare(live) }
    }
}
