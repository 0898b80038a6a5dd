import Protocol

/// A board's scores as people read them.
enum ScoreText {
    /// Seconds with three decimals where less is better, since those are times; else the number.
    static func text(_ score: Int, on board: Board) -> String {
        switch board.measure {
        case .sum, .highest: "\(score)"
        case .lowest: decimal(score, digits: 3) + " s"
        }
    }

    /// Percents as a factor, without zeros at its end.
    static func factor(percent: Int) -> String {
        var text = decimal(percent, digits: 2)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    private static func decimal(_ value: Int, digits: Int) -> String {
        let unit = (0..<digits).reduce(1) { unit, _ in unit * 10 }
        let rest = String(abs(value) % unit)
        return "\(value / unit)." + String(repeating: "0", count: digits - rest.count) + rest
    }
}
