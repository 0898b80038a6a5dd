import Foundation
import Protocol
import Testing

@Suite struct DocumentTests {
    private static let text: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return (try? String(contentsOf: root.appending(path: "docs/protocol.md"), encoding: .utf8)) ?? ""
    }()

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(separator: " ")
    }

    @Test("the document's worked examples are the goldens' bytes")
    func examples() throws {
        let frame = try #require(GoldenVectors.kept("server-pixels", .binary))
        #expect(Self.text.contains("`\(hex(frame))`"))
        let place = try #require(GoldenVectors.kept("client-place", .binary))
        #expect(Self.text.contains("`\(hex(place))`"))
        for name in ["client-place", "server-placed", "server-pixels", "server-error-retry"] {
            let json = try #require(GoldenVectors.kept(name, .json))
            #expect(Self.text.contains("\n" + String(decoding: json, as: UTF8.self) + "\n"), "\(name)")
        }
    }

    @Test("the document lists every error code under its status, and every close code")
    func codes() {
        for code in ErrorCode.allCases {
            let row = Self.text.split(separator: "\n").first { $0.hasPrefix("| \(code.httpStatus) |") }
            #expect(row?.contains("`\(code.rawValue)`") == true, "\(code.rawValue)")
        }
        for code in CloseCode.allCases { #expect(Self.text.contains("\(code.rawValue)"), "\(code)") }
    }
}
