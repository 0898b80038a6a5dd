import Client
import Crypto
package import Protocol
package import Transport

/// A server small enough to see through, on real sockets; confined to its loop's thread.
///
/// Everybody who signs in is the one account there is.
package final class ScriptedServer {
    /// What came, in order.
    package struct Call {
        /// Method and path.
        package var request: String
        package var token: String?
    }

    /// What goes lost on the way.
    package enum Loss { case request, answer }

    package let loop: EventLoop
    package var canvas: ScriptedCanvas
    package var clicks = ScriptedClicks()
    /// The one relay that there can be.
    package var relay: ScriptedRelay?
    package var arcade = ScriptedArcade()
    package var shop = ScriptedShop()
    package var ads = ScriptedAds()
    /// What was told to the host.
    package var feedback: [String] = []
    package var sessions = ScriptedSessions()
    package var codes = ScriptedCodes()
    package var host = ScriptedHost()
    /// The canvas's past, which has nothing to do with `canvas`; without any, calls about it are refused.
    package var history: ScriptedHistory?
    /// What is answered about the past in place of `history`; nil where that is to be asked.
    package var historyLie: ((HistoryRoute) -> HTTPResponse?)?
    /// The account's state, which outlives its sockets.
    package var status = PlayerStatus.afk
    package internal(set) var account = AccountName(id: Identifier(rawValue: 1), name: "Ada")
    package private(set) var calls: [Call] = []
    /// Whether each handshake asked to play.
    package private(set) var handshakes: [Bool] = []
    /// Every message that came over a socket.
    package private(set) var messages: [ClientMessage] = []
    package private(set) var sockets: [WebSocket] = []
    package private(set) var wishedNames: [String?] = []

    // Knobs of the tests.

    package var takenNames: Set<String> = []
    /// Refuses the next handshakes with these.
    package var handshakeRefusals: [Failure] = []
    /// Refuses the next snapshots and changes with these.
    package var fetchRefusals: [Failure] = []
    /// Refuses the next refreshes with these.
    package var refreshRefusals: [Failure] = []
    /// Answers the next wishes to play with these; then there is a place.
    package var playAnswers: [ServerMessage] = []
    package var refusesSignIn = false
    /// Whether Google opens the account, too.
    package var isLinked = false
    /// Why the account is banned, if it is.
    package var banReason: String?
    package var heartbeatMs = 15_000
    package var answersHeartbeats = true
    /// Whether it tells that spectators' sockets get frames.
    package var hasLiveSpectators = false
    /// The bytes of the mask of touched cells; without any the call is refused.
    package var touched: [UInt8]?
    /// What the server's clock shows more than its loop's, in milliseconds.
    package var clockAheadMs: Int64 = 1_700_000_000_000
    /// Takes a message in place of the server.
    package var receives: ((ClientMessage) -> ServerMessage?)?
    /// Decides what happens to a call.
    package var loses: (Route) -> Loss? = { _ in nil }

    private var listener: HTTPListener?
    private var challenges: Set<[UInt8]> = []
    private var codecs: [ObjectIdentifier: MessageCodec] = [:]
    /// The sockets in the relay's room.
    var members: Set<ObjectIdentifier> = []

    package init(loop: EventLoop, size: CanvasSize, port: Int = 0) throws {
        self.loop = loop
        canvas = ScriptedCanvas(size: size)
        listener = try HTTPListener(loop: loop, host: "127.0.0.1", port: port) { [weak self] exchange in
            self?.handle(exchange)
        }
    }

    package var url: ServerURL {
        guard let url = ServerURL("http://127.0.0.1:\(listener?.port ?? 0)") else {
            preconditionFailure("a listener has a URL")
        }
        return url
    }

    package var requests: [String] { calls.map(\.request) }
    package var timeMs: Int64 { loop.monotonicUs / 1000 + clockAheadMs }

    package func count(_ request: String) -> Int { calls.count { $0.request == request } }
    package func count(_ message: ClientMessage) -> Int { messages.count { $0 == message } }

    package func close() {
        listener?.stopAccepting()
        listener?.closeAll()
        listener = nil
    }

    // MARK: What a server does by itself

    /// Sends to every open socket.
    package func publish(_ message: ServerMessage) {
        for socket in sockets where socket.isOpen { send(ServerEnvelope(message), to: socket) }
    }

    /// Closes every open socket.
    package func hangUp(_ code: CloseCode) {
        for socket in sockets where socket.isOpen { socket.close(code: code.rawValue) }
    }

    /// Ends the account's play for idling.
    package func sendAway() {
        status = .afk
        publish(.status(.afk))
        hangUp(.afk)
    }

    /// Moves the account on, and tells.
    package func promote(_ status: PlayerStatus) {
        self.status = status
        publish(.status(status))
    }

    /// Changes the canvas and tells of it.
    package func place(_ count: Int, using random: inout SeededGenerator, losingFrame: Bool = false) {
        let before = canvas.version
        for _ in 0..<count { canvas.place(using: &random) }
        if !losingFrame { publish(.pixels(canvas.frame(from: before))) }
    }
}

// MARK: - Calls

extension ScriptedServer {
    private func handle(_ exchange: HTTPExchange) {
        let request = exchange.request
        let token = request.headers["Authorization"].map { String($0.dropFirst("Bearer ".count)) }
        calls.append(Call(request: "\(request.method) \(request.path)", token: token))
        let route: Route
        do {
            route = try Route.parse(
                method: request.method, path: request.path, query: request.query,
                headers: { request.headers[$0] }, body: request.body)
        } catch {
            return exchange.respond(Self.response(error.failure))
        }
        let loss = loses(route)
        if loss == .request { return }
        do throws(Failure) {
            if let token, !Self.isSignIn(route) {
                try sessions.check(token)
                try checkBan()
            }
            if case .webSocket(let play, _) = route { return try upgrade(exchange, play: play) }
            let response = try answer(route, host: request.headers["Host"] ?? "")
            if loss == nil { exchange.respond(response) }
        } catch {
            if loss == nil { exchange.respond(Self.response(error)) }
        }
    }

    private static func isSignIn(_ route: Route) -> Bool {
        switch route {
        case .signInAsGuest, .requestChallenge, .signInWithDevice, .refresh, .auth(.poll): true
        default: false
        }
    }

    private func answer(_ route: Route, host: String) throws(Failure) -> HTTPResponse {
        switch route {
        case .signInAsGuest:
            if refusesSignIn { throw Failure(.rateLimited, "too many guests", retryAfterMs: 1_000) }
            let guest = AccountName(id: Identifier(rawValue: 2), name: "Guest")
            return Self.json(
                GuestAnswer(
                    token: sessions.issueToken(), sessionID: guest.id, account: guest,
                    expiresInSeconds: 86_400))
        case .requestChallenge:
            if refusesSignIn { throw Failure(.banned, "banned") }
            let challenge = SecureRandom.bytes(32)
            challenges.insert(challenge)
            return Self.json(ChallengeAnswer(challenge: challenge))
        case .signInWithDevice(let proof): return try signIn(proof, host: host)
        case .refresh(let token):
            if !refreshRefusals.isEmpty { throw refreshRefusals.removeFirst() }
            try checkBan()
            return Self.json(try sessions.refresh(token, account, atUs: loop.monotonicUs))
        case .rename(let name):
            if takenNames.contains(name) { throw Failure(.nameTaken, "taken") }
            account.name = name
            return Self.json(me)
        case .me: return Self.json(me)
        case .canvas:
            return Self.json(
                CanvasAnswer(
                    head: canvas.head, snapshotVersion: 0, players: 3, queued: 1,
                    hasLiveSpectators: hasLiveSpectators))
        case .snapshot:
            if !fetchRefusals.isEmpty { throw fetchRefusals.removeFirst() }
            return try snapshot()
        case .touched:
            guard let touched else { throw Failure(.cooldown, "wait", retryAfterMs: 300) }
            return stream(touched, version: canvas.version)
        case .changes(let from, _, let epoch):
            if !fetchRefusals.isEmpty { throw fetchRefusals.removeFirst() }
            return try changes(from: from, epoch: epoch)
        case .clicks(.current), .leaderboard: return try answerAboutGames(route)
        case .relays(let route): return try answer(route)
        case .skins(let route): return try answer(route)
        case .ads(let route): return try answer(route)
        case .feedback(let message): return take(message)
        case .auth(let route): return try answer(route)
        case .logout: return Self.nothing(204)
        case .admin(let route): return Self.json(try self.host.answer(route, atMs: timeMs).json())
        case .figures:
            guard self.host.role >= .moderator else {
                throw Failure(.forbidden, "Only moderators may do this.")
            }
            return Self.json(FiguresAnswer(atMs: timeMs, samples: self.host.samples))
        case .history(let route):
            if !fetchRefusals.isEmpty { throw fetchRefusals.removeFirst() }
            return try answer(route)
        default: throw Failure(.notFound, "not scripted")
        }
    }

    var me: MeAnswer {
        MeAnswer(
            account: account, status: word, points: shop.points, roles: host.role.words, skin: shop.worn,
            loginBonus: shop.loginBonus, google: isLinked)
    }

    private func signIn(_ proof: DeviceSignIn, host: String) throws(Failure) -> HTTPResponse {
        wishedNames.append(proof.name)
        guard challenges.remove(proof.challenge) != nil else { throw Failure(.invalidChallenge, "unknown") }
        let signed = DeviceSignIn.signedBytes(host: host, challenge: proof.challenge)
        guard Ed25519.isValid(signature: proof.signature, of: signed, publicKey: proof.publicKey) else {
            throw Failure(.invalidSignature, "wrong")
        }
        try checkBan()
        if let name = proof.name, takenNames.contains(name) { throw Failure(.nameTaken, "taken") }
        return Self.json(sessions.signIn(account))
    }

    private func snapshot() throws(Failure) -> HTTPResponse {
        guard case .snapshot(_, _, let version, let cells)? = canvas.answer(.fetchSnapshot)
        else {
            throw Failure(.internalError, "no snapshot")
        }
        return stream(cells, version: version)
    }

    private func stream(_ bytes: [UInt8], version: Version) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [
                "Content-Type": "application/zlib", "X-Canvas-Width": "\(canvas.size.width)",
                "X-Canvas-Height": "\(canvas.size.height)", "X-Canvas-Epoch": "\(canvas.epoch)",
                "X-Canvas-Version": "\(version)",
            ], body: SnapshotCodec.deflate(bytes))
    }

    private func changes(from: Version, epoch: Int?) throws(Failure) -> HTTPResponse {
        switch canvas.answer(.fetchChanges(from: from, epoch: epoch ?? canvas.epoch)) {
        case .changes(let run, let base):
            return Self.json(ChangesAnswer(run: run, snapshot: base.map { SnapshotCodec.deflate($0) }))
        case .failed(let failure): throw failure
        default: throw Failure(.internalError, "no changes")
        }
    }

    static func json(_ answer: some JSONAnswer) -> HTTPResponse {
        json(answer.json())
    }

    static func json(_ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body)
    }

    private static func response(_ failure: Failure) -> HTTPResponse {
        HTTPResponse(
            status: failure.code.httpStatus, headers: ["Content-Type": "application/json"],
            body: failure.json())
    }
}

// MARK: - Sockets

extension ScriptedServer {
    private var word: StatusWord {
        switch status {
        case .afk: .afk
        case .queued: .queued
        case .playing: .playing
        }
    }

    private func upgrade(_ exchange: HTTPExchange, play: Bool) throws(Failure) {
        handshakes.append(play)
        if !handshakeRefusals.isEmpty { throw handshakeRefusals.removeFirst() }
        let subprotocol = exchange.offeredSubprotocols.first
        let handlers = WebSocketHandlers(message: { [weak self] socket, message in
            self?.receive(message, from: socket)
        })
        guard let socket = exchange.upgrade(subprotocol: subprotocol, handlers: handlers) else { return }
        codecs[ObjectIdentifier(socket)] = subprotocol.flatMap(MessageCodec.init) ?? .json
        sockets.append(socket)
        let welcome = Welcome(
            account: account, sessionID: Identifier(rawValue: 2), status: word, canvas: canvas.head,
            serverTimeMs: timeMs, heartbeatMs: heartbeatMs, clickPushRateSeconds: clicks.pushRateSeconds)
        send(ServerEnvelope(.welcome(welcome)), to: socket)
        if play {
            send(ServerEnvelope(answerToPlay()), to: socket)
        } else if status != .afk {
            send(ServerEnvelope(.status(status)), to: socket)
        }
    }

    private func answerToPlay() -> ServerMessage {
        if status == .afk {
            guard playAnswers.isEmpty else {
                let answer = playAnswers.removeFirst()
                if case .status(let status) = answer { self.status = status }
                return answer
            }
            status = .playing(idleDeadlineMs: nil)
        }
        return .status(status)
    }

    private func receive(_ message: WebSocketMessage, from socket: WebSocket) {
        let bytes =
            switch message {
            case .text(let bytes), .binary(let bytes): bytes
            }
        guard let envelope = try? codecs[ObjectIdentifier(socket)]?.decodeClient(bytes) else { return }
        messages.append(envelope.message)
        guard let answer = receives?(envelope.message) ?? answer(envelope.message, from: socket) else {
            return
        }
        send(ServerEnvelope(replyTo: envelope.id, answer), to: socket)
    }

    /// The answer; nil for silence.
    private func answer(_ message: ClientMessage, from socket: WebSocket) -> ServerMessage? {
        switch message {
        case .play: return answerToPlay()
        case .leave:
            status = .afk
            return .status(.afk)
        case .heartbeat: return answersHeartbeats ? .heartbeat(serverTimeMs: timeMs) : nil
        case .authenticate: return .ok
        case .place(let pixel):
            guard case .playing = status else { return .error(Failure(.notPlaying, "not playing")) }
            let before = canvas.version
            canvas.place(pixel)
            publish(.pixels(canvas.frame(from: before)))
            return .placed(version: canvas.version, epoch: canvas.epoch)
        case .undo: return .error(Failure(.nothingToUndo, "nothing"))
        case .pushClicks, .join, .leaveRoom, .answer: return answerInGame(message, from: socket)
        case .startRun, .point, .endRun: return answerInRun(message)
        }
    }

    func send(_ envelope: ServerEnvelope, to socket: WebSocket) {
        switch codecs[ObjectIdentifier(socket)] ?? .json {
        case .json: socket.send(text: MessageCodec.json.encode(envelope))
        case .binary: socket.send(binary: MessageCodec.binary.encode(envelope))
        }
    }
}
