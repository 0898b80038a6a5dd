import Protocol
import Testing

@Suite struct AdGateFileTests {
    private func read(_ text: String) -> AdGate { AdGate(json: Array(text.utf8)) }

    @Test("each state is written as its values, and read back")
    func states() throws {
        let shop = try #require(AdPage(rawValue: "shop"))
        func check(_ gate: AdGate, _ text: String) {
            #expect(String(decoding: gate.json(), as: UTF8.self) == text)
            #expect(read(text) == gate)
        }
        var gate = AdGate()
        check(gate, #"{"current_page":null,"ad_has_run":false}"#)
        _ = gate.load(shop)
        check(gate, #"{"current_page":"shop","ad_has_run":false,"next_page":"shop"}"#)
        _ = gate.adRan()
        check(gate, #"{"current_page":"shop","ad_has_run":true}"#)
        _ = gate.load(.home)
        check(gate, #"{"current_page":"home","ad_has_run":false}"#)
    }

    @Test(
        "a damaged file is as good as none",
        arguments: [
            "", "{", "[]", "null", "{}", #"{"current_page":"shop"}"#,
            #"{"current_page":"shop","ad_has_run":1}"#,
            #"{"current_page":7,"ad_has_run":true}"#, #"{"current_page":"Shop","ad_has_run":true}"#,
            #"{"current_page":"ad","ad_has_run":true}"#, #"{"current_page":"","ad_has_run":true}"#,
            #"{"current_page":"shop","ad_has_run":true,"next_page":"shop"}"#,
            #"{"current_page":"shop","ad_has_run":false,"next_page":"canvas"}"#,
            #"{"current_page":"shop","ad_has_run":false,"next_page":"ad"}"#,
            #"{"current_page":"shop","ad_has_run":false,"next_page":{}}"#,
            #"{"current_page":"home","ad_has_run":false,"next_page":"home"}"#,
            #"{"ad_has_run":false,"next_page":"shop"}"#,
            #"{"current_page":"shop","current_page":"shop","ad_has_run":true}"#,
        ])
    func damaged(text: String) {
        #expect(read(text) == AdGate())
    }

    @Test("a file cut short is as good as none, and any flipped bit gives a state that can be written again")
    func mutated() {
        let bytes = Array(#"{"current_page":"shop","ad_has_run":false,"next_page":"shop"}"#.utf8)
        for length in bytes.indices { #expect(AdGate(json: Array(bytes[..<length])) == AdGate()) }
        for bit in 0..<bytes.count * 8 {
            var flipped = bytes
            flipped[bit >> 3] ^= 1 << UInt8(bit & 7)
            let gate = AdGate(json: flipped)
            #expect(AdGate(json: gate.json()) == gate)
        }
    }
}
