/// The small map, as keys and mouse use it.
extension Model {
    /// Pixels along half a cell of the map that may be shown; nil where none is.
    var mapBlock: Int? {
        guard let canvas, page == .canvas, settings.showsMinimap, columns >= Minimap.leastColumns,
            rows >= Minimap.leastRows
        else { return nil }
        return Minimap.block(for: canvas.extent, in: layout.canvas)
    }

    mutating func toggleMinimap(nowMs: Int64) -> [Command] {
        var changed = settings
        changed.showsMinimap.toggle()
        return apply(changed, nowMs: nowMs)
    }

    /// What the mouse does on the small map: a press goes there, and while it is held the view follows it.
    ///
    /// Motion over it leaves the cursor alone, or the map would flee from whoever wants to click on it.
    mutating func takeOverMinimap(_ mouse: MouseEvent) -> Bool {
        switch mouse.kind {
        case .press(.left):
            guard overlay == .none, let map = Placement(self).map,
                map.area.contains(column: mouse.column, row: mouse.row)
            else { return false }
            isOnMinimap = true
            pull(to: map.place(column: mouse.column, row: mouse.row))
        case .motion(.left):
            guard isOnMinimap, let map = Placement(self).map else { return isOnMinimap }
            pull(to: map.place(column: mouse.column, row: mouse.row))
        case .motion(.none), .wheelUp, .wheelDown:
            isOnMinimap = false
            guard let map = Placement(self).map else { return false }
            return map.area.contains(column: mouse.column, row: mouse.row)
        case .release, .press, .motion:
            defer { isOnMinimap = false }
            return isOnMinimap
        }
        return true
    }

    /// The view and the cursor to a place at once, at the zoom that they are at.
    private mutating func pull(to place: Place) {
        guard let canvas else { return }
        stopTravelling()
        glide = nil
        cursor = canvas.extent.nearest(place)
        viewport.center(on: cursor, canvas: canvas.extent)
        viewport.reveal(cursor, canvas: canvas.extent)
    }
}
