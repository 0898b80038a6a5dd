extension Rate {
    /// What a rate's text may be, for whoever got it wrong.
    public static let wanted = "R:BURST, as in 10:20, or 0"

    /// Reads `R:BURST` or `0`.
    public init?(text: String) {
        if text == "0" {
            self.init(perSecond: 0, burst: 1)
            return
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let perSecond = Double(parts[0]), let burst = Int(parts[1]),
            perSecond > 0, perSecond <= 1_000_000, (1...1_000_000).contains(burst)
        else { return nil }
        self.init(perSecond: perSecond, burst: burst)
    }

    /// `R:BURST`, or `0` for no limit.
    public var text: String {
        if perSecond == 0 { return "0" }
        let whole = perSecond == perSecond.rounded() ? String(Int(perSecond)) : String(perSecond)
        return "\(whole):\(burst)"
    }
}
