import Protocol

/// A step of the way from home to what is on the screen.
struct Crumb: Hashable, Sendable {
    var title: String
    /// The page that it leads back to.
    var page: Page
}

extension Model {
    /// The way from home to what is on the screen, home first.
    var trail: [Crumb] {
        let home = Crumb(title: Page.home.fullTitle, page: .home)
        guard page != .home else { return [home] }
        let here = [home, Crumb(title: page.fullTitle, page: page)]
        return here + (inside.map { [Crumb(title: $0, page: page)] } ?? [])
    }

    /// What of a page is on the screen, where it isn't the page itself.
    private var inside: String? {
        switch page {
        case .relays: return relays.room.map { $0.view.code.description }
        case .arcade:
            switch arcade.stage {
            case .menu: return nil
            case .asking(let game): return game.rules.title
            case .playing(let play): return play.game.rules.title
            case .over(let outcome): return outcome.game.rules.title
            }
        case .shop: return shop.step == .looking ? nil : shop.offer.map { title(of: $0) }
        case .boards: return BoardWords.title(boards.board)
        case .ad: return ads.stop.map { $0.next.fullTitle }
        case .admin: return role >= .moderator ? admin.tab.title : nil
        case .home, .canvas, .clicks, .feedback, .settings, .about, .replay, .signIn: return nil
        }
    }
}
