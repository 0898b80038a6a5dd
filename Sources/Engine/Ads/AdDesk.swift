import Game
import Protocol

/// The ads there are, and who is shown one.
struct AdDesk: Sendable {
    /// An impression that isn't over, or was just seen to its end.
    struct Open: Sendable {
        var record: ImpressionRecord
        /// How long it is to be seen.
        var seconds: Int
        /// Since when it is shown, on the monotonic clock in microseconds.
        var shownUs: Int64
    }

    private let picker: AdPicker
    private var open: [Identifier: Open] = [:]
    /// Impressions by age.
    private var order = Ring<Identifier>()
    /// The impression that each of those holders was shown last.
    private var last: [Identifier: Identifier] = [:]

    /// Takes the ads, and the impressions of the last minutes.
    init(_ ads: [Ad], impressions: [ImpressionRecord], at now: Moment) {
        picker = AdPicker(ads)
        for record in impressions {
            guard let ad = ads.first(where: { $0.id == record.ad }) else { continue }
            let ageMs = max(0, now.wallMs - record.shownAtMs)
            keep(Open(record: record, seconds: ad.seconds, shownUs: now.monotonicUs - ageMs * 1000), at: now)
        }
    }

    /// Chooses an ad for a holder.
    func choice(for holder: Identifier, draw: UInt64, at now: Moment) -> Ad? {
        picker.pick(atMs: now.wallMs, after: last[holder].flatMap { open[$0]?.record.ad }, draw: draw)
    }

    subscript(id: Identifier) -> Open? { open[id] }

    /// Notes an impression, or that it was seen to its end; those that are long past are forgotten.
    mutating func keep(_ impression: Open, at now: Moment) {
        let id = impression.record.id
        if open.updateValue(impression, forKey: id) == nil {
            order.append(id)
            last[impression.record.holder] = id
        }
        let lifeUs = Int64(Limits.impressionLifetimeMs) * 1000
        while let oldest = order.first {
            let isOver = open[oldest].map { $0.shownUs + lifeUs <= now.monotonicUs } ?? true
            guard isOver || order.count > Limits.maxOpenImpressions else { break }
            forget(oldest)
            order.removeFirst(1)
        }
    }

    /// Takes an impression back, or its end, that didn't become durable.
    mutating func revert(_ id: Identifier, to former: Open?) {
        guard open[id] != nil else { return }
        if let former { open[id] = former } else { forget(id) }
    }

    private mutating func forget(_ id: Identifier) {
        guard let gone = open.removeValue(forKey: id) else { return }
        if last[gone.record.holder] == id { last[gone.record.holder] = nil }
    }
}
