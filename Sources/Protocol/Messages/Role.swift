/// What an account may do; each role may do what those before it may.
public enum Role: String, CaseIterable, Hashable, Sendable, Codable, Comparable {
    case player
    case moderator
    case admin

    private var rank: Int {
        switch self {
        case .player: 0
        case .moderator: 1
        case .admin: 2
        }
    }

    /// Orders by what is allowed.
    public static func < (lhs: Role, rhs: Role) -> Bool { lhs.rank < rhs.rank }

    /// The words of this role and of all that it includes, as `roles` lists them.
    public var words: [String] { Role.allCases.filter { $0 <= self }.map(\.rawValue) }

    /// The highest of the roles named; `player` where none is.
    public init(words: [String]) {
        self = words.compactMap(Role.init).max() ?? .player
    }
}
