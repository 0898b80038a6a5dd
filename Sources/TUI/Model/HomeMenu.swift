/// The menu of the start page.
struct HomeMenu: Hashable, Sendable {
    /// The page that a key would open, by its place in the menu.
    private(set) var chosen = 0

    /// What there is to choose from.
    static let pages = Page.destinations.filter { $0 != .home }

    var page: Page { Self.pages[chosen] }

    mutating func choose(by step: Int) { choose(chosen + step) }

    mutating func choose(_ index: Int) {
        chosen = min(max(index, 0), Self.pages.count - 1)
    }
}
