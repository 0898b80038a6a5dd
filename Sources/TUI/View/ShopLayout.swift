import Protocol

/// Where the parts of the shop are, and what a click on them does.
struct ShopLayout {
    /// A field that a click presses.
    struct Button: Hashable {
        var key: String
        var words: String
        var action: Action
        var area: Layout.Area
        /// Whether it is the one that Enter presses.
        var isFirst: Bool
    }

    /// The list's rows.
    let list: Layout.Area
    /// The first look that is shown.
    let first: Int
    let count: Int
    /// The live scene; none where there is no room.
    let scene: Layout.Area?
    /// Words and buttons under the scene.
    let detail: Layout.Area?
    /// The question whether to buy.
    let question: Layout.Area?
    private(set) var buttons: [Button] = []

    static let detailRows = 6
    private static let listColumns = 33
    private static let leastColumns = 72
    private static let leastRows = 15
    private static let questionRows = 7
    private static let questionColumns = 46

    init(_ model: Model) {
        let area = model.layout.canvas
        count = model.shop.count
        let isWide = area.columns >= Self.leastColumns && area.rows >= Self.leastRows
        // A heading above, and below a row for short words.
        list = Layout.Area(
            column: 0, row: area.row + 1, columns: isWide ? Self.listColumns : area.columns,
            rows: max(area.rows - 2, 1))
        first = max(min(model.shop.chosen - list.rows / 2, count - list.rows), 0)
        let isTrying = model.shop.step == .tryingOn
        if isTrying {
            let rows = area.rows - 2
            scene =
                area.columns < SkinScene.leastColumns || rows < SkinScene.leastRows
                ? nil : Layout.Area(column: 0, row: area.row, columns: area.columns, rows: rows)
            detail = nil
        } else if isWide {
            let right = Self.listColumns + 1
            scene = Layout.Area(
                column: right, row: area.row + 1, columns: area.columns - right - 1,
                rows: area.rows - 2 - Self.detailRows)
            detail = Layout.Area(
                column: right, row: area.row + area.rows - 1 - Self.detailRows,
                columns: area.columns - right - 1, rows: Self.detailRows)
        } else {
            (scene, detail) = (nil, nil)
        }
        /// What a button is called after: the person's key.
        func key(_ action: Action) -> String {
            model.bindings.label(of: action, in: model.keyScene) ?? "click"
        }
        question = model.shop.step == .buying ? Self.question(in: area) : nil
        if let question {
            buttons = Self.buttons(
                [(key(.takeSkin), "buys", .takeSkin), (key(.backToShop), "leaves", .backToShop)],
                column: question.column + 3, row: question.row + question.rows - 2)
        } else if isTrying {
            let take = Self.takeWords(model).map {
                [(key: key(.takeSkin), words: $0, action: Action.takeSkin)]
            }
            let both = ["back to the shop", "back"].map { words in
                Self.buttons(
                    (take ?? []) + [(key(.backToShop), words, .backToShop)], column: 1,
                    row: area.row + area.rows - 2)
            }
            buttons =
                both.first { $0.allSatisfy { $0.area.column + $0.area.columns < area.columns } } ?? both[1]
        } else if let detail {
            buttons = Self.buttons(
                (Self.takeWords(model).map { [(key(.takeSkin), $0, .takeSkin)] } ?? [])
                    + [(key(.tryOn), "tries it on", .tryOn)],
                column: detail.column + 1, row: detail.row + detail.rows - 1)
        }
    }

    /// What Enter does to the chosen look; nil where it does nothing.
    static func takeWords(_ model: Model) -> String? {
        guard model.purpose == .play else { return nil }
        guard let offer = model.shop.offer else { return model.shop.worn == nil ? nil : "wears it" }
        if offer.isEquipped { return nil }
        if offer.isOwned { return "wears it" }
        if model.shop.missingPoints != nil { return nil }
        return offer.skin.price == 0 ? "takes it" : "buys for \(Spelled.grouped(offer.skin.price))"
    }

    private static func question(in area: Layout.Area) -> Layout.Area {
        let columns = min(questionColumns, area.columns - 2)
        let rows = min(questionRows, area.rows)
        return Layout.Area(
            column: area.column + (area.columns - columns) / 2, row: area.row + (area.rows - rows) / 2,
            columns: columns, rows: rows)
    }

    private static func buttons(
        _ parts: [(key: String, words: String, action: Action)], column: Int, row: Int
    ) -> [Button] {
        var column = column
        return parts.enumerated().map { number, part in
            let width = TextWidth.of(part.key) + TextWidth.of(part.words) + 4
            defer { column += width + 1 }
            return Button(
                key: part.key, words: part.words, action: part.action,
                area: Layout.Area(column: column, row: row, columns: width, rows: 1), isFirst: number == 0)
        }
    }

    /// What a click on a cell asks for by a button.
    func action(column: Int, row: Int) -> Action? {
        buttons.first { $0.area.contains(column: column, row: row) }?.action
    }

    /// The look in a row of the list.
    func index(column: Int, row: Int) -> Int? {
        let index = first + row - list.row
        return list.contains(column: column, row: row) && index < count ? index : nil
    }
}
