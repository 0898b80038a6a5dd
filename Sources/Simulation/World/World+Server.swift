import Engine
import Game
import Protocol

extension World {
    /// What no host ever asks: between two inputs of a step its answer parts their effects.
    private static let ruler = Input.host(HostCallID(rawValue: 0), .kick(account: ""))

    /// Starts the server from what the disk has.
    mutating func start() {
        guard engine == nil else { return }
        run += 1
        if disk.fault != .full { disk.fault = nil }
        let recovered = disk.recovered(nowMs: now.wallMs)
        let engine = ServerEngine(configuration: configuration, recovered: recovered, at: now)
        if run > 1 {
            let restart = Observation.restarted(
                recovered, version: engine.durableVersion, cells: engine.durableCells, wallMs: now.wallMs)
            auditor.observe(restart, atUs: nowUs)
        }
        self.engine = engine
        isDraining = false
        inbox = []
        isTurnPlanned = false
        plannedWakeUs = nil
        step([])
        startBot(recovered.telegram)
    }

    /// Ends the server's life: connections break, and of the commit under way all or nothing is kept.
    mutating func die() {
        guard engine != nil else { return }
        engine = nil
        endBot()
        if disk.underWay != nil {
            if disk.fault == nil, chance(50), case .success(let records) = disk.end() {
                auditor.observe(.kept(records), atUs: nowUs)
            } else {
                disk.loseUnderWay()
            }
        }
        for link in linkOrder {
            guard let person = links[link]?.person else { continue }
            plan(.breaks(link, person: person), inUs: milliseconds(1...400))
        }
        linkOrder = []
        links = [:]
        deeds = [:]
        let lost = requests.sorted { $0.key.rawValue < $1.key.rawValue }
        requests = [:]
        for (_, request) in lost {
            plan(.answers(nil, request.purpose, person: request.person), inUs: milliseconds(1...400))
        }
        plan(.starts, inUs: isQuiet ? 50_000 : milliseconds(50...2_000))
    }

    /// Puts something before the server's loop.
    mutating func reach(_ input: Input) {
        guard engine != nil else { return }
        inbox.append(input)
        guard !isTurnPlanned else { return }
        isTurnPlanned = true
        plan(.turn(run: run), inUs: Int64.random(in: 0...1_500, using: &random))
    }

    mutating func turn() {
        isTurnPlanned = false
        let inputs = inbox
        inbox = []
        step(inputs)
    }

    mutating func wake(_ run: Int, _ atUs: Int64) {
        guard run == self.run, plannedWakeUs == atUs, engine != nil else { return }
        plannedWakeUs = nil
        step([.wake])
    }

    /// Has the server take a batch, and shows the auditor which input led to what.
    private mutating func step(_ inputs: [Input]) {
        let now = now
        noteAskers(inputs)
        let reads = inputs.filter(\.isRead)
        let others = inputs.filter { !$0.isRead }
        var ruled = reads
        for input in others {
            ruled.append(Self.ruler)
            ruled.append(input)
        }
        ruled.append(Self.ruler)
        var effects: [Effect] = []
        engine?.step(ruled, at: now, into: &effects)
        guard let standing = engine?.standing else { return }
        let wakeUs = engine?.nextWakeUs
        let parts = effects.split(omittingEmptySubsequences: false, whereSeparator: \.isRuler).map(Array.init)
        for (index, part) in parts.enumerated() {
            let observation: Observation =
                switch index {
                case 0: .passed(wallMs: now.wallMs, reads: reads, part)
                case parts.count - 1: .pursued(part)
                default: .took(others[index - 1], part)
                }
            auditor.observe(observation, atUs: nowUs)
            for effect in part { perform(effect) }
        }
        guard engine != nil else { return }
        auditor.observe(.stands(standing), atUs: nowUs)
        guard let wakeUs else { return }
        auditor.observe(.wakePlanned(atUs: wakeUs), atUs: nowUs)
        guard plannedWakeUs != wakeUs else { return }
        plannedWakeUs = wakeUs
        agenda.plan(.wake(run: run, atUs: wakeUs), atUs: max(nowUs, wakeUs))
    }

    /// Notes of each request when it is taken and whether a spectator asks.
    private mutating func noteAskers(_ inputs: [Input]) {
        for case .request(let id, _, let caller, _) in inputs {
            requests[id]?.takenUs = nowUs
            guard case .valid(let identity) = caller.credential, auditor.accepts(identity) else { continue }
            let isSpectator = isSpectator(identity)
            requests[id]?.wasAccepted = true
            requests[id]?.wasSpectator = isSpectator
        }
    }

    /// Whether whoever a token proves is a spectator now.
    func isSpectator(_ identity: Identity?) -> Bool {
        guard let identity else { return true }
        return engine?.state(of: identity.id) == .afk
    }

    private mutating func perform(_ effect: Effect) {
        switch effect {
        case .send(let id, let envelope): send(envelope, on: id)
        case .publish(let topic, let message): publish(topic, message)
        case .publishToOthers(let topic, let message, let one): publish(topic, message, except: one)
        case .subscribe(let id, let topic):
            links[id]?.topics.insert(topic)
            if topic.isOfCanvas, links[id] != nil { auditor.observe(.subscribed(id, topic), atUs: nowUs) }
        case .unsubscribe(let id, let topic):
            links[id]?.topics.remove(topic)
            if topic.isOfCanvas { auditor.observe(.unsubscribed(id), atUs: nowUs) }
        case .ping(let id):
            guard let link = links[id] else { return }
            let arrivalUs = max(link.lastDownUs, nowUs + latencyUs())
            links[id]?.lastDownUs = arrivalUs
            agenda.plan(.pinged(id, sentUs: nowUs), atUs: arrivalUs)
        case .close(let id, let code):
            if code == .tooSlow { auditor.count { $0.evictions += 1 } }
            auditor.observe(.ended(id), atUs: nowUs)
            links[id]?.topics = []
            say(.close(code), on: id)
        case .respond(let id, let answer): respond(id, answer)
        case .commit(let id, let records):
            auditor.observe(.commit(isUnderWay: true), atUs: nowUs)
            disk.begin(id, records)
            let us = chance(3) ? milliseconds(20...300) : Int64.random(in: 200...9_000, using: &random)
            plan(.diskEnds(run: run, id), inUs: us)
        case .probeStorage: plan(.probes(run: run), inUs: 500)
        case .takeSnapshot(let size, let epoch, let version, let cells):
            auditor.observe(.snapshotWanted(version: version, cells: cells), atUs: nowUs)
            let snapshot = SnapshotAnswer(size: size, epoch: epoch, version: version, zlib: cells)
            plan(.snapshotEnds(run: run, snapshot), inUs: milliseconds(1...(chance(10) ? 1_500 : 20)))
        case .renderPNG(let head, let cells):
            let picture = SnapshotAnswer(
                size: head.size, epoch: head.epoch, version: head.version, zlib: cells)
            auditor.observe(.snapshotGiven(picture), atUs: nowUs)
            plan(.pictureEnds(run: run, chance(5) ? nil : cells), inUs: milliseconds(1...60))
        case .packTouched(let mask, let epoch, let version):
            let answer = TouchedAnswer(size: mask.size, epoch: epoch, version: version, zlib: mask.bytes)
            plan(.touchedEnds(run: run, answer), inUs: milliseconds(1...60))
        case .draw(_, let head, _, let cells):
            let picture = SnapshotAnswer(
                size: head.size, epoch: head.epoch, version: head.version, zlib: cells)
            auditor.observe(.snapshotGiven(picture), atUs: nowUs)
            plan(.drawingEnds(run: run, chance(5) ? nil : cells), inUs: milliseconds(1...60))
        case .stream(let ids, _):
            for id in ids { plan(.streamReads(run: run, id), inUs: milliseconds(1...800)) }
        case .endStream: break
        case .restoreHistory(let id, let material):
            plan(.historyEnds(run: run, id, material), inUs: milliseconds(1...60))
        case .query(let id, let query): plan(.looksUp(run: run, id, query), inUs: 700)
        case .answerHost(let call, let answer):
            auditor.observe(.hostAnswered(call), atUs: nowUs)
            answerBot(call, answer)
        case .drawClickGame:
            plan(.drawsClickGame(run: run, Identifier(rawValue: random.next())), inUs: 300)
        case .telegram(let effect): carry(effect)
        case .log: break
        case .drained: die()
        }
    }

    /// Ends the commit under way, well or not.
    mutating func endCommit(_ id: CommitID) {
        // A server that died took it along.
        guard disk.underWay != nil else { return }
        auditor.observe(.commit(isUnderWay: false), atUs: nowUs)
        switch disk.end() {
        case .success(let records):
            auditor.observe(.kept(records), atUs: nowUs)
            reach(.committed(id))
        case .failure(let fault):
            auditor.count { $0.failedCommits += 1 }
            reach(.commitFailed(id, fault))
            if case .broken = fault, !isDraining {
                // Whoever runs the server sees it and restarts it.
                isDraining = true
                plan(.arrives(.drain, run: run, link: nil), inUs: milliseconds(200...2_000))
            }
        }
    }
}

extension Input {
    /// Whether a step answers it before all others, because it changes nothing.
    fileprivate var isRead: Bool {
        guard case .request(_, let route, _, _) = self else { return false }
        switch route {
        case .me, .canvas, .snapshot, .changes, .touched, .pixel, .lastPixel, .canvasPNG, .health, .readiness,
            .metrics, .openAPI, .leaderboard, .clicks(.current), .clicks(.contributions), .relays(.list),
            .relays(.puzzle), .relays(.points), .skins(.list), .skins(.colors), .auth(.methods),
            .auth(.page(.form)), .views, .figures, .history:
            return true
        case .signInAsGuest, .requestChallenge, .signInWithDevice, .refresh, .logout, .rename, .deleteAccount,
            .placePixel, .undoPixel, .webSocket, .clicks, .relays, .skins, .ads, .feedback, .admin, .auth:
            return false
        }
    }
}

extension Effect {
    /// Whether it answers what no host asked.
    fileprivate var isRuler: Bool {
        if case .answerHost(HostCallID(rawValue: 0), _) = self { true } else { false }
    }
}

extension Topic {
    /// Whether it carries the canvas's frames.
    fileprivate var isOfCanvas: Bool {
        switch self {
        case .canvas, .spectators: true
        case .clicks, .relay: false
        }
    }
}
