import COpenSSL

/// RSA signatures of others' tokens: PKCS #1 v1.5 with SHA-256, JWA's `RS256` (RFC 8017 §8.2, RFC 7518 §3.3).
public enum RS256 {
    /// Bits that a key's modulus may have: fewer can be broken, more only cost time.
    public static let modulusBits = 2048...8192
    /// The longest public exponent; all that are in use fit.
    private static let maxExponentBytes = 8

    /// Whether the key's holder signed the message; false also for anything malformed.
    public static func isValid(signature: [UInt8], of message: [UInt8], by key: RSAPublicKey) -> Bool {
        guard signature.count == key.byteCount, let verifier = key.verifier else { return false }
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(verifier)
        }
        // Padding is named although it is the default, so that no default can change what is taken.
        var parameters: OpaquePointer?
        return context != nil && EVP_DigestVerifyInit(context, &parameters, EVP_sha256(), nil, verifier) == 1
            && EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PADDING) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    fileprivate static func isUsable(modulus: [UInt8], exponent: [UInt8]) -> Bool {
        guard let first = modulus.first, first != 0, let last = modulus.last, last & 1 == 1,
            modulusBits.contains(modulus.count * 8 - first.leadingZeroBitCount)
        else { return false }
        guard let top = exponent.first, top != 0, let low = exponent.last, low & 1 == 1,
            exponent.count <= maxExponentBytes, exponent != [1]
        else { return false }
        return true
    }
}

/// A public RSA key as a JWK has it (RFC 7518 §6.3.1).
public struct RSAPublicKey: Hashable, Sendable {
    private let modulus: [UInt8]
    private let exponent: [UInt8]

    /// Takes both numbers, the most significant byte first and not 0.
    ///
    /// - Throws: `CryptoError.badKey` where the modulus is even or has too few or too many bits, or the
    ///   exponent is even, 1 or longer than any in use.
    public init(modulus: [UInt8], exponent: [UInt8]) throws(CryptoError) {
        guard RS256.isUsable(modulus: modulus, exponent: exponent) else { throw .badKey }
        self.modulus = modulus
        self.exponent = exponent
    }

    /// Bytes of a signature.
    var byteCount: Int { modulus.count }

    /// The key as OpenSSL takes it, the caller's to free; nil where OpenSSL refuses it.
    fileprivate var verifier: OpaquePointer? {
        let builder = OSSL_PARAM_BLD_new()
        let n = BN_bin2bn(modulus, Int32(modulus.count), nil)
        let e = BN_bin2bn(exponent, Int32(exponent.count), nil)
        let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil)
        defer {
            OSSL_PARAM_BLD_free(builder)
            BN_free(n)
            BN_free(e)
            EVP_PKEY_CTX_free(context)
        }
        guard builder != nil, n != nil, e != nil, context != nil,
            pw_push_rsa_numbers(builder, n, e) == 1,
            let parameters = OSSL_PARAM_BLD_to_param(builder)
        else { return nil }
        defer { OSSL_PARAM_free(parameters) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, pw_evp_pkey_public_key(), parameters) == 1
        else {
            EVP_PKEY_free(key)
            return nil
        }
        return key
    }
}
