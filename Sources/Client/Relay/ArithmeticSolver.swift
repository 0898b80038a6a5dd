/// Works out sums of whole numbers with `+`, `−` and `×`, the last first.
enum ArithmeticSolver {
    /// The value of a text such as `17 + 4 × 3`; nil for another text, or where a number is too large.
    static func value(of expression: String) -> Int? {
        let words = expression.split(separator: " ")
        guard let first = words.first.flatMap({ Int($0) }), words.count % 2 == 1 else { return nil }
        var sum = 0
        var term = first
        for index in stride(from: 1, to: words.count, by: 2) {
            guard let number = Int(words[index + 1]) else { return nil }
            switch words[index] {
            case "×", "*":
                let (product, isTooLarge) = term.multipliedReportingOverflow(by: number)
                guard !isTooLarge else { return nil }
                term = product
            case "+", "−", "-":
                guard let total = added(sum, term),
                    let signed = words[index] == "+" ? number : added(0, number, isNegative: true)
                else { return nil }
                sum = total
                term = signed
            default: return nil
            }
        }
        return added(sum, term)
    }

    private static func added(_ left: Int, _ right: Int, isNegative: Bool = false) -> Int? {
        let (value, isTooLarge) =
            isNegative ? left.subtractingReportingOverflow(right) : left.addingReportingOverflow(right)
        return isTooLarge ? nil : value
    }
}
