import Crypto
import Engine
import Protocol

/// Refresh tokens: their text form, and how a new one comes about.
///
/// A sign-in's first token is drawn; each later one follows from the one before by HMAC under a key of the
/// server's, so that a repeated refresh gives the same child and nothing has to be kept for it but hashes.
struct RefreshToken: Sendable {
    private static let byteCount = 32
    private static let purpose = Array("pixelwars-refresh-v1".utf8)

    private let key: [UInt8]

    /// Derives the key from the server's secret.
    init(serverSecret: [UInt8]) {
        key = HMACSHA256.authenticationCode(for: Self.purpose, key: serverSecret)
    }

    /// Base64url of the secret bytes.
    static func text(_ bytes: [UInt8]) -> String {
        Base64URL.encode(bytes)
    }

    /// SHA-256 of a token shown by a client; a text that can't be a token hashes to what no token has.
    static func hash(ofText text: String) -> [UInt8] {
        SHA256.hash(bytes(ofText: text))
    }

    private static func bytes(ofText text: String) -> [UInt8] {
        guard let bytes = Base64URL.decode(text), bytes.count == byteCount else { return Array(text.utf8) }
        return bytes
    }

    /// What the edge draws for a refresh: the child of the token that a client shows in place of a fresh one.
    func entropy(forChildOf text: String) -> Entropy {
        var entropy = Self.drawEntropy()
        entropy.refreshToken = HMACSHA256.authenticationCode(for: Self.bytes(ofText: text), key: key)
        entropy.refreshHash = SHA256.hash(entropy.refreshToken)
        return entropy
    }

    /// Fresh names and secrets from the system's generator.
    static func drawEntropy() -> Entropy {
        let token = SecureRandom.bytes(byteCount)
        return Entropy(
            accountID: Identifier(rawValue: SecureRandom.uint64()),
            sessionID: Identifier(rawValue: SecureRandom.uint64()),
            challenge: SecureRandom.bytes(byteCount), refreshToken: token, refreshHash: SHA256.hash(token))
    }
}
