import Protocol

/// The menu of the start page.
struct HomeMenu: Hashable, Sendable {
    /// The page that a key would open.
    private(set) var chosen = Page.canvas

    mutating func choose(_ page: Page) { chosen = page }

    /// Chooses the page so many lines further down, or the last one on the way.
    mutating func choose(by step: Int, of pages: [Page]) {
        let at = pages.firstIndex(of: chosen) ?? 0
        guard !pages.isEmpty else { return }
        chosen = pages[min(max(at + step, 0), pages.count - 1)]
    }
}

extension Model {
    /// What may be asked of a host's commands, as far as the server has told.
    var role: Role { Role(words: profile?.roles ?? []) }

    /// What there is to choose from at home: only what is of use to this person.
    var homePages: [Page] { Page.destinations.filter { $0 != .home && isOffered($0) } }

    /// Whether a page is of use to this person; all of them can be gone to.
    func isOffered(_ page: Page) -> Bool {
        switch page {
        case .signIn: purpose == .play
        case .admin: role >= .moderator
        case .home, .canvas, .clicks, .relays, .arcade, .shop, .feedback, .boards, .settings, .about, .replay,
            .ad:
            true
        }
    }

    /// Whether an entry of the keys' table is of use to this person; one that asks for nothing explains what is typed.
    func isOffered(_ entry: KeyTable.Entry) -> Bool {
        guard purpose == .play || !entry.playOnly else { return false }
        return entry.actions.isEmpty
            || entry.actions.contains { action in
                if case .open(let page) = action { isOffered(page) } else { true }
            }
    }
}
