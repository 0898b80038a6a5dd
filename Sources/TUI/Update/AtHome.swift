/// The start page's menu.
extension Model {
    mutating func performAtHome(_ action: Action, nowMs: Int64) -> [Command] {
        switch action {
        case .choose(let step): home.choose(by: step, of: homePages)
        case .take: return open(home.chosen)
        default: return perform(action, nowMs: nowMs)
        }
        return []
    }

    /// What the mouse does over the menu: pointing chooses, a click goes there.
    mutating func takeOverHome(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        switch mouse.kind {
        case .motion(.none), .press(.left):
            let layout = HomeLayout(self)
            guard let index = layout.index(column: mouse.column, row: mouse.row) else { return [] }
            home.choose(layout.pages[index])
            return mouse.kind == .press(.left) ? open(home.chosen) : []
        case .wheelUp: home.choose(by: -1, of: homePages)
        case .wheelDown: home.choose(by: 1, of: homePages)
        case .press, .release, .motion: break
        }
        return []
    }
}
