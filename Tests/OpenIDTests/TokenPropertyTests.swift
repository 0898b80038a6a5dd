import Corpus
import Protocol
import Testing

@Suite("What a provider sends, damaged,")
struct TokenPropertyTests {
    @Test("neither stops the server nor proves what it shouldn't", arguments: TokenProperty.allCases)
    func damaged(property: TokenProperty) throws {
        var generator = SeededGenerator(seed: 7)
        let seeds = try Corpus.seeds(of: property.rawValue)
        #expect(!seeds.isEmpty)
        for seed in seeds {
            #expect(property.broken(by: seed) == nil)
            for length in seed.indices { #expect(property.broken(by: Array(seed[..<length])) == nil) }
            for _ in 0..<200 {
                let bytes = Corpus.damaged(seed, by: &generator)
                #expect(property.broken(by: bytes) == nil, "\(bytes)")
            }
        }
    }

    @Test("stays mended where fuzzing once broke it", arguments: TokenProperty.allCases)
    func regressions(property: TokenProperty) throws {
        for bytes in try Corpus.regressions(of: property.rawValue) {
            #expect(property.broken(by: bytes) == nil, "\(bytes)")
        }
    }

    @Test("is found out where it would be taken: the properties see what they look for")
    func sharp() {
        // A property that never reached a success would hold for anything.
        let claims = """
            {"iss":"https://id.example.org","aud":"pixels.apps.example.org","sub":"1","iat":1799999995,
            "exp":1800003600,"email_verified":true,"name":"Ada","nonce":"another sign-in's"}
            """
        #expect(TokenProperty.idClaims.broken(by: Array(claims.utf8)) == "the nonce is passed over")
    }
}
