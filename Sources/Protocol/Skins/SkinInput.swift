/// A part of the client that a skin gives its colors; a skin has all of them.
public enum SkinInput: String, CaseIterable, Hashable, Sendable {
    case cursor
    case dot
    case trail
    case frame
    case palette

    /// How many colors it takes.
    public var count: ClosedRange<Int> {
        switch self {
        case .cursor: 1...2
        case .dot: 1...4
        case .trail: 2...8
        case .frame: 1...4
        case .palette: 4...4
        }
    }

    /// Its name for people.
    public var title: String {
        switch self {
        case .cursor: "Cursor"
        case .dot: "Dot"
        case .trail: "Trail"
        case .frame: "Frame"
        case .palette: "Palette"
        }
    }

    /// One sentence about what its colors do.
    public var help: String {
        switch self {
        case .cursor: "Marks where you are: one color, or two that take turns."
        case .dot: "The target of arcade games, colored from its middle outwards."
        case .trail: "What your aim leaves behind, from the newest step to the oldest."
        case .frame: "Lines around boxes, shading from their top to their bottom."
        case .palette: "The screen itself: ground, text, quiet text and accent, in this order."
        }
    }

    /// Its count as people say it: `1 to 2`, or `4`.
    var countText: String {
        count.lowerBound == count.upperBound
            ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
    }
}
