/// A bar and how a run stands to it.
struct Bar: Codable {
    /// What must hold.
    var name: String
    /// What was measured.
    var measured: Double
    /// The most it may be.
    var atMost: Double
    /// Whether it holds.
    var isMet: Bool { measured <= atMost }

    /// Prints a table of bars; nothing where there are none.
    static func print(_ bars: [Bar]) {
        guard !bars.isEmpty else { return }
        Swift.print("")
        Report.table(
            head: ["bar", "measured", "at most", "met"],
            rows: bars.map {
                [
                    $0.name, Report.digits($0.measured, 3), Report.digits($0.atMost, 3),
                    $0.isMet ? "yes" : "NO",
                ]
            })
    }
}
