import Corpus
import Protocol
import Testing

@Suite("What Telegram sends, damaged,")
struct UpdatePropertyTests {
    @Test("neither stops the bot nor has it obey strangers", arguments: UpdateProperty.allCases)
    func damaged(property: UpdateProperty) throws {
        var generator = SeededGenerator(seed: 7)
        let seeds = try Corpus.seeds(of: property.rawValue)
        #expect(!seeds.isEmpty)
        for seed in seeds {
            #expect(property.broken(by: seed) == nil)
            for _ in 0..<200 {
                let bytes = Corpus.damaged(seed, by: &generator)
                #expect(property.broken(by: bytes) == nil, "\(bytes)")
            }
        }
    }

    @Test("stays mended where fuzzing once broke it", arguments: UpdateProperty.allCases)
    func regressions(property: UpdateProperty) throws {
        for bytes in try Corpus.regressions(of: property.rawValue) {
            #expect(property.broken(by: bytes) == nil, "\(bytes)")
        }
    }
}
