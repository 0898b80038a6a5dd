import Client
import Engine
import Protocol

extension World {
    // MARK: The canvas

    /// Gives a person's replica an event and does what it wants.
    mutating func receive(_ event: CanvasReplica.Event, _ person: Int) {
        for action in people[person].replica.receive(event) {
            switch action {
            case .fetchSnapshot: ask(.snapshot(ifNoneMatch: nil), .snapshot, person)
            case .fetchChanges(let from, let epoch):
                ask(.changes(from: from, to: nil, epoch: epoch), .changes(from: from), person)
            case .changed, .replaced: break
            }
        }
        if people[person].replica.isWaiting { plan(.due(person: person), inUs: milliseconds(200...1_200)) }
    }

    mutating func hear(_ envelope: ServerEnvelope, on id: ConnectionID, _ person: Int) {
        if case .welcome(let words) = envelope.message { welcome(words, on: id, person) }
        guard people[person].link == id else { return }
        switch envelope.message {
        case .welcome: break
        case .status(let status):
            people[person].status = status
            receive(.subscribed(status != .afk || configuration.hasLiveSpectators), person)
        case .pixels(let run): receive(.frame(run), person)
        case .canvasReset(let epoch, let version, let width, let height):
            let size = CanvasSize(width: width, height: height)
            receive(.reset(epoch: epoch, version: version, size: size), person)
        case .clicksAccepted(_, let batch):
            if let batch { people[person].tracker.acknowledge(batch, atUs: nowUs) }
        case .error(let failure):
            guard let number = envelope.replyTo else { break }
            if people[person].tracker.isAsked(by: number) { refuse(push: failure, person) }
            follow(refusal: failure, of: number, person)
        case .relay(let event): follow(event, person)
        case .runStarted(let start): begin(start, person)
        case .score(let score): follow(score, person)
        case .runEnded(let result): follow(result, person)
        case .placed, .heartbeat, .announcement, .ok, .clickTotals: break
        }
    }

    // MARK: Deeds

    /// Does a person's next deed and plans the one after.
    mutating func act(_ person: Int) {
        switch (people[person].role, scenario.workload) {
        case (.player, .canvas), (.player, .canvases), (.player, .telegram): paint(person)
        case (.player, .crowd), (.player, .hosting): mingle(person)
        case (.player, .clicks), (.guest, .clicks): click(person)
        case (.player, .relays): race(person)
        case (.player, .arcade): spendTime(person)
        case (.guest, _), (.stranger, _): watch(person)
        }
    }

    /// What a client does by itself: tokens are renewed in time, and a sign of life is given now and then.
    mutating func tend(_ person: Int) {
        guard people[person].isMuteUntilUs <= nowUs else { return }
        // A client goes by its own clock: a quarter of a token's life is left for tries.
        let tokenAgeUs = nowUs - people[person].tokenSinceUs
        let isAskedLate = people[person].isForgetful && people[person].link != nil
        if people[person].identity != nil, !isAskedLate,
            tokenAgeUs > Int64(configuration.accessTokenSeconds) * 750_000
        {
            renew(person)
        }
        guard people[person].link != nil,
            nowUs - people[person].lastSaidUs > Int64(configuration.heartbeatTimeoutMs) * 1000 / 3
        else { return }
        if chance(50) { say(.heartbeat, person) } else { pong(person) }
    }

    private mutating func watch(_ person: Int) {
        let isGuest = people[person].role == .guest
        if isGuest { signInAsGuest(person) }
        receive(.due, person)
        if !isQuiet {
            if chance(15) { ask(.canvasPNG, .curiosity, person) }
            if chance(10) { ask(.touched(ifNoneMatch: nil), .curiosity, person) }
            if chance(10) { ask(.canvas, .curiosity, person) }
            if chance(10) { ask(.views(.text(CanvasView(), ifNoneMatch: nil)), .curiosity, person) }
            if chance(3) {
                ask(.views(.watch(CanvasView(), framesPerSecond: 2)), .curiosity, person)
            }
            if chance(2) { ask(.metrics, .curiosity, person) }
            if scenario.workload == .canvases, chance(15) { lookBack(person) }
            if isGuest { visit(person) }
            if isGuest, scenario.workload == .relays { lookIn(person) }
            if isGuest, scenario.workload == .arcade {
                if chance(10) { wantAd(person) }
                if chance(5) { write(person) }
            }
        }
        plan(.acts(person: person), inUs: milliseconds(isQuiet ? 1_000...1_500 : 300...2_500))
    }

    /// What a guest may do besides watching.
    private mutating func visit(_ person: Int) {
        tend(person)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<4: comeBack(person, inUs: 1_000)
        case 4..<6: hangUp(person, forUs: milliseconds(1_000...20_000))
        case 6..<8: say(.play, person)
        case 8..<10: say(.place(pixel()), person)
        case 10: ask(.rename(name: "guest \(Int.random(in: 0..<20, using: &random))"), .curiosity, person)
        case 11: if chance(30) { ask(.deleteAccount, .delete, person) }
        case 12: ask(.me, .curiosity, person)
        case 13: ask(.logout, .curiosity, person)
        case 14: people[person].isMuteUntilUs = nowUs + milliseconds(5_000...40_000)
        default: break
        }
    }

    mutating func pixel() -> Pixel {
        // Half of all pixels fall on few cells, so that people paint over each other.
        let isCrowded = chance(50)
        return Pixel(
            x: Int.random(in: 0..<(isCrowded ? 4 : 24), using: &random),
            y: Int.random(in: 0..<(isCrowded ? 2 : 16), using: &random),
            color: UInt8.random(in: 0..<32, using: &random))
    }

    /// Things about its sign-in and name that a person does now and then.
    mutating func runErrand(_ person: Int) {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<15: ask(.me, .curiosity, person)
        case 15..<30:
            let name = "painter \(Int.random(in: 0..<40, using: &random))"
            people[person].wishedName = name
            ask(.rename(name: name), .curiosity, person)
        case 30..<45: dial(person)
        case 45..<60: say(.authenticate(token: "token"), person)
        case 60..<72: renew(person)
        case 72..<80: signIn(person)
        case 80..<86: ask(.logout, .logout, person)
        case 86..<89: ask(.deleteAccount, .delete, person)
        case 89..<93: steal(from: person)
        default: ask(.canvas, .curiosity, person)
        }
    }
}
