import Crypto
import Engine
import Protocol

/// The refresh token's text form, and what the edge draws for calls that grant one.
enum RefreshToken {
    private static let byteCount = 32

    /// Base64url of the secret bytes.
    static func text(_ bytes: [UInt8]) -> String {
        Base64URL.encode(bytes)
    }

    /// SHA-256 of a token shown by a client; a text that can't be a token hashes to what no token has.
    static func hash(ofText text: String) -> [UInt8] {
        guard let bytes = Base64URL.decode(text), bytes.count == byteCount else {
            return SHA256.hash(Array(text.utf8))
        }
        return SHA256.hash(bytes)
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
