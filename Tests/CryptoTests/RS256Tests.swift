import Crypto
import Testing

/// A key and its signature over `pixels`, made by `openssl dgst -sha256 -sign`.
struct RSAVector: Sendable, CustomTestStringConvertible {
    var bits: Int
    var exponent: [UInt8]
    var modulus: String
    var signature: String

    static let message = Array("pixels".utf8)

    var testDescription: String { "\(bits) bits, e \(exponent)" }

    func key() throws -> RSAPublicKey { try RSAPublicKey(modulus: hex(modulus), exponent: exponent) }

    static let strong = Array(all.prefix(2))
    static let weak = all[2]

    private static let all = [
        RSAVector(
            bits: 2048, exponent: [1, 0, 1],
            modulus: """
                90164a59c8820781c95dc3c5bd5d5dd7238a57caeba2fadbd13bf10243b1e93a4fb4f64c9ba7f13adcdd400f0e6673a9\
                2fb415b03770bf6628b2acc7f86745537b4658f0b61fa5ea768e4b5a72bdd328ee0e5892d270498bd51e45f2a92e4a17\
                c21c9acc464bc8987b89e4ec7d0a03e41571627449cead963c3414f90a92efec82f05ede5b3b58ca58e041509a31964c\
                137cd015ca16a319004e12ca8f7fbb5e38474e7d43a618282d9682a9020d76e01a284258595a7c4efa32b4ff0661b43f\
                c4f83829d5dc5e8871b4c46dfde3131ac7d2fc665a36782a63ae850ad6781f16120245b18e4646490015c1343964090a\
                2aedae1c7823000b950218906e008a6b
                """,
            signature: """
                4b1047b47d3855e2877077c815805418f0af4abb775a7e9b4bcdd24dd85ba6c6fe6bf0d3e7d4c0e29871921735005355\
                554edd30d780ab8202d2abe71729b6dc60d9ebfee244ea6644d94ffa4d75f70a4a0f4deee9e98c16e544f6d84b71ed7a\
                30a806cdb2284bdd444772b18923026400a5e9dabb5ff9dc6a40dc8bf0199645707aec398393a3fd478ec5acc9679fdd\
                f1862bdf1b41c1bc1b4e90e5aae6c27f8d85464eafae2a0deb54e6dfb6c12aaf5c51c2b8d9a1f5231d2dc581ebdba99b\
                cfaa2e8acd9b3f2a67cb076156dd5b5c465368f035fc3a26689630d6a7e227a12974e36e79e140ecb464d1fde2308ddb\
                6f4e373d0e4427bffb36cb18d083aaaa
                """),
        RSAVector(
            bits: 3072, exponent: [3],
            modulus: """
                a7880c8ff4a55a329c74cd921e04509a1d38c3d70495d987b1300793791421951a2fd5fdbc8599a7ab114b987f52c422\
                44783df3001a3e80538dfb95653f5179a38a57fd783a8ce3da2ce1909b6cf8d0aeab3086d5fda4e959c354dbdecf909f\
                dfa33af1857521efe044ffcd86ed42ff6435cd3cd3ac9357ecf197e24aecbae3ec8d3b821167f6cdef8c03bdad37d2d6\
                12563baa598d5db6a5c2e3df43426d3410b49c46696fe9518239f3885fef6b8344a9cc633873ccd55af1cab5c2113923\
                014b89b30b7e2234dba19c4ff72188a173d515d15784fed4e9ae7f722af6d24cade9de539959f7b7a0ca40377dee75f9\
                9fe3de98f691930e8a8b4acf8fcf4d69d772f37dc2f01171d9ab3cfd8351c21cb61ed5dcdee4b22424fd5e53e62dd09a\
                7e193a0081a38fa1ff981e8ded27db04d372ac3c1b420c1cef98a00a2427e0df0ba8e31e8e4e5d555f5b6f06810302ce\
                8168ec589675b24ff79a70dd4c75b42de4d1c335f6852446d6f6aac14f8806da471c8f59f3a35c6888a3b10b56ca7c67
                """,
            signature: """
                44aabb50ebbcb71b9204b2456a051234d4a15814785d0844d8804c63d10fa0abf44383f1f24c6fc3f5ecf6092c412b09\
                8c757debec28225d2ab531c826f3428fd1320d313a55ec20b49f2fefed7000b35ad7b03f7cd528580791a8d2cb031e9a\
                34d9e2f05d6c52407d354e4086e6d86ee2982fdaf6b3885c6e13b9cd6663a7eb03527e0791e2ad3f83b314dd99ac9a58\
                ae38ecbabc5573f25302f68536854c2847f1a938bb878e9a825c4d8733a9a9c5d8c08d6b9a42dba98eed071adc191bad\
                9f43ad76481789f5a929c9942220aefa7db299e84e0f7a9054959d5d3e16fcd67ec0924e9de92d528f7087e99ee4e45c\
                4a5b91202de446548fb16f936df39939947341a2c397d3aee862609761631649fd1cc92c28ca04520f93c3329de582ca\
                26df5c78776502c97c1add14032f84f789d8f8459be5dc45bdbcf0b6f5829f3c5b2406ff4d2cd94eedc81535fd709c78\
                25db646353864796e710383902fca082512703d64b27ab2422bcae750113c1c554b8da140a277dc7e3a2e533061169c2
                """),
        RSAVector(
            bits: 1024, exponent: [1, 0, 1],
            modulus: """
                c8667d4110319ee332ab3e230cbefcc2fd98de75132c529981c7ba8c475363ab2bc9573c6dd70200e1c106f3d1c600c3\
                0ff4378f05f61b972246480e8d161242855dfb12c9b65f011301227b6c6bf7b0ce831143ecc756782bd7b1cc91967752\
                7400023b00af8c335377ba5610166f2288993e550ec70346892658b7b03120d3
                """,
            signature: """
                644b30fe4ba2816e4844725e6d1486ab843758723483f450ec31dc6364e4064e2cd6b7d3634318c377732c1cf313df8f\
                0aab3bcb2387aa25b001c1d62d7d8b0504a75dfaec5a046507be70eed33d7107d6ad58f7123c60668ecc15750affa149\
                12e7fcdbe4f00e76cb0af210627d98f2be88973ebf5e673f4b03260a3860bef6
                """),
    ]
}

@Suite("RSA signatures with SHA-256")
struct RS256Tests {
    @Test("that OpenSSL made hold", arguments: RSAVector.strong)
    func vectors(vector: RSAVector) throws {
        let key = try vector.key()
        #expect(RS256.isValid(signature: hex(vector.signature), of: RSAVector.message, by: key))
    }

    @Test("hold for no other message, key, length or byte", arguments: RSAVector.strong)
    func tampering(vector: RSAVector) throws {
        let key = try vector.key()
        let signature = hex(vector.signature)
        #expect(!RS256.isValid(signature: signature, of: Array("pixel".utf8), by: key))
        #expect(!RS256.isValid(signature: Array(signature.dropLast()), of: RSAVector.message, by: key))
        #expect(!RS256.isValid(signature: [0] + signature, of: RSAVector.message, by: key))
        #expect(!RS256.isValid(signature: [], of: RSAVector.message, by: key))
        for index in stride(from: 0, to: signature.count, by: 17) {
            var broken = signature
            broken[index] ^= 1
            #expect(!RS256.isValid(signature: broken, of: RSAVector.message, by: key), "byte \(index)")
        }
        let other = try #require(RSAVector.strong.first { $0.bits != vector.bits }).key()
        #expect(!RS256.isValid(signature: signature, of: RSAVector.message, by: other))
    }

    @Test("a number beyond the modulus is no signature, whatever it is the same as")
    func beyondModulus() throws {
        let vector = RSAVector.strong[0]
        let key = try vector.key()
        // The signature plus the modulus is congruent to it, and too long or refused.
        var sum = [UInt8](repeating: 0, count: hex(vector.modulus).count + 1)
        var carry = 0
        for (index, pair) in zip(hex(vector.modulus), hex(vector.signature)).enumerated().reversed() {
            let total = Int(pair.0) + Int(pair.1) + carry
            sum[index + 1] = UInt8(total & 255)
            carry = total >> 8
        }
        sum[0] = UInt8(carry)
        #expect(!RS256.isValid(signature: sum, of: RSAVector.message, by: key))
        #expect(!RS256.isValid(signature: Array(sum.dropFirst()), of: RSAVector.message, by: key))
    }
}

@Suite("A public RSA key")
struct RSAPublicKeyTests {
    private func isRefused(_ modulus: [UInt8], _ exponent: [UInt8]) -> Bool {
        do throws(CryptoError) {
            _ = try RSAPublicKey(modulus: modulus, exponent: exponent)
            return false
        } catch {
            return error == .badKey
        }
    }

    @Test("that is too weak is refused, and so is one that only costs time")
    func sizes() {
        #expect(isRefused(hex(RSAVector.weak.modulus), [1, 0, 1]))
        #expect(isRefused([0x7F] + [UInt8](repeating: 1, count: 255), [1, 0, 1]))
        #expect(isRefused([UInt8](repeating: 255, count: 1025), [1, 0, 1]))
        #expect(isRefused([], [1, 0, 1]))
        #expect(!isRefused([0x80] + [UInt8](repeating: 1, count: 255), [1, 0, 1]))
    }

    @Test(
        "has an exponent that encrypts and can be inverted",
        arguments: [[], [0], [1], [2], [0, 3], [1, 0, 0], [1] + [UInt8](repeating: 1, count: 8)] as [[UInt8]])
    func exponents(exponent: [UInt8]) {
        #expect(isRefused(hex(RSAVector.strong[0].modulus), exponent))
    }

    @Test("has one text: no zeros before its number, and an odd modulus")
    func form() {
        let modulus = hex(RSAVector.strong[0].modulus)
        #expect(isRefused([0] + modulus, [1, 0, 1]))
        var even = modulus
        even[even.count - 1] &= 0xFE
        #expect(isRefused(even, [1, 0, 1]))
    }
}
