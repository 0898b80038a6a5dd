import Game
import Protocol
import Testing

@Suite struct PuzzleTests {
    static let sum = Puzzle(data: .arithmetic(expression: "3 − 20"), answer: "-17", difficulty: 1)
    static let next = Puzzle(data: .sequence(terms: [1, 2, 3, 4]), answer: "1205", difficulty: 1)
    static let word = Puzzle(data: .anagram(letters: "regit", hint: "mammal"), answer: "tiger", difficulty: 1)
    static let odd = Puzzle(
        data: .oddOneOut(words: ["tiger", "spoon", "bear"]), answer: "spoon", difficulty: 1)
    static let turned = Puzzle(
        data: .rotation(shape: ["##", "#."], options: [["#"], ["##"]]), answer: "2", difficulty: 1)
    static let thing = Puzzle(
        data: .logic(people: ["Ann"], items: ["lamp"], clues: [], question: "What does Ann have?"),
        answer: "lamp", difficulty: 1)

    @Test(
        "an answer counts however it is spaced, cased and written",
        arguments: [
            (
                sum,
                ["-17", " -17 ", "- 17", "−17", "–17", "－１７", "-017", "-١٧", "-𝟏𝟕", "\u{200B}-17\u{FEFF}"]
            ),
            (next, ["1205", "+1205", "0001205", "1 205", "１２０５", "१२०५", "\t1205\r\n", "1205\u{0}"]),
            (
                word,
                ["tiger", "TIGER", "Tiger", "  tiger", "t i g e r", "ｔｉｇｅｒ", "ti\u{AD}ger", "\u{202E}tiger"]
            ),
            (odd, ["spoon", "Spoon ", "2", "02", "+2", "２"]),
            (turned, ["2", " 2", "+02", "２"]),
            (thing, ["lamp", "Lamp", "the lamp", "The  Lamp"]),
        ])
    func accepted(puzzle: Puzzle, answers: [String]) {
        for answer in answers {
            #expect(puzzle.accepts(answer), "\(answer.debugDescription)")
        }
    }

    @Test(
        "what is not the answer isn't taken for it",
        arguments: [
            (sum, ["17", "+17", "--17", "-1", "-170", "-17.0", "-17a", "", "-", "−", "-⁷", "Ⅶ"]),
            (next, ["-1205", "1204", "12O5", "1205\u{301}", "0x4b5", "99999999999999999999999999"]),
            (word, ["tige", "tigers", "tigér", "regit", "тiger", "1", "the tiger"]),
            (odd, ["tiger", "1", "3", "0", "-2", "22", "spoon2"]),
            (turned, ["1", "3", "two", "b", "-2"]),
            (thing, ["Ann", "a", "the", "lamps", "lamp lamp"]),
        ])
    func refused(puzzle: Puzzle, answers: [String]) {
        for answer in answers {
            #expect(!puzzle.accepts(answer), "\(answer.debugDescription)")
        }
    }

    @Test("any 64 characters are answered at once, however many code points they are made of")
    func hostile() {
        let long = String(repeating: "a" + String(repeating: "\u{301}\u{323}", count: 20_000), count: 64)
        let texts =
            [long, String(repeating: "9", count: 64), String(repeating: "\u{202E}", count: 64)]
            + ["👨‍👩‍👧‍👦", "\u{FDFA}", "\u{0}", "\u{301}", "ﷺ", "𝟗", "٣", "\u{1F1E9}", "\u{E0041}", "½", "-½"].map {
                String(repeating: $0, count: 64)
            }
        let started = ContinuousClock.now
        for puzzle in [Self.sum, Self.next, Self.word, Self.odd, Self.turned, Self.thing] {
            for text in texts { #expect(!puzzle.accepts(text)) }
        }
        #expect(ContinuousClock.now - started < .seconds(5))
    }

    @Test("texts drawn at random from the whole of Unicode are never the answer, and never trap")
    func fuzz() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<5_000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...64, using: &random) {
                let limit: UInt32 = Bool.random(using: &random) ? 0x10FFFF : 0x2FF
                if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &random)) {
                    scalars.append(scalar)
                }
            }
            for puzzle in [Self.sum, Self.next, Self.word, Self.thing] {
                #expect(!puzzle.accepts(String(scalars)))
            }
        }
    }
}
