import Protocol
import Testing

@Suite struct NumberSequenceTests {
    @Test(
        "what comes next follows from the rule that the terms follow",
        arguments: [
            ([3, 5, 7, 9, 11], [13]),
            ([40, 33, 26, 19, 12], [5]),
            ([3, 6, 12, 24, 48], [96]),
            ([1, 2, 4, 7, 11], [16]),
            ([5, 9, 8, 12, 11, 15], [14]),
            ([1, 1, 2, 3, 5, 8], [13]),
            ([3, 7, 15, 31, 63], [127]),
            ([1, 50, 4, 47, 7, 44, 10], [41]),
            ([3, 6, 11, 22, 27, 54], [59]),
            ([4, 7, 14, 17, 34, 37], [74]),
            ([0, 1, 8, 27, 64, 125], [216]),
            ([1, 2, 5, 9, 16, 27], [45]),
        ])
    func rules(terms: [Int], next: [Int]) {
        #expect(NumberSequence.continuations(of: terms) == next)
    }

    @Test(
        "without a rule, with too few terms or too many, nothing comes next",
        arguments: [
            [], [1], [1, 2, 3], [1, 2, 4, 8, 15, 1], [Int.max, Int.min, Int.max, Int.min],
            [0, 1_000_000_001, 2_000_000_002, 3_000_000_003], Array(1...33),
        ])
    func none(terms: [Int]) {
        #expect(NumberSequence.continuations(of: terms).isEmpty)
    }

    @Test("the largest terms, and zeros, overflow nothing")
    func extremes() {
        let large = 1_000_000_000
        var random = SeededGenerator(seed: 1)
        for count in 4...32 {
            for _ in 0..<200 {
                let terms = (0..<count).map { _ in
                    [-large, -large + 1, -1, 0, 1, large - 1, large].randomElement(using: &random) ?? 0
                }
                #expect(NumberSequence.continuations(of: terms).count < 9)
            }
        }
        #expect(NumberSequence.continuations(of: [0, 0, 0, 0, 0, 0]) == [0])
    }
}
