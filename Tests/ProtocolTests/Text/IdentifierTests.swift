import Protocol
import Testing

@Suite struct IdentifierTests {
    @Test("an id's 13 characters come back as the id")
    func roundTrip() {
        var samples = Samples(seed: 5)
        for _ in 0..<1_000 {
            let identifier = samples.identifier()
            #expect(identifier.description.utf8.count == 13)
            #expect(Identifier(identifier.description) == identifier)
        }
        #expect(Identifier(rawValue: 0).description == "0000000000000")
        #expect(Identifier(rawValue: .max).description == "fzzzzzzzzzzzz")
    }

    @Test(
        "anything else is no id",
        arguments: [
            "", "000000000000", "00000000000000", "g000000000000", "000000000000i", "000000000000A",
            "00000000000é",
        ])
    func refused(text: String) {
        #expect(Identifier(text) == nil)
    }
}
