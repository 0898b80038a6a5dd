import Engine
import Protocol

extension World {
    /// Starts the server from what the disk has.
    mutating func start() {
        guard engine == nil else { return }
        run += 1
        if disk.fault != .full { disk.fault = nil }
        let recovered = disk.recovered(nowMs: now.wallMs)
        let engine = ServerEngine(configuration: configuration, recovered: recovered, at: now)
        if run > 1 {
            auditor.observe(
                .restarted(recovered, version: engine.durableVersion, cells: engine.durableCells), atUs: nowUs
            )
        }
        self.engine = engine
        publishedVersion = engine.durableVersion
        isDraining = false
        inbox = []
        isTurnPlanned = false
        plannedWakeUs = nil
        step([])
    }

    /// Ends the server's life: connections break, and of the commit under way all or nothing is kept.
    mutating func die() {
        guard engine != nil else { return }
        engine = nil
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

    private mutating func step(_ inputs: [Input]) {
        var effects: [Effect] = []
        let now = now
        for case .request(let id, _, _, _) in inputs {
            guard let person = requests[id]?.person else { continue }
            requests[id]?.takenUs = nowUs
            let isPlaying = plays(people[person])
            requests[id]?.wasPlaying = isPlaying
        }
        engine?.step(inputs, at: now, into: &effects)
        for effect in effects { perform(effect) }
        guard let wakeUs = engine?.nextWakeUs else { return }
        auditor.observe(.wakePlanned(atUs: wakeUs), atUs: nowUs)
        guard plannedWakeUs != wakeUs else { return }
        plannedWakeUs = wakeUs
        agenda.plan(.wake(run: run, atUs: wakeUs), atUs: max(nowUs, wakeUs))
    }

    private mutating func perform(_ effect: Effect) {
        switch effect {
        case .send(let id, let envelope): send(envelope, on: id)
        case .publish(_, let message): publish(message)
        case .subscribe(let id, _):
            links[id]?.isSubscribed = true
            auditor.observe(.subscribed(id, at: publishedVersion), atUs: nowUs)
        case .unsubscribe(let id, _):
            links[id]?.isSubscribed = false
            auditor.observe(.unsubscribed(id), atUs: nowUs)
        case .close(let id, let code):
            if code == .tooSlow { auditor.count { $0.evictions += 1 } }
            auditor.observe(.ended(id), atUs: nowUs)
            links[id]?.isSubscribed = false
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
        case .query(let id, let query): plan(.looksUp(run: run, id, query), inUs: 700)
        case .log: break
        case .drained: die()
        }
    }

    /// Ends the commit under way, well or not.
    mutating func endCommit(_ id: CommitID) {
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

    /// Shows the auditor an answer and sends it on its way, once.
    private mutating func respond(_ id: RequestID, _ answer: Answer) {
        auditor.observe(.answered(id), atUs: nowUs)
        guard let request = requests.removeValue(forKey: id) else { return }
        show(answer, to: request)
        digest.add(id.rawValue)
        digest.add(nowUs)
        let isLost = scenario.faults.contains(.drop) && !isQuiet && chance(3)
        plan(.answers(isLost ? nil : answer, request.purpose, person: request.person), inUs: latencyUs())
    }

    /// Whether the server takes a person for a player now.
    private func plays(_ person: Person) -> Bool {
        guard let engine, let identity = person.identity else { return false }
        return engine.isPlaying(identity.id)
    }

    private mutating func show(_ answer: Answer, to request: Inquiry) {
        let route = request.route
        var identity: Identity?
        if case .valid(let proved) = request.caller.credential { identity = proved }
        // Reads see the players as they were before the step, the rest as they are during it.
        let isPlaying =
            identity != nil && (request.wasPlaying || plays(people[request.person]))
        let watcher = isPlaying ? nil : identity.map { "\($0.id)" } ?? request.caller.address
        switch answer {
        case .placed(let placed):
            guard let identity else { return }
            let pixel: Pixel? = if case .placePixel(let pixel) = route { pixel } else { nil }
            auditor.observe(.acknowledged(placed, account: identity.id, pixel: pixel), atUs: nowUs)
        case .session(let identity, _, _):
            auditor.observe(
                .signedIn(session: identity.sessionID, generation: identity.generation), atUs: nowUs)
        case .canvas(let canvas):
            auditor.observe(.showed(canvas.head.version), atUs: nowUs)
            auditor.observe(.showed(canvas.snapshotVersion), atUs: nowUs)
        case .pixel(let pixel): auditor.observe(.showed(pixel.version), atUs: nowUs)
        case .snapshot(let snapshot):
            auditor.observe(.snapshotGiven(snapshot), atUs: nowUs)
            if let watcher {
                auditor.observe(.spectatorGiven(kind: "snapshot", watcher: watcher, atUs: nowUs), atUs: nowUs)
            }
        case .changes(let changes):
            if case .changes(let from, let to, _) = route {
                auditor.observe(.changesGiven(changes, from: from, to: to), atUs: nowUs)
            }
            if let watcher {
                auditor.observe(.spectatorGiven(kind: "changes", watcher: watcher, atUs: nowUs), atUs: nowUs)
            }
        case .png:
            // The cooldown counts from the asking; the drawing takes as long as it takes.
            guard !request.wasPlaying, let watcher else { return }
            auditor.observe(
                .spectatorGiven(kind: "png", watcher: watcher, atUs: request.takenUs), atUs: nowUs)
        case .guest, .challenge, .me, .notModified, .ready, .healthy, .openAPI, .failure: break
        }
    }
}
