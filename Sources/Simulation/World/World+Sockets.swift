import Client
import Engine
import Game
import Protocol

extension World {
    // MARK: Begin

    /// Plans that a person connects; one plan at a time.
    mutating func comeBack(_ person: Int, inUs delay: Int64) {
        guard !people[person].isComingBack else { return }
        people[person].isComingBack = true
        plan(.connects(person: person), inUs: delay)
    }

    /// Connects a person who isn't, after a sign-in or a refresh where it needs one.
    mutating func connect(_ person: Int) {
        people[person].isComingBack = false
        let role = people[person].role
        guard role != .stranger, people[person].link == nil, !people[person].isConnecting else { return }
        guard case .valid = people[person].credential(atMs: now.wallMs) else {
            if role == .player { renew(person) }
            comeBack(person, inUs: milliseconds(300...900))
            return
        }
        dial(person)
    }

    /// Asks for a socket, whatever others the person has.
    mutating func dial(_ person: Int) {
        people[person].isConnecting = true
        let percent =
            switch scenario.workload {
            case .canvas, .canvases, .telegram: 80
            case .crowd, .hosting: 25
            case .clicks, .relays, .arcade: 5
            }
        ask(.webSocket(play: chance(percent), relay: room(for: person)), .handshake, person)
    }

    /// The server lets a socket in; its client knows once the answer has arrived.
    mutating func open(
        _ identity: Identity, play: Bool, relay: Identifier?, for person: Int, isLost: Bool
    ) {
        lastConnection += 1
        let id = ConnectionID(rawValue: lastConnection)
        var link = Link(id: id, person: person, identity: identity)
        let arrivalUs = nowUs + latencyUs()
        link.lastDownUs = arrivalUs
        link.lastUpUs = arrivalUs
        links[id] = link
        linkOrder.append(id)
        reach(.opened(id, identity, address: people[person].address, play: play, relay: relay))
        agenda.plan(.shakes(id, person: person), atUs: arrivalUs)
        if isLost { reset(id) }
    }

    /// A client learns that it was let in.
    mutating func shake(_ id: ConnectionID, _ person: Int) {
        guard links[id] != nil else {
            people[person].isConnecting = false
            comeBack(person, inUs: milliseconds(100...1_500))
            return
        }
        people[person].opening = id
    }

    /// A client hears the first word on a socket, which it listens to from now on.
    mutating func welcome(_ welcome: Welcome, on id: ConnectionID, _ person: Int) {
        if people[person].link != nil {
            receive(.subscribed(false), person)
            loseLink(person)
        }
        if people[person].opening == id { people[person].opening = nil }
        people[person].isConnecting = false
        people[person].link = id
        if welcome.status == .afk { people[person].status = .afk }
        receive(.head(welcome.canvas), person)
        if welcome.status == .afk { receive(.subscribed(configuration.hasLiveSpectators), person) }
    }

    // MARK: End

    /// What a client knew by a socket is over with it.
    private mutating func loseLink(_ person: Int) {
        people[person].link = nil
        people[person].rooms = [:]
        people[person].leftRooms = []
        people[person].seat.lose()
        people[person].tracker.lose(atUs: nowUs)
    }

    /// A connection is reset: the server learns of it, or finds out only by silence, and the client too.
    mutating func reset(_ id: ConnectionID) {
        guard let link = links.removeValue(forKey: id) else { return }
        linkOrder.removeAll { $0 == id }
        auditor.observe(.ended(id), atUs: nowUs)
        if !chance(scenario.workload == .crowd ? 15 : 2) {
            plan(.arrives(.closed(id), run: run, link: nil), inUs: milliseconds(0...500))
        }
        plan(.breaks(id, person: link.person), inUs: milliseconds(0...500))
    }

    /// A person closes its socket and comes back after a while.
    mutating func hangUp(_ person: Int, forUs awayUs: Int64) {
        guard let id = people[person].link, links.removeValue(forKey: id) != nil else { return }
        linkOrder.removeAll { $0 == id }
        auditor.observe(.ended(id), atUs: nowUs)
        plan(.arrives(.closed(id), run: run, link: nil), inUs: latencyUs())
        loseLink(person)
        receive(.subscribed(false), person)
        comeBack(person, inUs: awayUs)
    }

    /// A client has read the server's close.
    mutating func end(_ id: ConnectionID, _ person: Int, _ code: CloseCode) {
        links[id] = nil
        linkOrder.removeAll { $0 == id }
        plan(.arrives(.closed(id), run: run, link: nil), inUs: 1_000)
        lose(id, person, code)
    }

    /// A client finds a connection gone, by a close or without a word.
    mutating func lose(_ id: ConnectionID, _ person: Int, _ code: CloseCode? = nil) {
        if people[person].opening == id {
            people[person].opening = nil
            people[person].isConnecting = false
            if people[person].link == nil { comeBack(person, inUs: pauseUs(after: code)) }
        }
        guard people[person].link == id else { return }
        loseLink(person)
        receive(.subscribed(false), person)
        switch code {
        case .afk, .banned: people[person].status = .afk
        case .signedOut: forgetSignIn(person)
        default: break
        }
        comeBack(person, inUs: pauseUs(after: code))
    }

    /// How long a person stays away: a client reconnects by itself, but after some codes only when a person
    /// wants it to.
    private mutating func pauseUs(after code: CloseCode?) -> Int64 {
        if scenario.workload == .canvas || scenario.workload == .canvases || isQuiet {
            return milliseconds(100...1_500)
        }
        if let code, !code.allowsReconnect { return milliseconds(2_000...30_000) }
        // Most come back at once, some within their deadline, some after it.
        return switch Int.random(in: 0..<10, using: &random) {
        case 0..<7: milliseconds(100...1_500)
        case 7..<9: milliseconds(2_000...18_000)
        default: milliseconds(15_000...45_000)
        }
    }
}
