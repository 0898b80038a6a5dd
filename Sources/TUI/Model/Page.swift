/// The screens that a person can be at.
enum Page: Hashable, Sendable, CaseIterable {
    case canvas
    case clicks
    case relays

    /// What the bars call it.
    var title: String {
        switch self {
        case .canvas: "canvas"
        case .clicks: "clicks"
        case .relays: "relays"
        }
    }

    /// The key that opens it from everywhere: one that is no text, since answers are typed.
    var key: KeyPress.Key {
        switch self {
        case .canvas: .function(2)
        case .clicks: .function(3)
        case .relays: .function(4)
        }
    }

    /// The digit that opens it too: with Alt everywhere, alone where digits mean nothing else.
    var digit: Unicode.Scalar {
        switch self {
        case .canvas: "1"
        case .clicks: "2"
        case .relays: "3"
        }
    }
}
