import Corpus
import Protocol
import Testing

@Suite("Cookies, damaged,")
struct CookiePropertyTests {
    private let property = CookieProperty.cookie

    @Test("are nothing that wasn't set here")
    func damaged() throws {
        var generator = SeededGenerator(seed: 7)
        let seeds = try Corpus.seeds(of: property.rawValue)
        #expect(!seeds.isEmpty)
        for seed in seeds {
            #expect(property.broken(by: seed) == nil)
            for _ in 0..<500 {
                let bytes = Corpus.damaged(seed, by: &generator)
                #expect(property.broken(by: bytes) == nil, "\(bytes)")
            }
        }
    }

    @Test("stay mended where fuzzing once broke them")
    func regressions() throws {
        for bytes in try Corpus.regressions(of: property.rawValue) {
            #expect(property.broken(by: bytes) == nil, "\(bytes)")
        }
    }
}
