import Crypto
import Testing

/// One test of RFC 8032 §7.1.
struct SignatureVector: Sendable {
    var seed: String
    var publicKey: String
    var message: String
    var signature: String

    static let all = [
        SignatureVector(
            seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
            signature: """
                e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b\
                d25bf5f0595bbe24655141438e7a100b
                """),
        SignatureVector(
            seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
            signature: """
                92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c\
                387b2eaeb4302aeeb00d291612bb0c00
                """),
        SignatureVector(
            seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
            signature: """
                6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659\
                4a7c15e9716ed28dc027beceea1ec40a
                """),
    ]
}

@Suite struct Ed25519Tests {
    @Test("signatures are those of RFC 8032", arguments: SignatureVector.all)
    func vectors(vector: SignatureVector) throws {
        let key = try Ed25519PrivateKey(rawSeed: hex(vector.seed))
        #expect(key.publicKey == hex(vector.publicKey))
        #expect(key.sign(hex(vector.message)) == hex(vector.signature))
        #expect(
            Ed25519.isValid(
                signature: hex(vector.signature), of: hex(vector.message), publicKey: hex(vector.publicKey)))
    }

    @Test("a signature with any one bit flipped is refused", arguments: 0..<64)
    func flippedBit(byte: Int) {
        let key = Ed25519PrivateKey()
        var signature = key.sign([1, 2, 3])
        signature[byte] ^= 1 << (byte % 8)
        #expect(!Ed25519.isValid(signature: signature, of: [1, 2, 3], publicKey: key.publicKey))
    }

    @Test("a signature by another key, or over another message, is refused")
    func foreign() {
        let key = Ed25519PrivateKey()
        let signature = key.sign([1, 2, 3])
        #expect(!Ed25519.isValid(signature: signature, of: [1, 2], publicKey: key.publicKey))
        #expect(
            !Ed25519.isValid(signature: signature, of: [1, 2, 3], publicKey: Ed25519PrivateKey().publicKey))
    }

    @Test(
        "keys and signatures of a wrong length are refused, not trapped on",
        arguments: [0, 1, 31, 33, 63, 65])
    func wrongLengths(count: Int) {
        let key = Ed25519PrivateKey()
        let bytes = [UInt8](repeating: 7, count: count)
        #expect(!Ed25519.isValid(signature: bytes, of: [], publicKey: key.publicKey))
        #expect(!Ed25519.isValid(signature: key.sign([]), of: [], publicKey: bytes))
        #expect(throws: CryptoError.badKey) { try Ed25519PrivateKey(rawSeed: bytes) }
    }

    @Test("a seed makes the same key again, and its description shows none of it")
    func seed() throws {
        let key = Ed25519PrivateKey()
        #expect(try Ed25519PrivateKey(rawSeed: key.seed).publicKey == key.publicKey)
        #expect(!"\(key)".contains(Base64URL.encode(key.seed)))
        #expect(!String(reflecting: key).contains("\(key.seed[0]), \(key.seed[1])"))
    }
}
