import Protocol

/// What a moderator or admin knows of the server and does to it: figures, lists, and what is being asked.
struct AdminDesk: Hashable, Sendable {
    private(set) var tab = AdminTab.live
    /// The last seconds in numbers.
    private(set) var figures: FiguresAnswer?
    private(set) var status: HostStatus?
    var lists = AdminLists()
    /// What narrows the list of accounts down.
    var filter = ""
    /// Whether every account is listed.
    private(set) var showsAll = false
    /// What lies over the lists.
    var prompt: AdminPrompt?
    /// Whether the skin studio has the screen.
    var isInStudio = false
    /// What was asked for and isn't answered.
    private(set) var asking: [AdminWish] = []
    /// Why a tab has nothing to show.
    private(set) var troubles: [AdminTab: Words] = [:]
    private var choices: [AdminTab: Int] = [:]
    private var figuresDueMs: Int64 = 0
    private var statusDueMs: Int64 = 0

    /// Between two questions for figures, of which there is one a second.
    static let figuresMs: Int64 = 1_000
    static let statusMs: Int64 = 5_000
    /// After a refusal nothing is asked for by itself for so long.
    static let restMs: Int64 = 5_000

    /// The chosen line of the shown list.
    var chosen: Int { choices[tab] ?? 0 }

    mutating func choose(_ index: Int, of count: Int) { choices[tab] = min(max(index, 0), max(count - 1, 0)) }

    mutating func show(_ tab: AdminTab) {
        self.tab = tab
        prompt = nil
    }

    mutating func toggleAll() { showsAll.toggle() }

    /// What the shown tab needs, as far as it isn't on its way.
    mutating func load() -> [AdminWish] {
        guard let route = tab.route(all: showsAll) else {
            (figuresDueMs, statusDueMs) = (0, 0)
            return []
        }
        // These lists have accounts by their ids alone.
        let needsNames = (tab == .rollbacks || tab == .areas) && !lists.isKnown(.accounts)
        return ask(route) + (needsNames ? ask(.accounts(all: true)) : [])
    }

    /// Asks, where the same isn't asked already.
    mutating func ask(_ route: AdminRoute) -> [AdminWish] {
        let wish = AdminWish.ask(route)
        guard !asking.contains(wish) else { return [] }
        asking.append(wish)
        return [wish]
    }

    /// What was asked over a connection that is gone may never be answered.
    mutating func forgetAsking() { asking.removeAll() }

    /// Whether something that changes the server is under way.
    var isBusy: Bool {
        asking.contains { wish in
            if case .ask(let route) = wish { !route.isReading } else { false }
        }
    }

    // MARK: Figures

    /// What is asked for by itself while the figures are looked at.
    mutating func pursue(nowMs: Int64) -> [AdminWish] {
        guard tab == .live, !isInStudio else { return [] }
        var wishes: [AdminWish] = []
        if figuresDueMs <= nowMs, !asking.contains(.figures) {
            asking.append(.figures)
            wishes.append(.figures)
            figuresDueMs = nowMs + Self.figuresMs
        }
        if statusDueMs <= nowMs {
            wishes += ask(.status)
            statusDueMs = nowMs + Self.statusMs
        }
        return wishes
    }

    /// When something is to be asked for next; nil for never.
    var nextAskMs: Int64? {
        guard tab == .live, !isInStudio else { return nil }
        return [
            asking.contains(.figures) ? nil : figuresDueMs,
            asking.contains(.ask(.status)) ? nil : statusDueMs,
        ]
        .compactMap { $0 }.min()
    }

    // MARK: Answers

    mutating func take(_ answer: FiguresAnswer) {
        asking.removeAll { $0 == .figures }
        troubles[.live] = nil
        figures = answer
    }

    /// Takes what was told, as far as it is shown here.
    mutating func take(_ answer: HostAnswer, to route: AdminRoute) {
        asking.removeAll { $0 == .ask(route) }
        if case .status(let status) = answer { self.status = status }
        guard let tab = lists.take(answer, to: route) else { return }
        troubles[tab] = nil
    }

    mutating func fail(_ wish: AdminWish, _ words: Words, nowMs: Int64) {
        asking.removeAll { $0 == wish }
        switch wish {
        case .figures:
            troubles[.live] = words
            (figuresDueMs, statusDueMs) = (nowMs + Self.restMs, nowMs + Self.restMs)
        case .ask(let route):
            guard let tab = AdminTab.allCases.first(where: { $0.isFed(by: route) }) else { return }
            troubles[tab] = words
        }
    }
}

extension AdminTab {
    /// Whether a question's answer is the tab's list.
    func isFed(by route: AdminRoute) -> Bool {
        switch route {
        case .accounts: self == .accounts
        case .knobs: self == .knobs
        case .canvas(.rollbacks): self == .rollbacks
        case .canvas(.protectedAreas): self == .areas
        case .flags: self == .review
        case .feedback: self == .feedback
        case .audit: self == .audit
        case .status: self == .live
        case .kick, .ban, .unban, .grant, .clearFlags, .announce, .setKnob, .canvas: false
        }
    }
}

extension AdminRoute {
    /// Whether it changes nothing.
    var isReading: Bool {
        switch self {
        case .accounts, .flags, .feedback, .knobs, .audit, .status, .canvas(.rollbacks),
            .canvas(.protectedAreas):
            true
        case .canvas(.rollBack(let order)): order.isPreview
        case .kick, .ban, .unban, .grant, .clearFlags, .announce, .setKnob, .canvas: false
        }
    }

    /// The lists that are others once it was done; of them those that were seen are asked for anew.
    var changes: [AdminTab] {
        switch self {
        case .kick, .grant: [.accounts, .audit]
        case .ban, .unban: [.accounts, .review, .audit]
        case .clearFlags: [.review, .audit]
        case .announce: [.audit]
        case .setKnob: [.knobs, .audit]
        case .canvas(.rollBack(let order)): order.isPreview ? [] : [.rollbacks, .audit]
        case .canvas(.undoRollback): [.rollbacks, .audit]
        case .canvas(.protect), .canvas(.unprotect): [.areas, .audit]
        case .canvas(.newGame): [.rollbacks, .areas, .audit]
        case .accounts, .flags, .feedback, .knobs, .audit, .status, .canvas(.rollbacks),
            .canvas(.protectedAreas):
            []
        }
    }
}
