import Protocol

/// What of a skin can be edited, in the order of the form.
enum StudioField: Int, Hashable, Sendable, CaseIterable {
    case id, title, author, price
    case cursor, dot, trail, frame, palette

    /// The part of the client whose colors it holds; nil for a text.
    var input: SkinInput? {
        switch self {
        case .id, .title, .author, .price: nil
        case .cursor: .cursor
        case .dot: .dot
        case .trail: .trail
        case .frame: .frame
        case .palette: .palette
        }
    }

    /// What the form calls it.
    var label: String {
        switch self {
        case .id: "Id"
        case .title: "Title"
        case .author: "Author"
        case .price: "Price"
        case .cursor, .dot, .trail, .frame, .palette: input?.title ?? ""
        }
    }

    /// One sentence about it.
    var help: String {
        switch self {
        case .id: "What the skin is called on the wire and as a file: \(SkinID.rule)."
        case .title: "Its name in the shop: up to \(Limits.maxSkinTitleCharacters) characters."
        case .author: "Who made it: up to \(Limits.maxNameCharacters) characters."
        case .price:
            "What it costs, in profile points: 0 to \(Spelled.grouped(Limits.maxSkinPrice))."
        case .cursor, .dot, .trail, .frame, .palette: input?.help ?? ""
        }
    }

    /// The field so many further; the ends hold.
    func moved(by step: Int) -> StudioField {
        StudioField(rawValue: min(max(rawValue + step, 0), Self.allCases.count - 1)) ?? self
    }
}

extension SkinInput {
    /// What the form calls each of its colors; empty where they have no names of their own.
    var roles: [String] {
        switch self {
        case .palette: ["ground", "text", "quiet", "accent"]
        case .cursor, .dot, .trail, .frame: []
        }
    }

    /// How many colors it takes, as people say it: `1 to 4`, or `4`.
    var countText: String {
        count.lowerBound == count.upperBound
            ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
    }
}
