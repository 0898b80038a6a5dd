import Protocol

extension Model {
    /// Shows what the host tells everyone, in as many lines as there is room for; flat mode says all of it.
    mutating func hear(announcement text: String, nowMs: Int64) {
        let words = "From the host: " + PlayerName.displayed(text)
        for line in TextWidth.wrapped(words, columns: max(columns - 8, 20), lines: Toast.maxShown) {
            toast = Toast(
                words: Words(line, spoken: words), kind: .warning, untilMs: nowMs + Toast.announcementMs)
        }
    }
}
