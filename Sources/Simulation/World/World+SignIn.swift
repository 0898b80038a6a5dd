import Client
import Engine
import Protocol

extension World {
    /// How long a client shows the same refresh token after the first try: less than the server's grace, since
    /// calls take their time.
    private static let retryUs = Int64(Limits.refreshGraceMs) * 1000 - 8_000_000

    /// Gets fresh tokens: by a refresh where there is a token for it, by the key otherwise.
    mutating func renew(_ person: Int) {
        guard !people[person].isSigningIn, people[person].role == .player else { return }
        let sinceUs = people[person].refreshingSinceUs ?? nowUs
        if !people[person].refreshToken.isEmpty, nowUs - sinceUs <= Self.retryUs {
            people[person].isSigningIn = true
            people[person].refreshingSinceUs = sinceUs
            ask(.refresh(token: ""), .refresh, person, token: people[person].refreshToken)
        } else {
            signIn(person)
        }
    }

    /// Signs in with the key, beside whatever sign-in there is.
    mutating func signIn(_ person: Int) {
        guard !people[person].isSigningIn, people[person].role == .player else { return }
        people[person].isSigningIn = true
        people[person].refreshToken = []
        people[person].refreshingSinceUs = nil
        ask(.requestChallenge(publicKey: people[person].publicKey), .challenge, person)
    }

    /// Becomes a guest, unless it is one: by one call at a time, since each that is taken makes another guest.
    mutating func signInAsGuest(_ person: Int) {
        guard !people[person].isSigningIn, people[person].identity == nil else { return }
        people[person].isSigningIn = true
        ask(.signInAsGuest(name: nil), .guest, person)
    }

    /// Shows a refresh token that was used long ago, as whoever stole it might.
    mutating func steal(from person: Int) {
        guard let token = people[person].usedTokens.randomElement(using: &random) else { return }
        ask(.refresh(token: ""), .curiosity, person, token: token)
    }

    mutating func forgetSignIn(_ person: Int) {
        people[person].identity = nil
        people[person].refreshToken = []
        people[person].refreshingSinceUs = nil
        people[person].status = .afk
    }

    mutating func hear(_ answer: Answer?, _ purpose: Purpose, _ person: Int) {
        switch purpose {
        case .challenge:
            guard case .challenge(let challenge) = answer else {
                people[person].isSigningIn = false
                return
            }
            let proof = DeviceSignIn(
                publicKey: people[person].publicKey, challenge: challenge, signature: [],
                name: people[person].wishedName)
            ask(.signInWithDevice(proof), .signIn, person)
        case .signIn, .refresh:
            people[person].isSigningIn = false
            take(answer, person)
        case .guest:
            people[person].isSigningIn = false
            if case .guest(let identity, _) = answer { people[person].identity = identity }
        case .handshake:
            // Only refusals come this way.
            people[person].isConnecting = false
            if case .failure(let failure) = answer, failure.code == .unauthorized {
                people[person].identity = nil
            }
            comeBack(person, inUs: milliseconds(100...1_500))
        case .snapshot, .changes: take(stretch: answer, person)
        case .push(let batch): take(push: answer, of: batch, person)
        case .ad: take(ad: answer, person)
        case .logout, .delete:
            if case .done = answer { forgetSignIn(person) }
        case .curiosity:
            if case .failure(let failure) = answer, failure.code == .unauthorized {
                people[person].identity = nil
            }
        case .nothing: break
        }
    }

    /// Takes the answer to a sign-in or a refresh.
    private mutating func take(_ answer: Answer?, _ person: Int) {
        switch answer {
        case .session(let identity, _, let token):
            if !people[person].refreshToken.isEmpty {
                people[person].usedTokens.append(people[person].refreshToken)
                people[person].usedTokens = people[person].usedTokens.suffix(8)
            }
            people[person].identity = identity
            people[person].tokenSinceUs = nowUs
            people[person].refreshToken = token
            people[person].refreshingSinceUs = nil
            if people[person].link == nil { comeBack(person, inUs: 1_000) }
        case .failure(let failure):
            switch failure.code {
            case .refreshReused, .invalidRefreshToken: forgetSignIn(person)
            case .banned: people[person].tracker.abandon()
            case .nameTaken:
                let number = Int.random(in: 0..<1_000, using: &random)
                people[person].wishedName = "\(people[person].name)-\(number)"
            default: break
            }
        default: break
        }
    }

    private mutating func take(stretch answer: Answer?, _ person: Int) {
        switch answer {
        case .snapshot(let snapshot):
            receive(
                .snapshot(
                    size: snapshot.size, epoch: snapshot.epoch, version: snapshot.version,
                    cells: snapshot.zlib),
                person)
        case .changes(let changes): receive(.changes(changes.run, base: changes.snapshot), person)
        case .failure(let failure): receive(.failed(failure), person)
        default: receive(.failed(Failure(.internalError, "no answer")), person)
        }
    }

    /// A fresh name and a seed for something new.
    mutating func draw() -> Draw {
        Draw(id: Identifier(rawValue: random.next()), seed: random.next())
    }

    /// Fresh names and secrets; a token's hash is the token backwards.
    mutating func entropy() -> Entropy {
        let token = (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }
        return Entropy(
            accountID: Identifier(rawValue: random.next()), sessionID: Identifier(rawValue: random.next()),
            challenge: (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }, refreshToken: token,
            refreshHash: token.reversed())
    }

    /// The refresh token that follows on another; the same whenever it is asked for.
    func child(of token: [UInt8]) -> [UInt8] {
        let number = token.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var generator = SeededGenerator(seed: number ^ tokenKey)
        let next = generator.next()
        return (0..<8).map { UInt8(truncatingIfNeeded: next >> (8 * $0)) }
    }
}
