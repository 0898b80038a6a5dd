import Protocol

/// Pixels that others placed since the last word of them, as one line can tell them.
struct ChangeSum: Hashable, Sendable {
    private var count = 0
    private var last: Pixel?
    private var low = Place(x: 0, y: 0)
    private var high = Place(x: 0, y: 0)

    /// Pixels that lie no farther apart are near each other.
    private static let nearSpan = 20

    /// Whether there is nothing to tell.
    var isEmpty: Bool { count == 0 }

    mutating func add(_ pixel: Pixel) {
        if count == 0 {
            low = Place(x: pixel.x, y: pixel.y)
            high = low
        }
        low = Place(x: min(low.x, pixel.x), y: min(low.y, pixel.y))
        high = Place(x: max(high.x, pixel.x), y: max(high.y, pixel.y))
        // The same pixel twice is one pixel, however often its color changed.
        if let last, last.x == pixel.x, last.y == pixel.y { count -= 1 }
        count += 1
        last = pixel
    }

    /// Tells the sum and begins anew; nil where there is nothing to tell.
    mutating func take(_ names: ColorNames) -> Announcement? {
        guard count > 0, let last else { return nil }
        defer { self = ChangeSum() }
        if count == 1 {
            return Announcement(.pixel, "\(last.x),\(last.y) is \(names[last.color]) now", .latest)
        }
        let isNear = high.x - low.x <= Self.nearSpan && high.y - low.y <= Self.nearSpan
        let place =
            isNear
            ? "near \((low.x + high.x) / 2),\((low.y + high.y) / 2)"
            : "between \(low.x),\(low.y) and \(high.x),\(high.y)"
        return Announcement(.pixels, "\(Spelled.grouped(count)) pixels changed \(place)", .latest)
    }
}
