/// A short word to the person, gone after a while.
struct Toast: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case news
        case warning
        case failure
        /// Something to be glad about.
        case celebration
    }
    var text: String
    var kind: Kind
    var untilMs: Int64

    /// How long a toast stays.
    static let lifetimeMs: Int64 = 3_000
    /// How long good news stay.
    static let celebrationMs: Int64 = 5_000
    /// How long the hint about names stays.
    static let hintMs: Int64 = 15_000
}
