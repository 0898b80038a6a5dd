import Client
import Engine
import Protocol

extension World {
    // MARK: Signing in

    mutating func signIn(_ person: Int) {
        guard !people[person].isSigningIn else { return }
        people[person].isSigningIn = true
        if !people[person].refreshToken.isEmpty, chance(50) {
            ask(.refresh(token: ""), .refresh, person)
        } else {
            ask(.requestChallenge(publicKey: people[person].publicKey), .challenge, person)
        }
    }

    mutating func hear(_ answer: Answer?, _ purpose: Purpose, _ person: Int) {
        switch (purpose, answer) {
        case (.challenge, .challenge(let challenge)):
            let proof = DeviceSignIn(
                publicKey: people[person].publicKey, challenge: challenge, signature: [],
                name: people[person].name)
            ask(.signInWithDevice(proof), .signIn, person)
        case (.signIn, .session(let identity, _, let token)),
            (.refresh, .session(let identity, _, let token)):
            people[person].identity = identity
            people[person].refreshToken = token
            people[person].isSigningIn = false
            if people[person].link == nil { connect(person) }
        case (.challenge, _), (.signIn, _), (.refresh, _):
            if case .refresh = purpose { people[person].refreshToken = [] }
            people[person].isSigningIn = false
            if people[person].link == nil { plan(.connects(person: person), inUs: milliseconds(100...900)) }
        case (.guest, .guest(let identity, _)):
            people[person].identity = identity
        case (.snapshot, .snapshot(let snapshot)):
            receive(
                .snapshot(
                    size: snapshot.size, epoch: snapshot.epoch, version: snapshot.version,
                    cells: snapshot.zlib),
                person)
        case (.changes, .changes(let changes)):
            receive(.changes(changes.run, base: changes.snapshot), person)
        case (.snapshot, .failure(let failure)), (.changes, .failure(let failure)):
            receive(.failed(failure), person)
        case (.snapshot, _), (.changes, _):
            receive(.failed(Failure(.internalError, "no answer")), person)
        case (.guest, _), (.place, _), (.undo, _), (.curiosity, _):
            break
        }
    }

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
        guard people[person].link == id else { return }
        switch envelope.message {
        case .welcome(let welcome): receive(.head(welcome.canvas), person)
        case .status(let status):
            if case .playing = status {
                people[person].isPlaying = true
                receive(.subscribed(true), person)
            } else {
                people[person].isPlaying = false
                receive(.subscribed(false), person)
            }
        case .pixels(let run): receive(.frame(run), person)
        case .canvasReset(let epoch, let version, _, _):
            receive(.reset(epoch: epoch, version: version), person)
        case .placed, .heartbeat, .ok, .error: break
        }
    }

    // MARK: Deeds

    /// Does a person's next deed and plans the one after.
    mutating func act(_ person: Int) {
        switch people[person].role {
        case .player:
            if !isQuiet { play(person) }
            // Whoever watches must ask before all are compared; left to chance, one in thousands didn't.
            if !people[person].isPlaying, isQuiet || chance(20) { receive(.due, person) }
            plan(.acts(person: person), inUs: milliseconds(20...(isQuiet ? 600 : 380)))
        case .guest, .stranger:
            if people[person].role == .guest, people[person].identity == nil {
                ask(.signInAsGuest(name: nil), .guest, person)
            }
            receive(.due, person)
            if !isQuiet, chance(15) { ask(.canvasPNG, .curiosity(.canvasPNG), person) }
            if !isQuiet, chance(10) { ask(.canvas, .curiosity(.canvas), person) }
            plan(.acts(person: person), inUs: milliseconds(isQuiet ? 1_000...1_500 : 300...2_500))
        }
    }

    private mutating func play(_ person: Int) {
        guard people[person].link != nil else { return }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<70: say(.place(pixel()), person)
        case 70..<80: say(.undo, person)
        case 80..<84:
            let pixel = pixel()
            ask(.placePixel(pixel), .place(pixel), person)
        case 84..<86: ask(.undoPixel, .undo, person)
        case 86: say(.leave, person)
        case 87..<90: say(.play, person)
        case 90: connect(person)
        case 91: if !people[person].isSigningIn { signIn(person) }
        case 92: for _ in 0..<12 { say(.place(pixel()), person) }
        case 93: say(.place(Pixel(x: 24, y: 0, color: 0)), person)
        case 94:
            let route = Route.pixel(
                x: Int.random(in: 0..<24, using: &random), y: Int.random(in: 0..<16, using: &random))
            ask(route, .curiosity(route), person)
        case 95:
            guard let account = people[person].identity?.id else { return }
            ask(.lastPixel(account: account), .curiosity(.lastPixel(account: account)), person)
        case 96:
            guard let version = people[person].replica.version else { return }
            let from = Version.random(in: 0...version, using: &random)
            let route = Route.changes(from: from, to: nil, epoch: nil)
            ask(route, .curiosity(route), person)
        default: say(.heartbeat, person)
        }
    }

    private mutating func pixel() -> Pixel {
        // Half of all pixels fall on few cells, so that people paint over each other.
        let isCrowded = chance(50)
        return Pixel(
            x: Int.random(in: 0..<(isCrowded ? 4 : 24), using: &random),
            y: Int.random(in: 0..<(isCrowded ? 2 : 16), using: &random),
            color: UInt8.random(in: 0..<32, using: &random))
    }
}
