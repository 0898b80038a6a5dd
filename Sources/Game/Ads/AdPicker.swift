public import Protocol

/// Chooses the ad to show, by weights, among those that are on.
public struct AdPicker: Hashable, Sendable {
    /// All ads, in the order of their ids, so that a draw means the same ad however they came.
    public let ads: [Ad]

    /// Takes the ads.
    public init(_ ads: [Ad]) {
        self.ads = ads.sorted { $0.id < $1.id }
    }

    /// The ad for one showing; nil where none is on.
    ///
    /// The ad that was shown last is left out as long as there is another. Each of the rest is chosen by its
    /// weight's share of the draws; what 2^64 leaves over when divided by the weights' sum favors none by more
    /// than that sum's part of 2^64.
    ///
    /// - Parameters:
    ///   - atMs: the time, in milliseconds since 1970.
    ///   - last: the ad that was shown before to the same holder.
    ///   - draw: 64 fresh bits.
    public func pick(atMs: Int64, after last: AdID?, draw: UInt64) -> Ad? {
        let on = ads.filter { $0.isOn(atMs: atMs) }
        let others = on.filter { $0.id != last }
        let choice = others.isEmpty ? on : others
        let sum = choice.reduce(0) { $0 + $1.weight }
        guard sum > 0 else { return nil }
        var rest = Int(draw % UInt64(sum))
        for ad in choice {
            rest -= ad.weight
            if rest < 0 { return ad }
        }
        return nil
    }
}
