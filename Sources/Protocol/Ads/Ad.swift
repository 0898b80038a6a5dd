/// What is shown before a page; one JSON file in `assets/ads` each.
///
/// There is none that isn't fit to be shown: every text is as a client shows it, and a picture has a color for
/// each of its letters.
public struct Ad: Hashable, Sendable {
    /// What an ad shows.
    public enum Body: Hashable, Sendable {
        /// Lines of text.
        case text([String])
        /// Pixels, row by row: a letter of `inks` a pixel, a dot where there is none; and each letter's color.
        case picture(rows: [String], inks: [Character: Palette.Color])
    }

    /// Its name among ads.
    public let id: AdID
    /// Its headline.
    public let title: String
    /// What it shows.
    public let body: Body
    /// A line below a picture or a text.
    public let caption: String?
    /// How long it is shown before it may be left.
    public let seconds: Int
    /// Where to learn more: an address that begins with `https://`.
    public let link: String?
    /// How often it is chosen, against the weights of the others.
    public let weight: Int
    /// From when it is shown, in milliseconds since 1970; always where there is none.
    public let startsAtMs: Int64?
    /// Until when it is shown, in milliseconds since 1970; for good where there is none.
    public let endsAtMs: Int64?

    /// Joins parts that were checked.
    init(
        checked id: AdID, title: String, body: Body, caption: String?, seconds: Int, link: String?,
        weight: Int,
        startsAtMs: Int64?, endsAtMs: Int64?
    ) {
        self.id = id
        self.title = title
        self.body = body
        self.caption = caption
        self.seconds = seconds
        self.link = link
        self.weight = weight
        self.startsAtMs = startsAtMs
        self.endsAtMs = endsAtMs
    }

    /// Whether it is shown at a time, in milliseconds since 1970; at `endsAtMs` it no longer is.
    public func isOn(atMs: Int64) -> Bool {
        if let startsAtMs, atMs < startsAtMs { return false }
        if let endsAtMs, atMs >= endsAtMs { return false }
        return true
    }
}

/// The answer to who asks for an ad: `{"impression_id","ad"}`.
public struct AdAnswer: Hashable, Sendable {
    /// This showing of the ad, to be named when it is over.
    public var impression: Identifier
    /// What to show.
    public var ad: Ad

    /// Joins the parts.
    public init(impression: Identifier, ad: Ad) {
        self.impression = impression
        self.ad = ad
    }
}
