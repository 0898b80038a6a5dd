/// A short word to the person, gone after a while.
struct Toast: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case news
        case warning
        case failure
        /// Something to be glad about.
        case celebration
    }
    var words: Words
    var kind: Kind
    var untilMs: Int64

    /// How long a toast stays.
    static let lifetimeMs: Int64 = 3_000
    /// How long good news stay.
    static let celebrationMs: Int64 = 5_000
    /// How long what the host tells everyone stays.
    static let announcementMs: Int64 = 15_000
    /// How long the hint about names stays.
    static let hintMs: Int64 = 15_000
    /// How many are on the screen at most.
    static let maxShown = 3

    /// As the screen shows it.
    var text: String { words.shown }

    /// Whether it says the same, but for numbers: then the newer one takes the older one's place.
    func isLike(_ other: Toast) -> Bool {
        text.filter { !$0.isNumber } == other.text.filter { !$0.isNumber }
    }
}

extension Model {
    /// The newest short word.
    ///
    /// A new one stands below those that are there, as many as are shown; none takes all away.
    var toast: Toast? {
        get { toasts.last }
        set {
            guard let newValue else {
                toasts = []
                return
            }
            toasts.removeAll { $0.isLike(newValue) }
            toasts = (toasts + [newValue]).suffix(Toast.maxShown)
        }
    }
}
