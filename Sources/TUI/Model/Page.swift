import Protocol

/// The screens that a person can be at.
enum Page: String, Hashable, Sendable {
    /// Where everything begins.
    case home
    case canvas
    case clicks
    case relays
    case arcade
    case shop
    case feedback
    /// The leaderboards.
    case boards
    case settings
    case about
    /// The canvas's past.
    case replay
    /// Where one signs in with Google.
    case signIn = "sign_in"
    /// Where moderators and admins look after the server.
    case admin
    /// Where ads are shown: the way to another page, and none to go to.
    case ad

    /// Those that a person can go to, in the order of menus.
    static let destinations: [Page] = [
        .home, .canvas, .clicks, .relays, .arcade, .shop, .feedback, .boards, .settings, .about, .replay,
        .signIn,
        .admin,
    ]

    /// Whether an ad may stand before it; what is about the program itself is never waited for.
    var bearsAds: Bool {
        switch self {
        case .settings, .about, .signIn, .admin, .ad: false
        case .replay, .home, .canvas, .clicks, .relays, .arcade, .shop, .feedback, .boards: true
        }
    }

    /// What the bars call it.
    var title: String {
        switch self {
        case .signIn: "sign in"
        case .home, .canvas, .clicks, .relays, .arcade, .shop, .feedback, .boards, .settings, .about, .replay,
            .admin, .ad:
            rawValue
        }
    }

    /// What it is called where there is room.
    var fullTitle: String {
        switch self {
        case .home: "Home"
        case .canvas: "Canvas"
        case .clicks: "Click war"
        case .relays: "Puzzle relays"
        case .arcade: "Arcade"
        case .shop: "Shop"
        case .feedback: "Feedback"
        case .boards: "Leaderboards"
        case .settings: "Settings"
        case .about: "About"
        case .replay: "Replay"
        case .signIn: "Sign in"
        case .admin: "Admin"
        case .ad: "Ad"
        }
    }

    /// The key that opens it from everywhere: one that is no text, since answers are typed.
    ///
    /// F10 to F12 are left to terminals, which open menus with them.
    var key: KeyPress.Key? {
        switch self {
        case .home: .function(9)
        case .canvas: .function(2)
        case .clicks: .function(3)
        case .relays: .function(4)
        case .arcade: .function(5)
        case .shop: .function(6)
        case .feedback: .function(7)
        case .boards: .function(8)
        case .settings, .about, .replay, .signIn, .admin, .ad: nil
        }
    }

    /// The digit or letter that opens it too: with Alt everywhere, alone at home, a digit wherever digits mean nothing else.
    var shortcut: Unicode.Scalar? {
        switch self {
        case .home: "0"
        case .canvas: "1"
        case .clicks: "2"
        case .relays: "3"
        case .arcade: "4"
        case .shop: "5"
        case .feedback: "6"
        case .boards: "7"
        case .settings: "8"
        case .about: "9"
        case .replay: "r"
        case .signIn: "s"
        case .admin: "a"
        case .ad: nil
        }
    }
}
