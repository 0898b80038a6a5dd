import Corpus
import Protocol
import Testing

@Suite struct MutationTests {
    private static let seeds = messages + documents + routes

    private static let messages: [(DecoderProperty, [UInt8])] =
        GoldenVectors.client.flatMap {
            [
                (.clientJSON, MessageCodec.json.encode($0.envelope)),
                (.clientBinary, MessageCodec.binary.encode($0.envelope)),
            ]
        }
        + GoldenVectors.server.flatMap {
            [
                (.serverJSON, MessageCodec.json.encode($0.envelope)),
                (.serverBinary, MessageCodec.binary.encode($0.envelope)),
            ]
        }

    private static let documents: [(DecoderProperty, [UInt8])] = [
        (.changes, ChangesAnswer(run: GoldenVectors.cluster, snapshot: [1, 2, 3]).json()),
        (.palette, Palette.standard.json(name: "standard")),
        (.skinJSON, Array(SkinTests.text.utf8)),
        (
            .baseColors,
            Array(##"[{"name":"coral","color":"#ff7a66"},{"name":"ink","color":"#0b0d12"}]"##.utf8)
        ),
        (.adJSON, Array(AdSamples.text().utf8)),
        (.adJSON, Array(AdSamples.picture().utf8)),
        (.snapshot, [0, 1] + SnapshotCodec.deflate([UInt8](repeating: 3, count: 256))),
    ]

    private static let routes: [(DecoderProperty, [UInt8])] =
        [
            "POST\n/api/push_clicks\n\n\n{\"clicks\":[3,4],\"batch_id\":\"b\"}",
            "POST\n/api/relays\n\n\n{\"award\":7,\"private\":true}",
            "PUT\n/api/me/skin\n\n\n{\"skin\":\"noir\"}",
            "GET\n/api/ads/next\npage=canvas\n\n",
            "POST\n/api/feedback\n\n\n{\"message\":\"Hello\"}",
        ].map { (.route, Array($0.utf8)) } + ((try? Corpus.seeds(of: "route")) ?? []).map { (.route, $0) }

    @Test("every route of the corpus is one")
    func corpus() throws {
        let seeds = try Corpus.seeds(of: "route")
        #expect(seeds.count > 20)
        for seed in seeds {
            #expect(DecoderProperty.isRoute(seed), "\(String(decoding: seed, as: UTF8.self))")
        }
    }

    @Test("each flipped bit gives an error or a message with these bytes alone")
    func flipped() {
        for (property, seed) in Self.seeds {
            for bit in 0..<seed.count * 8 {
                var bytes = seed
                bytes[bit >> 3] ^= 1 << UInt8(bit & 7)
                hold(property, bytes)
            }
        }
    }

    @Test("each message cut short or run on is refused")
    func length() {
        for (property, seed) in Self.seeds {
            for length in 0..<seed.count {
                hold(property, Array(seed[..<length]))
            }
            for byte in [0, 1, 0x20, 0x7D, 0x80, 0xFF] as [UInt8] {
                hold(property, seed + [byte])
            }
        }
        for codec in MessageCodec.allCases {
            for (name, envelope) in GoldenVectors.server {
                let bytes = codec.encode(envelope)
                for length in bytes.indices {
                    #expect(throws: DecodeFailure.self, "\(name)") {
                        try codec.decodeServer(Array(bytes[..<length]))
                    }
                }
                #expect(throws: DecodeFailure.self, "\(name)") { try codec.decodeServer(bytes + [0]) }
            }
            for (name, envelope) in GoldenVectors.client {
                let bytes = codec.encode(envelope)
                for length in bytes.indices {
                    #expect(throws: DecodeFailure.self, "\(name)") {
                        try codec.decodeClient(Array(bytes[..<length]))
                    }
                }
                #expect(throws: DecodeFailure.self, "\(name)") { try codec.decodeClient(bytes + [0]) }
            }
        }
    }

    @Test("random damage never traps", arguments: [1, 2, 3, 4] as [UInt64])
    func damaged(seed: UInt64) {
        var samples = Samples(seed: seed)
        for (property, original) in Self.seeds {
            for _ in 0..<300 {
                var bytes = original
                for _ in 0..<samples.int(1...4) where !bytes.isEmpty {
                    let index = samples.int(0...(bytes.count - 1))
                    switch samples.int(0...3) {
                    case 0: bytes[index] = UInt8(samples.int(0...255))
                    case 1: bytes.remove(at: index)
                    case 2: bytes.insert(UInt8(samples.int(0...255)), at: index)
                    default: bytes.append(contentsOf: bytes[index...].prefix(9))
                    }
                }
                hold(property, bytes)
            }
        }
    }

    @Test("what fuzzing once broke stays mended", arguments: DecoderProperty.allCases)
    func regressions(property: DecoderProperty) throws {
        for bytes in try Corpus.regressions(of: property.rawValue) { hold(property, bytes) }
    }

    @Test(
        "every file of the corpora begins with the name of its target, and every target of these is a property"
    )
    func names() throws {
        let targets = try Corpus.targets()
        for name in try Corpus.names() {
            #expect(targets.contains(String(name.prefix { $0 != "-" })), "\(name)")
        }
        for property in DecoderProperty.allCases { #expect(targets.contains(property.rawValue)) }
    }

    private func hold(_ property: DecoderProperty, _ bytes: [UInt8]) {
        if let broken = property.broken(by: bytes) {
            Issue.record("\(property): \(broken): \(bytes)")
        }
    }
}
