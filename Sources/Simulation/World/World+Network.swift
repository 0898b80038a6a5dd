import Client
import Engine
import Protocol

extension World {
    /// How long a message takes.
    mutating func latencyUs() -> Int64 {
        let isSlow = scenario.faults.contains(.delay) && !isQuiet && chance(4)
        return isSlow ? milliseconds(200...2_500) : milliseconds(2...35)
    }

    // MARK: From the server

    mutating func send(_ envelope: ServerEnvelope, on id: ConnectionID) {
        guard let link = links[id] else { return }
        switch envelope.message {
        case .welcome(let welcome): auditor.observe(.showed(welcome.canvas.version), atUs: nowUs)
        case .pixels(let run): auditor.observe(.merged(id, run), atUs: nowUs)
        case .status(.afk): auditor.observe(.ended(id), atUs: nowUs)
        case .placed(let version, let epoch):
            let placed = PlacedAnswer(version: version, epoch: epoch)
            if let account = people[link.person].identity?.id, let replyTo = envelope.replyTo,
                let pixel = deeds.removeValue(forKey: Deed(link: id, id: replyTo))
            {
                auditor.observe(.acknowledged(placed, account: account, pixel: pixel), atUs: nowUs)
            }
        case .status(.playing): auditor.observe(.plays(id, at: publishedVersion), atUs: nowUs)
        case .status(.queued), .canvasReset, .heartbeat, .ok, .error: break
        }
        carry(envelope, on: id)
    }

    mutating func publish(_ message: ServerMessage) {
        guard case .pixels(let run) = message else { return }
        auditor.observe(.published(run), atUs: nowUs)
        publishedVersion = run.to
        digest.add(run.to)
        digest.add(run.pixels.count)
        for id in linkOrder where links[id]?.isSubscribed == true {
            carry(ServerEnvelope(message), on: id)
        }
    }

    /// Sends a message as its bytes; the client hears what comes out of them.
    private mutating func carry(_ envelope: ServerEnvelope, on id: ConnectionID) {
        guard let link = links[id] else { return }
        let carried = Wire(person: link.person).carried(envelope)
        auditor.observe(.carried(isSame: carried == envelope, what: "\(envelope)"), atUs: nowUs)
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
        case .message(let envelope): hear(envelope, on: id, link.person)
        case .close: end(id, link.person)
        }
    }

    // MARK: From the client

    mutating func connect(_ person: Int) {
        guard people[person].role == .player else { return }
        guard people[person].identity != nil else {
            signIn(person)
            return
        }
        guard let identity = people[person].identity, engine != nil,
            case .valid = people[person].credential(atMs: now.wallMs)
        else {
            people[person].identity = nil
            plan(.connects(person: person), inUs: milliseconds(100...900))
            return
        }
        lastConnection += 1
        let id = ConnectionID(rawValue: lastConnection)
        var link = Link(id: id, person: person)
        link.lastUpUs = nowUs + latencyUs()
        links[id] = link
        linkOrder.append(id)
        if people[person].link != nil { receive(.subscribed(false), person) }
        people[person].link = id
        people[person].isPlaying = false
        let input = Input.opened(id, identity, address: people[person].address, play: chance(80))
        agenda.plan(.arrives(input, run: run, link: id), atUs: link.lastUpUs)
    }

    mutating func say(_ message: ClientMessage, _ person: Int) {
        guard let id = people[person].link, let link = links[id] else { return }
        let number = people[person].nextMessage
        people[person].nextMessage += 1
        switch message {
        case .place(let pixel): deeds[Deed(link: id, id: number)] = .some(pixel)
        case .undo: deeds[Deed(link: id, id: number)] = .some(nil)
        case .play, .leave, .heartbeat, .authenticate: break
        }
        let arrivalUs = max(link.lastUpUs, nowUs + latencyUs())
        links[id]?.lastUpUs = arrivalUs
        let envelope = ClientEnvelope(id: number, message)
        let carried = Wire(person: person).carried(envelope)
        auditor.observe(.carried(isSame: carried == envelope, what: "\(envelope)"), atUs: nowUs)
        guard let carried else { return }
        let input = Input.message(id, carried)
        agenda.plan(.arrives(input, run: run, link: id), atUs: arrivalUs)
    }

    mutating func ask(_ route: Route, _ purpose: Purpose, _ person: Int) {
        guard engine != nil, !(scenario.faults.contains(.drop) && !isQuiet && chance(2)) else {
            plan(.answers(nil, purpose, person: person), inUs: milliseconds(20...300))
            return
        }
        lastRequest += 1
        let id = RequestID(rawValue: lastRequest)
        let caller = Caller(
            address: people[person].address, credential: people[person].credential(atMs: now.wallMs))
        requests[id] = Inquiry(person: person, purpose: purpose, route: route, caller: caller)
        var proofs = EdgeProofs.none
        switch route {
        case .signInAsGuest, .requestChallenge, .signInWithDevice, .refresh:
            let hash = people[person].refreshToken.reversed() as [UInt8]
            proofs = EdgeProofs(
                entropy: entropy(), signatureValid: chance(95), presentedRefreshHash: hash)
        default: break
        }
        plan(.arrives(.request(id, route, caller, proofs), run: run, link: nil), inUs: latencyUs())
    }

    /// Fresh names and secrets; a token's hash is the token backwards.
    private mutating func entropy() -> Entropy {
        let token = (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }
        return Entropy(
            accountID: Identifier(rawValue: random.next()), sessionID: Identifier(rawValue: random.next()),
            challenge: (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }, refreshToken: token,
            refreshHash: token.reversed())
    }

    mutating func arrive(_ input: Input, _ run: Int, _ link: ConnectionID?) {
        guard run == self.run, engine != nil else { return }
        if let link, links[link] == nil { return }
        if case .request(let id, _, _, _) = input { auditor.observe(.asked(id), atUs: nowUs) }
        reach(input)
    }

    // MARK: Ends

    /// A connection is reset: the server learns of it, then the client.
    mutating func reset(_ id: ConnectionID) {
        guard let link = links.removeValue(forKey: id) else { return }
        linkOrder.removeAll { $0 == id }
        auditor.observe(.ended(id), atUs: nowUs)
        plan(.arrives(.closed(id), run: run, link: nil), inUs: milliseconds(0...500))
        plan(.breaks(id, person: link.person), inUs: milliseconds(0...500))
    }

    /// A client has read the server's close.
    private mutating func end(_ id: ConnectionID, _ person: Int) {
        links[id] = nil
        linkOrder.removeAll { $0 == id }
        plan(.arrives(.closed(id), run: run, link: nil), inUs: 1_000)
        lose(id, person)
    }

    mutating func lose(_ id: ConnectionID, _ person: Int) {
        guard people[person].link == id else { return }
        people[person].link = nil
        people[person].isPlaying = false
        receive(.subscribed(false), person)
        plan(.connects(person: person), inUs: milliseconds(100...1_500))
    }
}
