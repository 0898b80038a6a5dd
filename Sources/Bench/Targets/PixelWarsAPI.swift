import Client
import Crypto
import FoundationEssentials
import Protocol
import Transport

/// What the load asks of our own server over HTTP, before and after the sockets are busy.
final class PixelWarsAPI {
    private let eventLoop: EventLoop
    private let url: ServerURL
    private let connections: [HTTPClient]
    private var token: String?

    private static let connectionCount = 32
    private static let requestTimeoutMs = 30_000
    private static let gatherTimeoutMs = 120_000

    /// Prepares for a server on the loopback.
    init(port: Int) throws(BenchFailure) {
        guard let url = ServerURL("http://127.0.0.1:\(port)") else { throw BenchFailure("no port \(port)") }
        let eventLoop: EventLoop
        do { eventLoop = try EventLoop() } catch { throw BenchFailure(error.message) }
        self.url = url
        self.eventLoop = eventLoop
        connections = (0..<Self.connectionCount).map { _ in HTTPClient(loop: eventLoop, url: url) }
    }

    /// Closes all connections.
    func close() {
        for connection in connections { connection.close() }
    }

    // MARK: Accounts

    /// Registers that many accounts, each with a fresh key, and returns their access tokens.
    func signIn(count: Int) throws(BenchFailure) -> [String] {
        let tokens = try gather(count) { _, connection, done in self.signInOnce(connection, done) }
        token = tokens.first
        return tokens
    }

    /// Signs that many guests in.
    func signInGuests(count: Int) throws(BenchFailure) -> [GuestAnswer] {
        try callAll(
            [(route: Route, token: String?)](repeating: (.signInAsGuest(name: nil), nil), count: count),
            GuestAnswer.self)
    }

    /// Asks for so many things, as many at once as there are connections, and returns what came of them in order.
    private func gather<Value>(
        _ count: Int,
        _ start:
            @escaping (
                _ index: Int, _ connection: HTTPClient,
                _ done: @escaping (Result<Value, BenchFailure>) -> Void
            ) -> Void
    ) throws(BenchFailure) -> [Value] {
        var values = [Value?](repeating: nil, count: count)
        var failure: BenchFailure?
        var started = 0
        var ended = 0

        func next(_ connection: HTTPClient) {
            guard started < count, failure == nil else { return }
            let index = started
            started += 1
            start(index, connection) { outcome in
                switch outcome {
                case .success(let value):
                    values[index] = value
                    ended += 1
                    next(connection)
                case .failure(let error): failure = error
                }
            }
        }
        for connection in connections { next(connection) }
        eventLoop.run(until: { failure != nil || ended == count }, timeoutMs: Self.gatherTimeoutMs)
        if let failure { throw failure }
        guard ended == count else {
            throw BenchFailure("only \(ended) of \(count) requests were answered within two minutes")
        }
        return values.compactMap(\.self)
    }

    private func signInOnce(
        _ connection: HTTPClient, _ done: @escaping (Result<String, BenchFailure>) -> Void
    ) {
        let key = Ed25519PrivateKey()
        let host = url.hostHeader
        send(.requestChallenge(publicKey: key.publicKey), over: connection) { outcome in
            switch outcome.flatMap({ Self.answer(ChallengeAnswer.self, in: $0) }) {
            case .failure(let error): done(.failure(error))
            case .success(let challenge):
                let signed = DeviceSignIn.signedBytes(host: host, challenge: challenge.challenge)
                let proof = DeviceSignIn(
                    publicKey: key.publicKey, challenge: challenge.challenge, signature: key.sign(signed),
                    name: nil)
                self.send(.signInWithDevice(proof), over: connection) { outcome in
                    done(outcome.flatMap { Self.answer(SessionAnswer.self, in: $0) }.map(\.accessToken))
                }
            }
        }
    }

    // MARK: Canvas

    /// The canvas's head, and how many play and wait.
    func canvas() throws(BenchFailure) -> CanvasAnswer {
        try Self.answer(CanvasAnswer.self, in: fetch(.canvas)).get()
    }

    /// The size of the server's canvas.
    func canvasSize() throws(BenchFailure) -> CanvasSize { try canvas().head.size }

    /// The whole canvas as the server has it now, by its latest snapshot and the changes after it.
    func canvasCells() throws(BenchFailure) -> [UInt8] {
        let replica = PixelWarsReplica(size: try canvasSize())
        let head = try canvas().head
        replica.receive(.head(head))
        try settle(replica)
        guard replica.canvas.version == head.version else {
            throw BenchFailure("the canvas moved on while it was fetched")
        }
        return replica.cells
    }

    /// Fetches what a replica asks for until it asks no more.
    func settle(_ replica: PixelWarsReplica) throws(BenchFailure) {
        for _ in 0..<100 {
            let wanted = replica.takeWanted()
            if wanted.isEmpty {
                guard replica.canvas.isWaiting else { return }
                replica.receive(.due)
                continue
            }
            for action in wanted { replica.receive(try answer(action)) }
        }
        throw BenchFailure("a replica never came to rest")
    }

    private func answer(_ action: CanvasReplica.Action) throws(BenchFailure) -> CanvasReplica.Event {
        switch action {
        case .fetchSnapshot:
            let response = try fetch(.snapshot(ifNoneMatch: nil))
            guard let width = Self.number(response, "X-Canvas-Width"),
                let height = Self.number(response, "X-Canvas-Height"),
                let epoch = Self.number(response, "X-Canvas-Epoch"),
                let version = Self.number(response, "X-Canvas-Version"),
                let size = CanvasSize(width: width, height: height)
            else { throw BenchFailure("a snapshot without its headers: status \(response.status)") }
            return .snapshot(
                size: size, epoch: epoch, version: Int64(version), cells: try inflate(response.body, size))
        case .fetchChanges(let from, let epoch):
            let response = try fetch(.changes(from: from, to: nil, epoch: epoch))
            let changes = try Self.answer(ChangesAnswer.self, in: response).get()
            let size = try canvasSize()
            return .changes(
                changes.run,
                base: try changes.snapshot.map { zlib throws(BenchFailure) in
                    try inflate(zlib, size)
                })
        case .changed, .replaced:
            preconditionFailure("these are not fetched")
        }
    }

    private func inflate(_ zlib: [UInt8], _ size: CanvasSize) throws(BenchFailure) -> [UInt8] {
        do {
            return try SnapshotCodec.inflate(zlib, cellCount: size.cellCount)
        } catch {
            throw BenchFailure(error.message)
        }
    }

    // MARK: Games

    /// The answers to calls, in their order.
    func callAll<Answer: JSONAnswer>(
        _ calls: [(route: Route, token: String?)], _ type: Answer.Type
    ) throws(BenchFailure) -> [Answer] {
        try gather(calls.count) { index, connection, done in
            self.send(calls[index].route, over: connection, token: calls[index].token) { outcome in
                done(outcome.flatMap { Self.answer(type, in: $0) })
            }
        }
    }

    /// The click game that runs.
    func clickGame() throws(BenchFailure) -> ClickGameView {
        try Self.answer(ClickGameAnswer.self, in: fetch(.clicks(.current))).get().view
    }

    /// All numbers pushed in a click game, by planet and sign-in.
    func contributions(game: Identifier) throws(BenchFailure) -> [String: [String: [Int]]] {
        let body = try fetch(.clicks(.contributions(game: game))).body
        do {
            return try JSONDecoder().decode([String: [String: [Int]]].self, from: Data(body))
        } catch {
            throw BenchFailure("contributions that can't be read: \(error)")
        }
    }

    // MARK: Requests

    private func fetch(_ route: Route) throws(BenchFailure) -> HTTPResponse {
        var outcome: Result<HTTPResponse, BenchFailure>?
        send(route, over: connections[0]) { outcome = $0 }
        eventLoop.run(until: { outcome != nil }, timeoutMs: Self.requestTimeoutMs + 1_000)
        guard let outcome else { throw BenchFailure("no answer to \(route.request.target)") }
        return try outcome.get()
    }

    private func send(
        _ route: Route, over connection: HTTPClient, token given: String? = nil,
        _ done: @escaping (Result<HTTPResponse, BenchFailure>) -> Void
    ) {
        let request = route.request
        var headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        if let token = given ?? token { headers["Authorization"] = "Bearer \(token)" }
        connection.send(
            HTTPClientRequest(
                method: request.method, target: request.target, headers: headers, body: request.body),
            timeoutMs: Self.requestTimeoutMs
        ) { outcome in
            done(
                outcome.mapError { BenchFailure("\(request.target): \($0.message)") }.flatMap { response in
                    guard (200..<300).contains(response.status) else {
                        let text = String(decoding: response.body.prefix(300), as: UTF8.self)
                        return .failure(BenchFailure("\(request.target): \(response.status) \(text)"))
                    }
                    return .success(response)
                })
        }
    }

    private static func answer<Answer: JSONAnswer>(
        _ type: Answer.Type, in response: HTTPResponse
    ) -> Result<Answer, BenchFailure> {
        do {
            return .success(try Answer(json: response.body))
        } catch {
            return .failure(BenchFailure(error.message))
        }
    }

    private static func number(_ response: HTTPResponse, _ header: String) -> Int? {
        response.headers[header].flatMap { Int($0) }
    }
}
