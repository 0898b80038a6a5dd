import COpenSSL

/// Ed25519 signatures (RFC 8032) as anyone can check them.
public enum Ed25519 {
    /// Bytes in a seed and in a public key.
    public static let keyByteCount = 32
    /// Bytes in a signature.
    public static let signatureByteCount = 64

    /// Whether the signature is the key's own over the message; false for keys and signatures of any other
    /// length.
    public static func isValid(signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool {
        guard signature.count == signatureByteCount, publicKey.count == keyByteCount,
            let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicKey, publicKey.count)
        else { return false }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            // A refused signature leaves entries in the thread's error queue, which TLS on the same thread
            // would take for its own.
            ERR_clear_error()
        }
        return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}

/// An Ed25519 private key, held as its seed.
public struct Ed25519PrivateKey: Sendable {
    /// The 32 secret bytes from which everything else follows (RFC 8032 §5.1.5).
    public let seed: [UInt8]
    /// The 32 bytes that others know this key by.
    public let publicKey: [UInt8]

    /// Draws a fresh key.
    public init() {
        let seed = SecureRandom.bytes(Ed25519.keyByteCount)
        guard let publicKey = Self.publicKey(seed: seed) else {
            preconditionFailure("any 32 bytes are an Ed25519 seed")
        }
        self.seed = seed
        self.publicKey = publicKey
    }

    /// Takes a seed kept elsewhere.
    ///
    /// - Parameter rawSeed: 32 bytes.
    /// - Throws: `CryptoError.badKey` for any other length.
    public init(rawSeed: [UInt8]) throws(CryptoError) {
        guard let publicKey = Self.publicKey(seed: rawSeed) else { throw .badKey }
        seed = rawSeed
        self.publicKey = publicKey
    }

    /// The 64 bytes that prove the message was seen by this key's holder.
    public func sign(_ message: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: Ed25519.signatureByteCount)
        var length = signature.count
        let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        let done =
            key != nil && context != nil && EVP_DigestSignInit(context, nil, nil, nil, key) == 1
            && EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        precondition(done && length == signature.count, "a key that was checked can sign")
        return signature
    }

    private static func publicKey(seed: [UInt8]) -> [UInt8]? {
        guard seed.count == Ed25519.keyByteCount,
            let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        else { return nil }
        defer { EVP_PKEY_free(key) }
        var publicKey = [UInt8](repeating: 0, count: Ed25519.keyByteCount)
        var length = publicKey.count
        guard EVP_PKEY_get_raw_public_key(key, &publicKey, &length) == 1, length == publicKey.count else {
            return nil
        }
        return publicKey
    }
}

extension Ed25519PrivateKey: CustomStringConvertible, CustomDebugStringConvertible {
    /// Names the public half only, so that a log line can't leak the secret.
    public var description: String { "Ed25519 key \(Base64URL.encode(publicKey))" }
    /// The same as `description`.
    public var debugDescription: String { description }
}
