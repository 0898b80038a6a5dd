import Protocol
import Testing

@Suite struct MalformedBinaryTests {
    @Test(
        "a client's message in any but its one form is refused",
        arguments: [
            ("nothing", []),
            ("type 0", [0]),
            ("an unknown type", [7]),
            ("an id that is missing", [0x81]),
            ("an id not in its shortest form", [0x81, 0x80, 0]),
            ("an id above 64 bits", [0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2]),
            ("an id of eleven bytes", [0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1]),
            ("a byte too many", [1, 0]),
            ("a token longer than the message", [4, 5, 0x61]),
            ("a token as long as memory", [4, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]),
            ("a token of negative length", [4, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]),
            ("a token that isn't UTF-8", [4, 1, 0xFF]),
            ("a pixel without a color", [5, 1, 1]),
        ] as [(String, [UInt8])])
    func client(why: String, bytes: [UInt8]) {
        #expect(throws: DecodeFailure.self, "\(why)") { try MessageCodec.binary.decodeClient(bytes) }
    }

    @Test("a refusal carries the id that was read before it")
    func id() {
        #expect(throws: DecodeFailure(id: 9, failure: Failure(.badRequest, #"field "color" is missing"#))) {
            try MessageCodec.binary.decodeClient([0x85, 9, 1, 1])
        }
    }

    @Test(
        "a server's message in any but its one form is refused",
        arguments: [
            ("nothing", []), ("an unknown type", [9]), ("a status that no message carries", [2, 3]),
            ("an unknown status", [2, 5]), ("an optional led by 2", [2, 2, 2]),
            ("an unknown error code", [8, 2, 0x68, 0x69, 0, 0]),
            (
                "a wait of more than a year",
                [8, 8] + Array("cooldown".utf8) + [0, 1] + [0x80, 0x80, 0x80, 0x80, 0x80, 1]
            ),
            (
                "a wait of less than nothing",
                [8, 8] + Array("cooldown".utf8) + [0, 1] + [UInt8](repeating: 0xFF, count: 9) + [1]
            ), ("a canvas of width 0", [5, 0, 0, 0, 1]),
            ("a canvas larger than any", [5, 0, 0, 0x80, 0x80, 1, 0x80, 0x80, 1]),
        ] as [(String, [UInt8])])
    func server(why: String, bytes: [UInt8]) {
        #expect(throws: DecodeFailure.self, "\(why)") { try MessageCodec.binary.decodeServer(bytes) }
    }
}
