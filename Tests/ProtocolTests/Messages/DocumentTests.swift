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
        for name in [
            "client-place", "server-placed", "server-pixels", "server-error-retry", "client-start-run",
            "server-run-started", "client-point", "server-score", "server-run-ended",
        ] {
            let json = try #require(GoldenVectors.kept(name, .json))
            #expect(Self.text.contains("\n" + String(decoding: json, as: UTF8.self) + "\n"), "\(name)")
        }
    }

    /// The cells of the rows that begin with a seed, of those tables that have so many columns.
    private func rows(columns: Int) -> [(seed: UInt64, cells: [String])] {
        Self.text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
            }
            guard cells.count == columns, cells[0].count == 16, let seed = UInt64(cells[0], radix: 16) else {
                return nil
            }
            return (seed, Array(cells.dropFirst()))
        }
    }

    @Test("the document's dots lie where the games put them")
    func dots() {
        let rows = rows(columns: 3)
        #expect(rows.count == 4)
        for (seed, cells) in rows {
            let stretch = ArcadeStretch(seed: seed, hits: 0, startMs: 0)
            let dot = Dot.target(of: stretch, atMs: 0)
            #expect(cells[0] == "\(dot.x),\(dot.y)")
            let places = [0, 79, 80, 160, 999].map { atMs in
                let target = ShakyDot.target(of: stretch, atMs: atMs)
                return "\(target.x),\(target.y)"
            }
            #expect(cells[1] == places.joined(separator: " · "))
        }
    }

    @Test("the document's first draws and grids are the games' own")
    func grids() {
        let rows = rows(columns: 2)
        #expect(rows.count == 5)
        for (seed, cells) in rows where cells[0].contains("·") {
            let labels = Steps.labels(of: ArcadeStretch(seed: seed, hits: 0, startMs: 0))
            let lines = (0..<5).map { row in
                labels[5 * row..<5 * row + 5].map(String.init).joined(separator: " ")
            }
            #expect(cells[0] == lines.joined(separator: " · "))
        }
        for (seed, cells) in rows where !cells[0].contains("·") {
            var random = SeededGenerator(seed: seed)
            for word in cells[0].components(separatedBy: "`, `") {
                #expect(UInt64(word, radix: 16) == random.next(), "\(word)")
            }
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
