import Engine
import Protocol
import Storage
import Telegram
import Transport

/// Where bytes become inputs and effects become bytes: the one owner of the engine, on the loop's thread.
///
/// Each turn drains what arrived, steps the engine once, and does what it wants done; it decides nothing that
/// the rules could decide.
final class Gateway {
    /// What the gateway reaches but doesn't make.
    struct Devices {
        let loop: EventLoop
        let storage: StorageThread
        let offLoop: OffLoop
        let tokens: TokenDesk
        let gate: TokenGate
        let refreshTokens: RefreshToken
        let signIns: SignInDesk
        let meters: Meters
        /// Nil where the host wants none.
        let broadcast: BroadcastThread?
        let log: Log
        let dataDirectory: String
    }

    private let devices: Devices
    private var engine: ServerEngine
    private var inputs: [Input] = []
    private var effects: [Effect] = []
    private var connections: [ConnectionID: Connection] = [:]
    private var audiences: [Topic: Audience] = [:]
    private var desk: RequestDesk
    private var refusals: RefusalLog
    private var lastConnection: UInt64 = 0
    private let hostDesk = HostDesk()
    private(set) var telegram: TelegramDesk?
    private let streams = StreamDesk()
    private let figures: FigureMeter
    private var wakeTimer: LoopTimer?
    /// When the planned wake-up should come, on the loop's clock.
    private var plannedWakeUs: Int64?
    private var load: LoadMeter?
    /// Called once when a drain is done.
    private let onDrained: () -> Void

    init(
        devices: Devices, engine: ServerEngine, edge: EdgeRules, openAPIDocument: [UInt8],
        onDrained: @escaping () -> Void
    ) {
        self.devices = devices
        self.engine = engine
        self.onDrained = onDrained
        let figures = FigureMeter(devices: devices)
        self.figures = figures
        desk = RequestDesk(
            edge: edge, gate: devices.gate, refreshTokens: devices.refreshTokens,
            signIns: devices.signIns,
            answers: AnswerResponse(
                tokens: devices.tokens,
                metrics: MetricsPage(
                    meters: devices.meters, commits: { [storage = devices.storage] in storage.statistics },
                    sentBytes: { [loop = devices.loop] in loop.sentBytes },
                    dataDirectory: devices.dataDirectory,
                    broadcast: { [broadcast = devices.broadcast] in broadcast?.state }),
                openAPIDocument: openAPIDocument, figures: { figures.answer }),
            meters: devices.meters)
        refusals = RefusalLog(log: devices.log, meters: devices.meters)
        wakeTimer = devices.loop.makeTimer { [unowned self] in
            if let plannedWakeUs { devices.meters.noteLag(us: devices.loop.monotonicUs - plannedWakeUs) }
            take(.wake)
            turn()
        }
        devices.loop.afterPoll { [unowned self] in turn() }
        load = LoadMeter(loop: devices.loop, meters: devices.meters) { [unowned self] reading in
            take(.load(reading))
            devices.broadcast?.board.take(engine.counts)
        }
        figures.begin { [unowned self] in self.engine.counts }
    }

    /// Adds what happened to the next turn's batch.
    func take(_ input: Input) {
        inputs.append(input)
    }

    /// Steps the engine until nothing is left to take, then plans the one wake-up.
    func turn() {
        while !inputs.isEmpty {
            var batch: [Input] = []
            swap(&batch, &inputs)
            engine.step(batch, at: now, into: &effects)
            var wanted: [Effect] = []
            swap(&wanted, &effects)
            for effect in wanted { perform(effect) }
        }
        guard let wakeUs = engine.nextWakeUs else {
            wakeTimer?.cancel()
            plannedWakeUs = nil
            return
        }
        let nowUs = devices.loop.monotonicUs
        plannedWakeUs = max(wakeUs, nowUs)
        wakeTimer?.schedule(afterUs: Int(max(wakeUs, nowUs) - nowUs))
    }

    private var now: Moment {
        Moment(monotonicUs: devices.loop.monotonicUs, wallMs: WallClock.nowMs)
    }

    // MARK: Requests

    /// Takes a whole HTTP request.
    func accept(_ exchange: HTTPExchange) {
        switch desk.admit(exchange, at: now) {
        case .input(let input):
            take(input)
        case .deferred: break
        case .refused(let failure, let address):
            refusals.note(
                failure, address: address, what: exchange.request.path.hidingRelayCode, nowMs: WallClock.nowMs
            )
        }
    }

    /// Answers what the listener refuses by itself.
    func refuse(_ refusal: HTTPRefusal) -> HTTPResponse {
        let failure = RefusedRequest.failure(refusal)
        refusals.note(failure, address: "", what: "http", nowMs: WallClock.nowMs)
        let response = RefusedRequest.response(refusal, failure)
        devices.meters.count(status: response.status)
        return response
    }

    private func respond(_ request: RequestID, _ answer: Answer) {
        if case .upgrade(let identity, let play, let relay) = answer {
            return open(request, identity, play: play, relay: relay)
        }
        if case .view(.stream) = answer { return openStream(request) }
        let nowMs = WallClock.nowMs
        guard let answered = desk.respond(request, answer, nowMs: nowMs) else { return }
        if case .failure(let failure) = answer {
            refusals.note(failure, address: answered.address, what: answered.path, nowMs: nowMs)
        }
    }

    private func openStream(_ request: RequestID) {
        guard let waiting = desk.take(request) else { return }
        devices.meters.count(status: 200)
        streams.open(request, waiting) { [unowned self] in takeOfStream($0) }
    }

    private func takeOfStream(_ input: Input) {
        if case .streamClosed(let id) = input { streams.forget(id) }
        take(input)
    }

    /// The page of metrics for a listener of its own, which asks no engine for leave.
    func scrape() -> HTTPResponse {
        desk.answers.response(.metrics(engine.counts), nowMs: WallClock.nowMs)
    }

    // MARK: Hosts

    /// Takes a host's command from the control socket.
    func accept(_ exchange: LocalExchange) {
        if let input = hostDesk.accept(exchange) { take(input) }
    }

    /// Lets people on Telegram give orders, too.
    func open(_ telegram: TelegramDesk.Settings, memory: BotMemory) throws(TransportError) {
        let desk = try TelegramDesk(
            loop: devices.loop, offLoop: devices.offLoop, settings: telegram, memory: memory,
            hosts: hostDesk, log: devices.log, meters: devices.meters
        ) { [unowned self] in take($0) }
        self.telegram = desk
        desk.start()
    }

    // MARK: WebSockets

    private func open(_ request: RequestID, _ identity: Identity, play: Bool, relay: Identifier?) {
        guard let handshake = desk.take(request) else { return }
        lastConnection += 1
        let id = ConnectionID(rawValue: lastConnection)
        let handlers = WebSocketHandlers(
            message: { [unowned self] _, message in receive(id, message) },
            pong: { [unowned self] socket in
                if let us = socket.roundTripUs { take(.roundTrip(id, us: us)) }
            },
            alive: { [unowned self] _ in take(.alive(id)) },
            backlog: { [unowned self] _, bytes in take(.backlog(id, bytes: bytes)) },
            closed: { [unowned self] _, code in forget(id, code) })
        let codec = handshake.codec
        guard
            let socket = handshake.exchange.upgrade(subprotocol: codec?.rawValue, handlers: handlers)
        else { return }
        devices.meters.count(status: 101)
        socket.tag = id.rawValue
        connections[id] = Connection(
            id: id, codec: codec ?? .json, address: handshake.address, socket: socket)
        take(.opened(id, identity, address: handshake.address, play: play, relay: relay))
    }

    private func receive(_ id: ConnectionID, _ message: WebSocketMessage) {
        guard let connection = connections[id] else { return }
        let bytes: [UInt8]
        switch (message, connection.codec) {
        case (.text(let text), .json): bytes = text
        case (.binary(let binary), .binary): bytes = binary
        case (.text, .binary), (.binary, .json):
            connection.socket.close(code: CloseCode.wrongFrameKind.rawValue, reason: "wrong frame kind")
            return
        }
        do throws(DecodeFailure) {
            take(input(try connection.codec.decodeClient(bytes), from: connection))
        } catch {
            take(.malformed(id, id: error.id, error.failure))
        }
    }

    private func input(_ envelope: ClientEnvelope, from connection: Connection) -> Input {
        switch envelope.message {
        case .authenticate(let token):
            do throws(Failure) {
                let credential = try devices.gate.credential(token: token, from: connection.address, at: now)
                return .authenticate(connection.id, id: envelope.id, credential)
            } catch {
                return .malformed(connection.id, id: envelope.id, error)
            }
        case .answer, .startRun, .point:
            return .drawn(connection.id, envelope, Draw.fresh())
        case .play, .leave, .heartbeat, .place, .undo, .join, .leaveRoom, .pushClicks, .endRun:
            return .message(connection.id, envelope)
        }
    }

    private func forget(_ id: ConnectionID, _ code: UInt16?) {
        guard let connection = connections.removeValue(forKey: id) else { return }
        if let code = code.flatMap(CloseCode.init), code.blamesClient {
            refusals.note(
                Failure(.badRequest, "closed with \(code.rawValue): \(code.reason)"),
                address: connection.address, what: "websocket", nowMs: WallClock.nowMs)
        }
        leaveAll(connection)
        take(.closed(id))
    }

    private func close(_ id: ConnectionID, _ code: CloseCode) {
        guard let connection = connections[id] else { return }
        leaveAll(connection)
        switch code {
        case .tooSlow: connection.socket.closeAfterCurrentFrame(code: code.rawValue)
        default: connection.socket.close(code: code.rawValue, reason: code.reason)
        }
    }

    private func subscribe(_ id: ConnectionID, _ topic: Topic) {
        guard let connection = connections[id] else { return }
        audiences[topic, default: Audience(topic: topic)].insert(connection)
    }

    private func unsubscribe(_ connection: Connection, _ topic: Topic) {
        audiences[topic]?.remove(connection)
        if audiences[topic]?.isEmpty == true { audiences[topic] = nil }
    }

    private func leaveAll(_ connection: Connection) {
        for topic in connection.places.keys { unsubscribe(connection, topic) }
    }

    private func send(_ id: ConnectionID, _ envelope: ServerEnvelope) {
        guard let connection = connections[id] else { return }
        if case .error(let failure) = envelope.message {
            refusals.note(
                failure, address: connection.address, what: "websocket", nowMs: WallClock.nowMs)
        }
        connection.send(envelope)
    }

    // MARK: Effects

    private func perform(_ effect: Effect) {
        switch effect {
        case .send(let id, let envelope): send(id, envelope)
        case .publish(let topic, let message):
            audiences[topic]?.publish(message)
            if topic == .canvas { devices.broadcast?.board.take(message) }
        case .publishToOthers(let topic, let message, let one):
            audiences[topic]?.publish(message, except: connections[one])
        case .subscribe(let id, let topic): subscribe(id, topic)
        case .unsubscribe(let id, let topic): connections[id].map { unsubscribe($0, topic) }
        case .ping(let id): connections[id]?.socket.ping()
        case .close(let id, let code): close(id, code)
        case .respond(let request, let answer): respond(request, answer)
        case .commit(let id, let records): devices.storage.commit(id, records)
        case .drawClickGame: take(.clickGameDrawn(Draw.fresh().id))
        case .probeStorage: devices.storage.probe()
        case .query(let id, let query): devices.storage.query(id, query)
        case .takeSnapshot(let size, let epoch, let version, let cells):
            devices.offLoop.takeSnapshot(size, epoch: epoch, version: version, cells: cells)
        case .renderPNG(let head, let cells): devices.offLoop.renderPNG(head, cells: cells)
        case .packTouched(let mask, let epoch, let version):
            devices.offLoop.packTouched(mask, epoch: epoch, version: version)
        case .draw(let drawing, let head, let caption, let cells):
            devices.offLoop.draw(drawing, head, caption: caption, cells: cells)
        case .stream(let ids, let frame): streams.send(frame, to: ids) { takeOfStream($0) }
        case .endStream(let id): streams.end(id)
        case .restoreHistory(let id, let material): devices.offLoop.restoreHistory(id, material)
        case .answerHost(let call, let answer): hostDesk.answer(call, answer)
        case .telegram(let effect): telegram?.take(effect)
        case .log(let event): devices.log.write(event)
        case .drained: onDrained()
        }
    }
}
