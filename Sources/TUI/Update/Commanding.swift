import Protocol

/// The palette of commands, open over what is on the screen.
extension Model {
    mutating func takeInPalette(
        _ press: KeyPress, _ palette: CommandPalette, isFresh: Bool, nowMs: Int64
    ) -> [Command] {
        var palette = palette
        let items = paletteItems(for: palette.line.text)
        switch (press.key, press.modifiers) {
        case (.escape, _), (.character("p"), .control):
            overlay = .none
            return []
        case (.enter, _):
            guard isFresh, items.indices.contains(palette.chosen) else { return [] }
            return take(items[palette.chosen], nowMs: nowMs)
        case (.up, _), (.tab, .shift): palette.choose(by: -1, of: items.count)
        case (.down, _), (.tab, _), (.character("n"), .control): palette.choose(by: 1, of: items.count)
        case (.pageUp, _): palette.choose(by: -CommandPalette.pageRows, of: items.count)
        case (.pageDown, _): palette.choose(by: CommandPalette.pageRows, of: items.count)
        default: if palette.line.take(press) { palette.chosen = 0 }
        }
        overlay = .palette(palette)
        return []
    }

    /// What the mouse does over the palette: pointing chooses, a click takes, one beside it closes.
    mutating func takeInPalette(_ mouse: MouseEvent, _ palette: CommandPalette, nowMs: Int64) -> [Command] {
        var palette = palette
        let items = paletteItems(for: palette.line.text)
        let layout = CommandPaletteLayout(layout, chosen: palette.chosen, count: items.count)
        switch mouse.kind {
        case .press(.left):
            if let index = layout.index(column: mouse.column, row: mouse.row) {
                return take(items[index], nowMs: nowMs)
            }
            if !layout.box.contains(column: mouse.column, row: mouse.row) { overlay = .none }
            return []
        case .motion(.none):
            guard let index = layout.index(column: mouse.column, row: mouse.row) else { return [] }
            palette.chosen = index
        case .wheelUp: palette.choose(by: -1, of: items.count)
        case .wheelDown: palette.choose(by: 1, of: items.count)
        case .press, .release, .motion: return []
        }
        overlay = .palette(palette)
        return []
    }

    private mutating func take(_ item: PaletteItem, nowMs: Int64) -> [Command] {
        overlay = .none
        // The key that took it means nothing behind it until it was let go.
        freshPress.changeScene()
        switch item.deed {
        case .act(let action): return act(action, key: .enter, nowMs: nowMs)
        case .set(let field, let option):
            var changed = settings
            field.set(option, in: &changed)
            return apply(changed, nowMs: nowMs)
        case .goTo(let place):
            go(to: place)
            return []
        }
    }
}

extension CommandPalette {
    /// How far a page key goes.
    static let pageRows = 8

    /// Moves the choice; beyond either end it stays there.
    mutating func choose(by step: Int, of count: Int) {
        chosen = min(max(chosen + step, 0), max(count - 1, 0))
    }
}
