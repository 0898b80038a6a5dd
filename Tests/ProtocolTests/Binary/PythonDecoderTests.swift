import Foundation
import Protocol
import Testing

@Suite struct PythonDecoderTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let interpreter = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { $0 + "/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    @Test("the decoder in docs/examples reads every frame as the JSON form has it")
    func agrees() throws {
        var samples = Samples(seed: 11)
        var envelopes = GoldenVectors.server.map(\.envelope).filter {
            if case .pixels = $0.message { true } else { false }
        }
        for _ in 0..<200 { envelopes.append(ServerEnvelope(replyTo: nil, .pixels(samples.run()))) }
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.interpreter))
        process.arguments = [Self.root.appending(path: "docs/examples/decode_pixels.py").path]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let lines = envelopes.map { envelope in
            MessageCodec.binary.encode(envelope).map {
                String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
            }.joined()
        }
        let writer = Thread {
            try? input.fileHandleForWriting.write(
                contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
            try? input.fileHandleForWriting.close()
        }
        writer.start()
        let answer = try #require(try output.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        let expected = envelopes.map { String(decoding: MessageCodec.json.encode($0), as: UTF8.self) + "\n" }
            .joined()
        #expect(String(decoding: answer, as: UTF8.self) == expected)
    }
}
