import Client
import Game
import Protocol
import Testing

@Suite struct PuzzlePictureTests {
    /// Whether lines fit and hold nothing but characters of one column.
    static func isFit(_ lines: [String]) -> Bool {
        (1...16).contains(lines.count) && lines.first?.isEmpty == false
            && lines.allSatisfy { line in
                line.count <= 60 && line.unicodeScalars.count == line.count
                    && line.unicodeScalars.allSatisfy { isNarrow($0) }
            }
    }

    static func isNarrow(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .nonspacingMark, .enclosingMark, .spacingMark, .unassigned: false
        default: scalar.value < 0x530 || "–−▀▄█‘’“”".unicodeScalars.contains(scalar)
        }
    }

    @Test("every puzzle fits 60 columns and 16 rows, whole", arguments: PuzzleType.allCases)
    func fits(type: PuzzleType) throws {
        for puzzle in try StandardPuzzles.make(type, ofEach: 150) {
            for isHidden in [false, true] {
                let lines = PuzzlePicture.lines(of: puzzle.data, isHidden: isHidden)
                #expect(Self.isFit(lines), "\(lines.joined(separator: "\n"))")
                let text = lines.joined(separator: "\n")
                for part in parts(of: puzzle.data, isHidden: isHidden) {
                    #expect(text.contains(part), "\(part) is missing in\n\(text)")
                }
            }
        }
    }

    /// What must stand in a picture to solve its puzzle.
    private func parts(of data: PuzzleData, isHidden: Bool) -> [String] {
        switch data {
        case .arithmetic(let expression): [expression]
        case .anagram(let letters, let hint):
            [hint, letters.uppercased().map(String.init).joined(separator: " ")]
        case .sequence(let terms): [terms.map(String.init).joined(separator: ", ")]
        case .oddOneOut(let words): words.enumerated().map { "\($0.offset + 1)  \($0.element)" }
        case .rotation(_, let options): (1...options.count).map(String.init)
        case .logic(let people, let items, let clues, let question): people + items + clues + [question]
        case .memory(let rows, _, let question): isHidden ? [question] : (1...rows.count).map(String.init)
        }
    }

    @Test("shapes are drawn with every cell, at one size", arguments: 1...10)
    func shapes(difficulty: Int) throws {
        let stock = try StandardPuzzles.stock()
        for seed in UInt64(0)..<100 {
            let data = PuzzleGenerator.make(
                type: .rotation, difficulty: difficulty, seed: seed, stock: stock
            ).data
            guard case .rotation(let shape, let options) = data else { continue }
            let cells = (options + [shape]).joined().joined().count { $0 == "#" }
            let drawn = PuzzlePicture.lines(of: data, isHidden: false).joined()
            let pixels = drawn.reduce(0) { $0 + ($1 == "█" ? 2 : "▀▄".contains($1) ? 1 : 0) }
            #expect([4 * cells, 9 * cells].contains(pixels), "\(drawn)")
        }
    }

    @Test("a small rotation looks like this")
    func rotation() {
        let data = PuzzleData.rotation(
            shape: ["##.", ".##", ".#."], options: [["#.", "##", "#."], ["..#", "###", ".#."]])
        #expect(
            PuzzlePicture.lines(of: data, isHidden: false) == [
                "Which of these is the shape turned, not mirrored?",
                "",
                "  ██████",
                "  ▀▀▀███▄▄▄",
                "     ██████",
                "     ███",
                "     ▀▀▀",
                "",
                "  ███             ███",
                "  ███▄▄▄    ▄▄▄▄▄▄███",
                "  ██████    █████████",
                "  ███          ███",
                "  ▀▀▀          ▀▀▀",
                "  1         2",
            ])
    }

    @Test("a grid stands there to be remembered, and then its question does")
    func memory() {
        let data = PuzzleData.memory(
            rows: ["#..", ".##", "###"], showMs: 6_100, question: "How many cells were filled in row 2?")
        #expect(
            PuzzlePicture.lines(of: data, isHidden: false) == [
                "Remember this",
                "",
                "     1  2  3",
                "   ▄▄▄▄▄▄▄▄▄▄▄▄",
                " 1 █ ██       █",
                " 2 █    ██ ██ █",
                " 3 █ ██ ██ ██ █",
                "   ▀▀▀▀▀▀▀▀▀▀▀▀",
                "",
                "   It is shown for 6.1 seconds.",
            ])
        let hidden = PuzzlePicture.lines(of: data, isHidden: true)
        #expect(hidden == ["What do you remember?", "", "", "  How many cells were filled in row 2?"])
    }

    static let nasty =
        "\u{1B}[2J\u{7}\u{202E}漢字👨‍👩‍👧‍👦e\u{301}\u{200B}\u{FEFF}ｗ\r\n\t\u{9B}31m"
        + String(repeating: "x", count: 5_000)
    static let many = [String](repeating: nasty, count: 2_000)
    static let marks = "a" + String(repeating: "\u{301}", count: 100_000)

    @Test(
        "what a hostile server sends is cut and cleaned",
        arguments: [
            .arithmetic(expression: nasty), .anagram(letters: nasty, hint: nasty),
            .anagram(letters: marks, hint: marks), .anagram(letters: "", hint: ""), .sequence(terms: []),
            .sequence(terms: [Int](repeating: .min, count: 10_000)), .oddOneOut(words: many),
            .oddOneOut(words: []), .rotation(shape: many, options: [many, [], ["#"], ["", "##"]]),
            .rotation(shape: [], options: []),
            .rotation(shape: ["#"], options: [[String]](repeating: ["###", "#"], count: 5_000)),
            .logic(people: many, items: many, clues: many, question: nasty),
            .logic(people: [], items: [], clues: [], question: ""),
            .memory(rows: many, showMs: .max, question: nasty),
            .memory(rows: ["#", "", "####"], showMs: .min, question: marks),
            .memory(rows: [], showMs: 0, question: ""),
            .memory(
                rows: [String](repeating: String(repeating: "#", count: 500), count: 500), showMs: 1,
                question: ""),
        ] as [PuzzleData])
    func hostile(data: PuzzleData) {
        for isHidden in [false, true] {
            let lines = PuzzlePicture.lines(of: data, isHidden: isHidden)
            #expect(Self.isFit(lines), "\(lines.joined(separator: "\n"))")
        }
    }
}
