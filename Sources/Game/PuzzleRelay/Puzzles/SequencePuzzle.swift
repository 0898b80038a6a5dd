import Protocol

/// Numbers that follow a rule: subtler rules as it gets harder.
enum SequencePuzzle {
    private static let minDifferent = 5

    static func make(_ difficulty: Int, _ random: inout SeededGenerator) -> (data: PuzzleData, answer: String)
    {
        while true {
            let numbers = attempt(difficulty, &random)
            let terms = Array(numbers.dropLast())
            // Some rules stand still or go back and forth from some numbers.
            guard Set(numbers).count >= minDifferent else { continue }
            // Two rules that fit and go on differently would make two right answers.
            guard let next = numbers.last, NumberSequence.continuations(of: terms) == [next] else { continue }
            return (.sequence(terms: terms), "\(next)")
        }
    }

    /// The numbers, with the one that is asked for at the end.
    private static func attempt(_ difficulty: Int, _ random: inout SeededGenerator) -> [Int] {
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
        let takesFirst = Bool.random(using: &random)
        switch difficulty {
        case 1:
            let step = number(1...5)
            return grown(from: number(0...9), count: 6) { _, last in last + step }
        case 2:
            let step = number(4...12)
            return grown(from: number(1...20), count: 6) { _, last in last + step }
        case 3:
            let step = takesFirst ? -number(3...12) : number(11...29)
            return grown(from: number(60...99), count: 6) { _, last in last + step }
        case 4:
            let factor = number(2...3)
            if takesFirst { return grown(from: number(1...7), count: 6) { _, last in last * factor } }
            return steps(number(2...9), -number(1...6), from: number(1...30))
        case 5:
            let (first, growth) = (number(1...6), number(1...4))
            return grown(from: number(1...20), count: 6) { index, last in last + first + growth * index }
        case 6:
            if takesFirst { return sums(number(1...6), number(1...9), added: 0) }
            return steps(number(3...19), -number(2...15), from: number(10...50))
        case 7:
            let (factor, added) = (number(2...3), number(1...5) * (takesFirst ? 1 : -1))
            return grown(from: number(2...6), count: 6) { _, last in last * factor + added }
        case 8:
            if takesFirst { return turns(factor: number(2...3), added: number(1...9), from: number(1...6)) }
            return interleaved(number(2...9), -number(2...9), from: number(1...20), number(40...70))
        case 9:
            if takesFirst { return sums(number(1...9), number(2...12), added: number(1...5)) }
            return turns(factor: number(2...4), added: -number(1...7), from: number(3...9))
        default:
            if takesFirst {
                return interleaved(number(7...19), number(3...25), from: number(1...50), number(1...50))
            }
            let (first, growth, bend) = (number(1...5), number(1...4), number(1...3))
            return grown(from: number(1...20), count: 7) { index, last in
                last + first + growth * index + bend * index * (index - 1) / 2
            }
        }
    }

    /// Each number follows from the place and the value of the one before.
    private static func grown(from first: Int, count: Int, by rule: (Int, Int) -> Int) -> [Int] {
        var numbers = [first]
        while numbers.count < count { numbers.append(rule(numbers.count - 1, numbers[numbers.count - 1])) }
        return numbers
    }

    /// Two steps take turns.
    private static func steps(_ even: Int, _ odd: Int, from first: Int) -> [Int] {
        grown(from: first, count: 7) { index, last in last + (index % 2 == 0 ? even : odd) }
    }

    /// Each is the sum of the two before, plus a number.
    private static func sums(_ first: Int, _ second: Int, added: Int) -> [Int] {
        var numbers = [first, second]
        while numbers.count < 7 { numbers.append(numbers.suffix(2).reduce(added, +)) }
        return numbers
    }

    /// Times and plus take turns.
    private static func turns(factor: Int, added: Int, from first: Int) -> [Int] {
        grown(from: first, count: 7) { index, last in index % 2 == 0 ? last * factor : last + added }
    }

    /// Two sequences, each with its own step.
    private static func interleaved(_ even: Int, _ odd: Int, from first: Int, _ second: Int) -> [Int] {
        var numbers = [first, second]
        while numbers.count < 8 {
            numbers.append(numbers[numbers.count - 2] + (numbers.count % 2 == 0 ? even : odd))
        }
        return numbers
    }
}
