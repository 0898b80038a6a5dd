import Client
import Crypto
import Protocol
import Transport

/// A server small enough to see through, on the client's own loop and real sockets.
final class ScriptedServer {
    let loop: EventLoop
    var canvas: ScriptedCanvas
    /// Method and path of every request, in order.
    private(set) var requests: [String] = []
    /// Every message that came over a socket.
    private(set) var messages: [ClientMessage] = []
    private(set) var sockets: [WebSocket] = []
    private(set) var validTokens: Set<String> = []
    private(set) var wishedNames: [String?] = []

    /// Knobs of the tests.
    var takenNames: Set<String> = []
    var expiresInSeconds = 900
    /// Refuses the next handshakes with these.
    var handshakeRefusals: [Failure] = []
    /// Refuses the next snapshots and changes with these.
    var fetchRefusals: [Failure] = []
    var refusesSignIn = false
    var startsPlaying = true
    var heartbeatMs = 15_000

    private var listener: HTTPListener?
    private var expiredTokens: Set<String> = []
    private var challenges: Set<[UInt8]> = []
    private var codecs: [ObjectIdentifier: MessageCodec] = [:]
    private var issued = 0

    init(loop: EventLoop, size: CanvasSize) throws {
        self.loop = loop
        canvas = ScriptedCanvas(size: size)
        listener = try HTTPListener(loop: loop, host: "127.0.0.1", port: 0) { [weak self] exchange in
            self?.handle(exchange)
        }
    }

    var url: ServerURL {
        guard let url = ServerURL("http://127.0.0.1:\(listener?.port ?? 0)") else {
            preconditionFailure("a listener has a URL")
        }
        return url
    }

    func close() {
        listener?.stopAccepting()
        listener?.closeAll()
        listener = nil
    }

    func count(_ request: String) -> Int { requests.filter { $0 == request }.count }

    func expireTokens() {
        expiredTokens.formUnion(validTokens)
        validTokens = []
    }

    /// Sends to every open socket.
    func publish(_ message: ServerMessage) {
        for socket in sockets where socket.isOpen { send(ServerEnvelope(message), to: socket) }
    }

    /// Changes the canvas and tells of it.
    func place(_ count: Int, using random: inout SeededGenerator, losingFrame: Bool = false) {
        let before = canvas.version
        for _ in 0..<count { canvas.place(using: &random) }
        if !losingFrame { publish(.pixels(canvas.frame(from: before))) }
    }

    private func handle(_ exchange: HTTPExchange) {
        let request = exchange.request
        requests.append("\(request.method) \(request.path)")
        let route: Route
        do {
            route = try Route.parse(
                method: request.method, path: request.path, query: request.query,
                headers: { request.headers[$0] }, body: request.body)
        } catch {
            return exchange.respond(Self.response(error.failure))
        }
        let credential = request.headers["Authorization"].map { String($0.dropFirst("Bearer ".count)) }
        do throws(Failure) {
            let isOpenToAll =
                switch route {
                case .signInAsGuest, .requestChallenge, .signInWithDevice, .refresh: true;
                default: false
                }
            if !isOpenToAll, let credential, !validTokens.contains(credential) {
                let isExpired = expiredTokens.contains(credential)
                throw Failure(isExpired ? .tokenExpired : .unauthorized, "no good token")
            }
            if case .webSocket(let play) = route { return try upgrade(exchange, play: play) }
            exchange.respond(try answer(route, host: request.headers["Host"] ?? ""))
        } catch {
            exchange.respond(Self.response(error))
        }
    }

    private func answer(_ route: Route, host: String) throws(Failure) -> HTTPResponse {
        switch route {
        case .signInAsGuest:
            if refusesSignIn { throw Failure(.rateLimited, "too many guests", retryAfterMs: 1_000) }
            return Self.json(
                GuestAnswer(
                    token: issueToken(), sessionID: id(2), account: name("Guest"), expiresInSeconds: 86_400))
        case .requestChallenge:
            if refusesSignIn { throw Failure(.banned, "banned") }
            let challenge = SecureRandom.bytes(32)
            challenges.insert(challenge)
            return Self.json(ChallengeAnswer(challenge: challenge))
        case .signInWithDevice(let proof): return try signIn(proof, host: host)
        case .refresh(let token):
            guard token == "refresh-\(issued)" else { throw Failure(.invalidRefreshToken, "unknown") }
            return Self.json(sessionAnswer())
        case .canvas:
            return Self.json(CanvasAnswer(head: canvas.head, snapshotVersion: 0, players: 3, queued: 1))
        case .snapshot:
            if !fetchRefusals.isEmpty { throw fetchRefusals.removeFirst() }
            return try snapshot()
        case .changes(let from, _, let epoch):
            if !fetchRefusals.isEmpty { throw fetchRefusals.removeFirst() }
            return try changes(from: from, epoch: epoch)
        default: throw Failure(.notFound, "not scripted")
        }
    }

    private func signIn(_ proof: DeviceSignIn, host: String) throws(Failure) -> HTTPResponse {
        wishedNames.append(proof.name)
        guard challenges.remove(proof.challenge) != nil else { throw Failure(.invalidChallenge, "unknown") }
        let signed = DeviceSignIn.signedBytes(host: host, challenge: proof.challenge)
        guard Ed25519.isValid(signature: proof.signature, of: signed, publicKey: proof.publicKey) else {
            throw Failure(.invalidSignature, "wrong")
        }
        if let name = proof.name, takenNames.contains(name) { throw Failure(.nameTaken, "taken") }
        return Self.json(sessionAnswer())
    }

    private func snapshot() throws(Failure) -> HTTPResponse {
        guard case .snapshot(let size, let epoch, let version, let cells)? = canvas.answer(.fetchSnapshot)
        else {
            throw Failure(.internalError, "no snapshot")
        }
        return HTTPResponse(
            status: 200,
            headers: [
                "Content-Type": "application/zlib", "X-Canvas-Width": "\(size.width)",
                "X-Canvas-Height": "\(size.height)", "X-Canvas-Epoch": "\(epoch)",
                "X-Canvas-Version": "\(version)",
            ], body: SnapshotCodec.deflate(cells))
    }

    private func changes(from: Version, epoch: Int?) throws(Failure) -> HTTPResponse {
        switch canvas.answer(.fetchChanges(from: from, epoch: epoch ?? canvas.epoch)) {
        case .changes(let run, let base):
            return Self.json(ChangesAnswer(run: run, snapshot: base.map { SnapshotCodec.deflate($0) }))
        case .failed(let failure): throw failure
        default: throw Failure(.internalError, "no changes")
        }
    }

    private func upgrade(_ exchange: HTTPExchange, play: Bool) throws(Failure) {
        if !handshakeRefusals.isEmpty { throw handshakeRefusals.removeFirst() }
        let subprotocol = exchange.offeredSubprotocols.first
        let handlers = WebSocketHandlers(message: { [weak self] socket, message in
            self?.receive(message, from: socket)
        })
        guard let socket = exchange.upgrade(subprotocol: subprotocol, handlers: handlers) else { return }
        codecs[ObjectIdentifier(socket)] = subprotocol.flatMap(MessageCodec.init) ?? .json
        sockets.append(socket)
        let status: StatusWord = startsPlaying && play ? .playing : .afk
        let welcome = Welcome(
            account: name("Ada"), sessionID: id(2), status: status, canvas: canvas.head, serverTimeMs: 1,
            heartbeatMs: heartbeatMs, clickPushRateSeconds: 5)
        send(ServerEnvelope(.welcome(welcome)), to: socket)
    }

    private func receive(_ message: WebSocketMessage, from socket: WebSocket) {
        let bytes =
            switch message {
            case .text(let bytes), .binary(let bytes): bytes
            }
        guard let envelope = try? codecs[ObjectIdentifier(socket)]?.decodeClient(bytes) else { return }
        messages.append(envelope.message)
        let answer: ServerMessage =
            switch envelope.message {
            case .play: .status(.playing(idleDeadlineMs: nil))
            case .leave: .status(.afk)
            case .heartbeat: .heartbeat(serverTimeMs: 1)
            case .authenticate: .ok
            case .place: .placed(version: canvas.version + 1, epoch: canvas.epoch)
            case .undo: .error(Failure(.nothingToUndo, "nothing"))
            }
        send(ServerEnvelope(replyTo: envelope.id, answer), to: socket)
    }

    private func send(_ envelope: ServerEnvelope, to socket: WebSocket) {
        switch codecs[ObjectIdentifier(socket)] ?? .json {
        case .json: socket.send(text: MessageCodec.json.encode(envelope))
        case .binary: socket.send(binary: MessageCodec.binary.encode(envelope))
        }
    }

    private func issueToken() -> String {
        issued += 1
        validTokens.insert("token-\(issued)")
        return "token-\(issued)"
    }

    private func sessionAnswer() -> SessionAnswer {
        SessionAnswer(
            accessToken: issueToken(), refreshToken: "refresh-\(issued)", expiresInSeconds: expiresInSeconds,
            sessionID: id(2), account: name("Ada"))
    }

    private func id(_ number: UInt64) -> Identifier { Identifier(rawValue: number) }
    private func name(_ text: String) -> AccountName { AccountName(id: id(1), name: text) }

    private static func json(_ answer: some JSONAnswer) -> HTTPResponse {
        HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: answer.json())
    }

    private static func response(_ failure: Failure) -> HTTPResponse {
        HTTPResponse(
            status: failure.code.httpStatus, headers: ["Content-Type": "application/json"],
            body: failure.json())
    }
}
