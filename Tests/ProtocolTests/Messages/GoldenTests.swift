import Protocol
import Testing

@Suite struct GoldenTests {
    @Test("a client's message has the bytes that were agreed on", arguments: MessageCodec.allCases)
    func client(codec: MessageCodec) throws {
        for (name, envelope) in GoldenVectors.client {
            let bytes = codec.encode(envelope)
            try hold(bytes, name, codec)
            #expect(try codec.decodeClient(bytes) == envelope, "\(name)")
        }
    }

    @Test("a server's message has the bytes that were agreed on", arguments: MessageCodec.allCases)
    func server(codec: MessageCodec) throws {
        for (name, envelope) in GoldenVectors.server {
            let bytes = codec.encode(envelope)
            try hold(bytes, name, codec)
            #expect(try codec.decodeServer(bytes) == envelope, "\(name)")
        }
    }

    @Test("no golden stands without its message")
    func noStrays() throws {
        let names = Set(
            (GoldenVectors.client.map(\.name) + GoldenVectors.server.map(\.name)).flatMap {
                [$0 + ".json", $0 + ".hex"]
            })
        #expect(try Set(GoldenVectors.fileNames()) == names)
    }

    private func hold(_ bytes: [UInt8], _ name: String, _ codec: MessageCodec) throws {
        guard let kept = GoldenVectors.kept(name, codec) else {
            try GoldenVectors.record(bytes, name, codec)
            Issue.record("\(name) (\(codec)) had no golden; one was recorded: look at it and run again")
            return
        }
        #expect(bytes == kept, "\(name) (\(codec))")
    }
}
