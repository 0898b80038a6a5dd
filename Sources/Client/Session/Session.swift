import Crypto
import Protocol
import Transport

/// A sign-in and its tokens: renewed before they end, and once when a call finds them ended.
///
/// Tokens live in memory alone, since the device's key signs in anew at any time.
final class Session {
    /// What to hear: a fresh token, and whether it comes from a refresh of the same session.
    typealias Renewed = (_ account: AccountName, _ wasRefreshed: Bool) -> Void

    private static let maxNameTries = 3
    private static let retryMs = 10_000

    private(set) var token: String?
    private let caller: RouteCaller
    private let url: ServerURL
    private let identity: ClientConfiguration.Identity
    private let onRenewed: Renewed
    private var refreshToken: String?
    private var waiting: [(Result<Void, CallFailure>) -> Void] = []
    private var generator: SeededGenerator
    private var refreshTimer: LoopTimer?

    init(loop: EventLoop, configuration: ClientConfiguration, onRenewed: @escaping Renewed) {
        caller = RouteCaller(loop: loop, url: configuration.url, tls: configuration.tls)
        url = configuration.url
        identity = configuration.identity
        generator = SeededGenerator(seed: configuration.seed)
        self.onRenewed = onRenewed
        refreshTimer = loop.makeTimer { [weak self] in self?.refreshBeforeEnd() }
    }

    /// Sends a route with the token; a 401 renews it once and repeats the route.
    func send(_ route: Route, completion: @escaping RouteCaller.Completion) {
        let sent = token
        caller.call(route, token: sent) { [weak self] result in
            guard let self, case .failure(let failure) = result, failure.isUnauthorized, sent != nil else {
                return completion(result)
            }
            let repeatRoute = { [weak self] (renewal: Result<Void, CallFailure>) in
                guard let self, case .success = renewal else { return completion(result) }
                caller.call(route, token: token, completion: completion)
            }
            // Another call may have renewed the token meanwhile.
            if token != sent { repeatRoute(.success(())) } else { renew(repeatRoute) }
        }
    }

    /// Gets a fresh token: by a refresh where there is one to refresh, by signing in otherwise.
    func renew(_ completion: @escaping (Result<Void, CallFailure>) -> Void) {
        waiting.append(completion)
        guard waiting.count == 1 else { return }
        guard let refreshToken else { return signIn() }
        caller.call(.refresh(token: refreshToken), token: nil) { [weak self] result in
            guard let self else { return }
            let answer = result.answer(SessionAnswer.self)
            if case .failure(let failure) = answer, failure.isUnauthorized { return signIn() }
            finish(answer, wasRefreshed: true)
        }
    }

    func close() {
        refreshTimer?.cancel()
        caller.close()
    }

    private func signIn() {
        refreshToken = nil
        switch identity {
        case .guest:
            caller.call(.signInAsGuest(name: nil), token: nil) { [weak self] result in
                self?.finish(result.answer(GuestAnswer.self))
            }
        case .device(let key, let name):
            signIn(key: key, wish: name.flatMap(PlayerName.validated), tries: 0)
        }
    }

    private func signIn(key: Ed25519PrivateKey, wish: String?, tries: Int) {
        caller.call(.requestChallenge(publicKey: key.publicKey), token: nil) { [weak self] result in
            guard let self else { return }
            switch result.answer(ChallengeAnswer.self) {
            case .failure(let failure): finish(.failure(failure), wasRefreshed: false)
            case .success(let answer): prove(key: key, challenge: answer.challenge, wish: wish, tries: tries)
            }
        }
    }

    private func prove(key: Ed25519PrivateKey, challenge: [UInt8], wish: String?, tries: Int) {
        let bytes = DeviceSignIn.signedBytes(host: url.hostHeader, challenge: challenge)
        let name = variant(of: wish, tries: tries)
        let proof = DeviceSignIn(
            publicKey: key.publicKey, challenge: challenge, signature: key.sign(bytes), name: name)
        caller.call(.signInWithDevice(proof), token: nil) { [weak self] result in
            guard let self else { return }
            let answer = result.answer(SessionAnswer.self)
            // Someone else has the name: with a number behind it, and at last without a wish, it works.
            if case .failure(.refused(let failure, _)) = answer, failure.code == .nameTaken, name != nil {
                return signIn(key: key, wish: wish, tries: tries + 1)
            }
            finish(answer, wasRefreshed: false)
        }
    }

    private func variant(of wish: String?, tries: Int) -> String? {
        guard let wish, tries < Self.maxNameTries else { return nil }
        guard tries > 0 else { return wish }
        let suffix = "-\(Int.random(in: 100...999, using: &generator))"
        return PlayerName.validated(wish.prefix(Limits.maxNameCharacters - suffix.count) + suffix)
    }

    private func finish(_ answer: Result<GuestAnswer, CallFailure>) {
        switch answer {
        case .failure(let failure): complete(.failure(failure))
        case .success(let guest):
            token = guest.token
            onRenewed(guest.account, false)
            complete(.success(()))
        }
    }

    private func finish(_ answer: Result<SessionAnswer, CallFailure>, wasRefreshed: Bool) {
        switch answer {
        case .failure(let failure): complete(.failure(failure))
        case .success(let session):
            token = session.accessToken
            refreshToken = session.refreshToken
            // A quarter of the token's life is left for a refresh that has to be tried again.
            let lifeSeconds = min(max(0, session.expiresInSeconds), Limits.refreshTokenSeconds)
            refreshTimer?.schedule(afterMs: max(100, lifeSeconds * 750))
            onRenewed(session.account, wasRefreshed)
            complete(.success(()))
        }
    }

    private func complete(_ result: Result<Void, CallFailure>) {
        let completions = waiting
        waiting = []
        for completion in completions { completion(result) }
    }

    private func refreshBeforeEnd() {
        renew { [weak self] result in
            if case .failure = result { self?.refreshTimer?.schedule(afterMs: Self.retryMs) }
        }
    }
}
