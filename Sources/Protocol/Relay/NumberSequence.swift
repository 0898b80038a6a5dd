/// The rules that number sequences of puzzles follow, and what comes next by them.
///
/// A rule counts only where the terms leave it at least one check beyond its own numbers: any four numbers lie
/// on some cubic, and that would prove nothing.
public enum NumberSequence {
    /// Bounds that keep every product below in an `Int`.
    private static let terms = 4...32
    private static let magnitude = 1_000_000_000

    /// What may come next: one number for each rule that the terms follow, without doubles, rising.
    ///
    /// Empty where no rule fits, and for fewer than 4 or more than 32 terms or ones beyond ±10⁹.
    public static func continuations(of terms: [Int]) -> [Int] {
        guard Self.terms.contains(terms.count),
            terms.allSatisfy({ (-magnitude...magnitude).contains($0) })
        else { return [] }
        let found = [
            polynomial(terms, degree: 1), polynomial(terms, degree: 2), polynomial(terms, degree: 3),
            ratio(terms), recurrence(terms), sum(terms), interleaved(terms),
            alternating(terms, startsWithProduct: true), alternating(terms, startsWithProduct: false),
        ]
        return Set(found.compactMap(\.self)).sorted()
    }

    /// The differences of some order are all the same.
    private static func polynomial(_ terms: [Int], degree: Int) -> Int? {
        guard terms.count >= degree + 3 else { return nil }
        var next = 0
        var row = terms
        for _ in 0..<degree {
            next += row.last ?? 0
            row = zip(row.dropFirst(), row).map(-)
        }
        guard let step = row.first, row.allSatisfy({ $0 == step }) else { return nil }
        return next + step
    }

    /// Each is the one before times a number.
    private static func ratio(_ terms: [Int]) -> Int? {
        guard let factor = quotient(terms[1], terms[0]) else { return nil }
        return following(terms) { _, last in last * factor }
    }

    /// Each is the one before times a number, plus a number.
    private static func recurrence(_ terms: [Int]) -> Int? {
        guard terms.count >= 5, let factor = quotient(terms[2] - terms[1], terms[1] - terms[0]) else {
            return nil
        }
        let added = terms[1] - factor * terms[0]
        return following(terms) { _, last in last * factor + added }
    }

    /// Each is the sum of the two before, plus a number that may be 0.
    private static func sum(_ terms: [Int]) -> Int? {
        guard terms.count >= 5 else { return nil }
        let added = terms[2] - terms[1] - terms[0]
        for index in 2..<terms.count where terms[index] != terms[index - 1] + terms[index - 2] + added {
            return nil
        }
        return terms[terms.count - 1] + terms[terms.count - 2] + added
    }

    /// Every other term goes by its own step; two steps that take turns are a case of this.
    private static func interleaved(_ terms: [Int]) -> Int? {
        guard terms.count >= 6 else { return nil }
        let steps = [terms[2] - terms[0], terms[3] - terms[1]]
        for index in 4..<terms.count where terms[index] != terms[index - 2] + steps[index % 2] { return nil }
        return terms[terms.count - 2] + steps[terms.count % 2]
    }

    /// Times a number and plus a number take turns.
    private static func alternating(_ terms: [Int], startsWithProduct: Bool) -> Int? {
        guard terms.count >= 6 else { return nil }
        let product = startsWithProduct ? 0 : 1
        guard let factor = quotient(terms[product + 1], terms[product]) else { return nil }
        let added = terms[2 - product] - terms[1 - product]
        return following(terms) { index, last in index % 2 == product ? last * factor : last + added }
    }

    /// The next term where each follows from its place and the one before.
    private static func following(_ terms: [Int], by rule: (Int, Int) -> Int) -> Int? {
        for index in 1..<terms.count where terms[index] != rule(index - 1, terms[index - 1]) { return nil }
        return rule(terms.count - 1, terms[terms.count - 1])
    }

    /// The whole number that a number is of another.
    private static func quotient(_ number: Int, _ divisor: Int) -> Int? {
        guard divisor != 0, number % divisor == 0 else { return nil }
        return number / divisor
    }
}
