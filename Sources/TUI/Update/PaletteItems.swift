import Protocol

/// What the palette offers.
extension Model {
    /// The palette's lines for what was typed: the best first, in the table's order where they are as good.
    func paletteItems(for typed: String) -> [PaletteItem] {
        var found: [(item: PaletteItem, score: Int, order: Int)] = []
        for (order, item) in (spokenItems(typed) + sceneItems + settingItems).enumerated() {
            guard case .goTo = item.deed else {
                guard let match = match(typed, item) else { continue }
                var item = item
                item.matched = match.places
                found.append((item, match.score, order))
                continue
            }
            found.append((item, .max, order))
        }
        return found.sorted { ($1.score, $0.order) < ($0.score, $1.order) }.map(\.item)
    }

    /// How well what was typed stands for a line; the group can be typed, too, as in "settings light".
    private func match(_ typed: String, _ item: PaletteItem) -> FuzzyMatch? {
        if let match = FuzzyMatch(typed, in: item.title) { return match }
        guard var match = FuzzyMatch(typed, in: "\(item.group) \(item.title)") else { return nil }
        let start = item.group.count + 1
        match.places = match.places.filter { $0 >= start }.map { $0 - start }
        match.score -= Self.groupCost
        return match
    }

    private static let groupCost = 24

    /// What is said with an argument: `12,3` goes there.
    private func spokenItems(_ typed: String) -> [PaletteItem] {
        guard page == .canvas, let canvas, let place = GoTo.place(typed) else { return [] }
        let nearest = canvas.extent.nearest(place)
        return [
            PaletteItem(title: "go to \(nearest.x),\(nearest.y)", group: page.fullTitle, deed: .goTo(nearest))
        ]
    }

    /// The actions of what is on the screen; those that only make sense under a finger are left out.
    private var sceneItems: [PaletteItem] {
        var items: [PaletteItem] = []
        var seen: Set<Action> = []
        for entry in bindings.entries(of: keyScene) where isOffered(entry) {
            for action in entry.actions where action.isForPalette && seen.insert(action).inserted {
                if case .open(let page) = action, page == self.page || !isOffered(page) { continue }
                let keys = bindings.keys(for: action, in: keyScene).map(\.label)
                items.append(
                    PaletteItem(
                        title: entry.title(of: action), group: group(of: action, entry),
                        keys: keys.isEmpty ? nil : keys.prefix(2).joined(separator: " "), deed: .act(action)))
            }
        }
        return items
    }

    private func group(of action: Action, _ entry: KeyTable.Entry) -> String {
        switch entry.section {
        case .screens: "Go to"
        // The way to another page is one wherever it stands.
        case .session: if case .open = action { "Go to" } else { "Session" }
        case .move, .view, .tools, .game, .paint: page.fullTitle
        }
    }

    /// Every value of a setting that it doesn't have now.
    private var settingItems: [PaletteItem] {
        SettingField.allCases.flatMap { field in
            field.options.filter { $0 != field.word(in: settings) }.map { option in
                PaletteItem(title: "\(field.title): \(option)", group: "Settings", deed: .set(field, option))
            }
        }
    }
}

extension KeyTable.Entry {
    /// What one of its actions is called where it stands alone.
    func title(of action: Action) -> String {
        if case .open(let page) = action { return page.fullTitle }
        return actions.count == 1 ? words : action.name.split(separator: "_").joined(separator: " ")
    }
}

extension Action {
    /// Whether it makes sense to ask for it by words: what moves by a step does not.
    var isForPalette: Bool {
        if case .move = self { return false }
        if case .jump = self { return false }
        if case .choose = self { return false }
        if case .adjust = self { return false }
        if case .color = self { return false }
        if case .nextColor = self { return false }
        return ![.palette, .shoot, .click, .sendAnswer].contains(self)
    }
}
