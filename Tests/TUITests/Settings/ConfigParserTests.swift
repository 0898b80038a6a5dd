import Foundation
import Testing

@testable import TUI

@Suite struct ConfigParserTests {
    private static func parse(_ text: String) throws(ConfigFault) -> OrderedJSON {
        try ConfigParser.parse(Array(text.utf8))
    }

    @Test("members keep their order and know their lines")
    func order() throws {
        let node = try Self.parse("{\n  \"z\": 1,\n\n  \"a\": {\"m\": [true, null, \"x\"]}\n}\n")
        guard case .object(let members) = node else { throw ConfigFault(line: nil, "no object") }
        #expect(members.map(\.name) == ["z", "a"])
        #expect(members.map(\.line) == [2, 4])
        #expect(members[0].value == .number("1"))
        #expect(node.line == #"{"z": 1, "a": {"m": [true, null, "x"]}}"#)
    }

    @Test("what is written reads as what it was, whatever stands in its texts")
    func roundTrip() throws {
        let texts = ["", "a\"b\\c", "line\nbreak\ttab", "\u{1}\u{7f}", "é…🙂", "/"]
        let node = OrderedJSON.fields([
            ("texts", .list(texts.map { .text($0) })), ("empty", .fields([])), ("number", .number("-1.50e3")),
            ("deep", .fields([("flag", .flag(false)), ("nothing", .null)])),
        ])
        #expect(try Self.unlined(Self.parse(node.json)) == node)
        #expect(try Self.unlined(Self.parse(node.line)) == node)
        let other = try JSONSerialization.jsonObject(with: Data(node.json.utf8)) as? [String: Any]
        #expect(other?["texts"] as? [String] == texts)
    }

    /// The value without the lines of its members.
    private static func unlined(_ node: OrderedJSON) -> OrderedJSON {
        guard case .object(let members) = node else { return node }
        return .fields(members.map { ($0.name, unlined($0.value)) })
    }

    @Test("escapes are read as RFC 8259 has them, pairs of halves too")
    func escapes() throws {
        #expect(try Self.parse(#""\u00e9\ud83d\ude42\/\b\f\r""#) == .text("é🙂/\u{8}\u{c}\r"))
    }

    @Test(
        "a slip is refused with the line that it stands on",
        arguments: [
            ("", 1), ("{", 1), ("{\n\"a\": 1,\n}", 3), ("{\"a\" 1}", 1), ("{\n\n\"a\": yes}", 3),
            ("{\"a\": 1} x", 1), ("{\"a\": 01}", 1), ("[1 2]", 1), ("\"a\nb\"", 1), ("\"\\x\"", 1),
            ("\"\\ud83d\"", 1), ("\"\\u12g4\"", 1), ("{\"a\": 1,\n \"a\": 2}", 2), ("{'a': 1}", 1),
            ("\"abc", 1),
            ("// no\n{}", 1),
        ])
    func slips(text: String, line: Int) {
        let fault = #expect(throws: ConfigFault.self) { try Self.parse(text) }
        #expect(fault?.line == line, "\(String(describing: fault))")
        #expect(fault?.words.isEmpty == false)
    }

    @Test("no depth, and no byte that isn't UTF-8, brings the reader down")
    func hostile() {
        #expect(throws: ConfigFault.self) { try Self.parse(String(repeating: "[", count: 100_000)) }
        #expect(throws: ConfigFault.self) { try ConfigParser.parse([0x22, 0xff, 0x22]) }
        #expect(throws: ConfigFault.self) { try ConfigParser.parse([0x7b, 0, 0x7d]) }
    }
}
