import Crypto
import Protocol
import Transport

/// A sign-in by the device's key: a challenge, its signature, and a name that nobody else has.
final class KeySignIn {
    private static let maxNameTries = 3

    private let caller: RouteCaller
    private let url: ServerURL
    private let key: Ed25519PrivateKey
    private let wish: String?
    private var generator: SeededGenerator
    private let completion: (Result<SessionAnswer, CallFailure>) -> Void

    /// Begins; the completion hears of it once, later, as long as the sign-in is held on to.
    ///
    /// - Parameter name: wished for where the key is new.
    init(
        caller: RouteCaller, url: ServerURL, key: Ed25519PrivateKey, name: String?,
        generator: SeededGenerator,
        completion: @escaping (Result<SessionAnswer, CallFailure>) -> Void
    ) {
        self.caller = caller
        self.url = url
        self.key = key
        wish = name.flatMap { PlayerName.validated($0) }
        self.generator = generator
        self.completion = completion
        ask(tries: 0)
    }

    private func ask(tries: Int) {
        caller.call(.requestChallenge(publicKey: key.publicKey), token: nil) { [weak self] result in
            guard let self else { return }
            switch result.answer(ChallengeAnswer.self) {
            case .failure(let failure): completion(.failure(failure))
            case .success(let answer): prove(answer.challenge, tries: tries)
            }
        }
    }

    private func prove(_ challenge: [UInt8], tries: Int) {
        let bytes = DeviceSignIn.signedBytes(host: url.hostHeader, challenge: challenge)
        let name = name(tries: tries)
        let proof = DeviceSignIn(
            publicKey: key.publicKey, challenge: challenge, signature: key.sign(bytes), name: name)
        caller.call(.signInWithDevice(proof), token: nil) { [weak self] result in
            guard let self else { return }
            let answer = result.answer(SessionAnswer.self)
            // Someone else has the name: with a number behind it, and at last without a wish, it works.
            if case .failure(.refused(let failure, _)) = answer, failure.code == .nameTaken, name != nil {
                return ask(tries: tries + 1)
            }
            completion(answer)
        }
    }

    private func name(tries: Int) -> String? {
        guard let wish, tries < Self.maxNameTries else { return nil }
        guard tries > 0 else { return wish }
        let suffix = "-\(Int.random(in: 100...999, using: &generator))"
        return PlayerName.validated(wish.prefix(Limits.maxNameCharacters - suffix.count) + suffix)
    }
}
