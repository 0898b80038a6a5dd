import Client
import Engine
import Game
import Protocol

extension World {
    /// How long a message takes.
    mutating func latencyUs() -> Int64 {
        let isArcade = scenario.workload == .arcade
        let isSlow = scenario.faults.contains(.delay) && !isQuiet && chance(isArcade ? 2 : 4)
        guard isSlow else { return milliseconds(2...35) }
        // Runs are for lines that are mostly quick.
        return isArcade && !chance(10) ? milliseconds(40...110) : milliseconds(200...2_500)
    }

    // MARK: From the server

    mutating func send(_ envelope: ServerEnvelope, on id: ConnectionID) {
        guard let link = links[id] else { return }
        switch envelope.message {
        case .welcome(let welcome):
            auditor.observe(.headShown(welcome.canvas), atUs: nowUs)
            auditor.observe(.welcomed(id, at: welcome.canvas.version), atUs: nowUs)
        case .pixels(let run): auditor.observe(.merged(id, run), atUs: nowUs)
        case .status(.afk): auditor.observe(.follows(id, takesPart: false), atUs: nowUs)
        case .status(.playing), .status(.queued):
            auditor.observe(.follows(id, takesPart: true), atUs: nowUs)
        case .placed(let version, let epoch):
            let placed = PlacedAnswer(version: version, epoch: epoch)
            if let replyTo = envelope.replyTo,
                let pixel = deeds.removeValue(forKey: Deed(link: id, id: replyTo))
            {
                auditor.observe(.acknowledged(placed, account: link.holder, pixel: pixel), atUs: nowUs)
            }
        case .canvasReset(let epoch, let version, let width, let height):
            guard let size = CanvasSize(width: width, height: height) else { break }
            auditor.observe(.resetSent(id, epoch: epoch, version: version, size), atUs: nowUs)
        case .heartbeat, .ok, .error, .clickTotals, .clicksAccepted, .relay, .runStarted, .score, .runEnded,
            .announcement:
            break
        }
        carry(envelope, on: id)
    }

    /// Sends a frame to all who follow: its bytes are made once a codec.
    mutating func publish(_ topic: Topic, _ message: ServerMessage, except one: ConnectionID? = nil) {
        switch message {
        case .pixels(let run):
            auditor.observe(.published(run, topic), atUs: nowUs)
            digest.add(run.to)
            digest.add(run.pixels.count)
        case .clickTotals(let view): for planet in view.planets { digest.add(planet.clicks) }
        case .relay(let event): digest.add(event.relay.rawValue)
        case .canvasReset(let epoch, let version, let width, let height):
            guard let size = CanvasSize(width: width, height: height) else { break }
            auditor.observe(.resetPublished(epoch: epoch, version: version, size, topic), atUs: nowUs)
            digest.add(version)
        case .welcome, .status, .placed, .clicksAccepted, .heartbeat, .ok, .error, .runStarted,
            .score, .runEnded, .announcement:
            break
        }
        let envelope = ServerEnvelope(message)
        for codec in MessageCodec.allCases {
            let isSame = Wire(codec: codec).carried(envelope) == envelope
            auditor.observe(.carried(isSame: isSame, what: "\(message)"), atUs: nowUs)
        }
        for id in linkOrder where links[id]?.topics.contains(topic) == true && id != one {
            say(.message(envelope), on: id)
        }
    }

    /// Sends a message as its bytes; the client hears what comes out of them.
    private mutating func carry(_ envelope: ServerEnvelope, on id: ConnectionID) {
        guard let link = links[id] else { return }
        let carried = Wire(person: link.person).carried(envelope)
        if carried != envelope {
            auditor.observe(.carried(isSame: false, what: "\(envelope)"), atUs: nowUs)
        }
        if let carried { say(.message(carried), on: id) }
    }

    mutating func say(_ word: Link.Word, on id: ConnectionID) {
        guard let link = links[id] else { return }
        let arrivalUs = max(link.lastDownUs, nowUs + latencyUs())
        links[id]?.add(word)
        links[id]?.lastDownUs = arrivalUs
        agenda.plan(.delivers(id), atUs: arrivalUs)
        report(id)
    }

    private mutating func report(_ id: ConnectionID) {
        if let link = links[id], let sinceUs = link.behindSinceUs, !link.isClosed {
            auditor.observe(.behind(id, sinceUs: sinceUs), atUs: nowUs)
        }
        guard let bytes = links[id]?.report(atUs: nowUs) else { return }
        reach(.backlog(id, bytes: bytes))
    }

    mutating func deliver(_ id: ConnectionID) {
        guard let link = links[id] else { return }
        if link.stalledUntilUs > nowUs {
            agenda.plan(.delivers(id), atUs: link.stalledUntilUs)
            return
        }
        guard let word = links[id]?.deliver() else { return }
        report(id)
        switch word {
        case .message(let envelope):
            if case .relay(let event) = envelope.message { auditor.observe(.heard(id, event), atUs: nowUs) }
            hear(envelope, on: id, link.person)
        case .close(let code): end(id, link.person, code)
        }
    }

    // MARK: From the client

    @discardableResult
    mutating func say(_ message: ClientMessage, _ person: Int) -> Int? {
        guard let id = people[person].link, let link = links[id] else { return nil }
        let number = people[person].nextMessage
        people[person].nextMessage += 1
        people[person].lastSaidUs = nowUs
        switch message {
        case .place(let pixel): deeds[Deed(link: id, id: number)] = .some(pixel)
        case .undo: deeds[Deed(link: id, id: number)] = .some(nil)
        case .authenticate:
            if people[person].identity?.sessionID != link.session { links[id]?.session = nil }
        case .play, .leave, .heartbeat, .join, .leaveRoom, .pushClicks, .answer, .startRun, .point, .endRun:
            break
        }
        let arrivalUs = max(link.lastUpUs, nowUs + latencyUs())
        links[id]?.lastUpUs = arrivalUs
        let envelope = ClientEnvelope(id: number, message)
        let carried = Wire(person: person).carried(envelope)
        if carried != envelope {
            auditor.observe(.carried(isSame: false, what: "\(envelope)"), atUs: nowUs)
        }
        guard let carried else { return number }
        let input: Input =
            switch carried.message {
            case .authenticate: .authenticate(id, id: number, people[person].credential(atMs: now.wallMs))
            case .answer, .startRun, .point: .drawn(id, carried, draw())
            case .play, .leave, .heartbeat, .place, .undo, .join, .leaveRoom, .pushClicks, .endRun:
                .message(id, carried)
            }
        agenda.plan(.arrives(input, run: run, link: id), atUs: arrivalUs)
        return number
    }

    /// A client reads the server's ping and answers it at once.
    mutating func echo(_ id: ConnectionID, sentUs: Int64) {
        guard let link = links[id] else { return }
        if link.stalledUntilUs > nowUs {
            agenda.plan(.pinged(id, sentUs: sentUs), atUs: link.stalledUntilUs)
            return
        }
        let arrivalUs = max(link.lastUpUs, nowUs + latencyUs())
        links[id]?.lastUpUs = arrivalUs
        agenda.plan(
            .arrives(.roundTrip(id, us: arrivalUs - sentUs), run: run, link: id), atUs: arrivalUs)
    }

    /// Shows life without a word, as an answer to a ping does.
    mutating func pong(_ person: Int) {
        guard let id = people[person].link, links[id] != nil else { return }
        people[person].lastSaidUs = nowUs
        plan(.arrives(.alive(id), run: run, link: id), inUs: latencyUs())
    }

    /// Makes a request; `token` is the refresh token that it shows.
    mutating func ask(_ route: Route, _ purpose: Purpose, _ person: Int, token: [UInt8]? = nil) {
        guard engine != nil, !(scenario.faults.contains(.drop) && !isQuiet && chance(2)) else {
            plan(.answers(nil, purpose, person: person), inUs: milliseconds(20...300))
            return
        }
        lastRequest += 1
        let id = RequestID(rawValue: lastRequest)
        let caller = Caller(
            address: people[person].address, credential: people[person].credential(atMs: now.wallMs))
        var asked = purpose
        if case .curiosity = purpose, people[person].identity == nil { asked = .nothing }
        requests[id] = Inquiry(person: person, purpose: asked, route: route, caller: caller)
        var proofs = EdgeProofs.none
        switch route {
        case .signInAsGuest, .requestChallenge, .signInWithDevice:
            proofs = EdgeProofs(entropy: entropy(), signatureValid: chance(95))
        case .refresh:
            let shown = token ?? []
            var entropy = entropy()
            entropy.refreshToken = child(of: shown)
            entropy.refreshHash = entropy.refreshToken.reversed()
            proofs = EdgeProofs(entropy: entropy, presentedRefreshHash: shown.reversed())
            if case .refresh = purpose { auditor.observe(.repeats(id), atUs: nowUs) }
        case .clicks(.schedule), .relays(.create), .relays(.newPuzzle), .relays(.answer), .ads(.next):
            proofs = EdgeProofs(draw: draw())
        default: break
        }
        plan(.arrives(.request(id, route, caller, proofs), run: run, link: nil), inUs: latencyUs())
    }

    mutating func arrive(_ input: Input, _ run: Int, _ link: ConnectionID?) {
        guard run == self.run, engine != nil else { return }
        if let link, links[link] == nil { return }
        if case .request(let id, _, _, _) = input { auditor.observe(.asked(id), atUs: nowUs) }
        reach(input)
    }
}
