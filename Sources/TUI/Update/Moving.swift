import Protocol

/// The cursor and the view over the canvas.
extension Model {
    mutating func moveCursor(dx: Int, dy: Int) {
        guard let canvas else { return }
        cursor = canvas.extent.nearest(Place(x: cursor.x + dx, y: cursor.y + dy))
        viewport.reveal(cursor, canvas: canvas.extent)
    }

    /// Moves the cursor by one step in a direction of the screen: a pixel, or what half a cell shows.
    mutating func walk(dx: Int, dy: Int) {
        let block = viewport.zoom.block
        guard let canvas, !viewport.turn.isUpright else { return moveCursor(dx: dx * block, dy: dy * block) }
        let step = CursorWalk.step(
            from: cursor, dx: dx, dy: dy, block: block, seen: viewport.transform, canvas: canvas.extent,
            after: walk)
        guard let step else { return }
        walk = step
        cursor = step.place
        viewport.reveal(cursor, canvas: canvas.extent)
    }

    /// Half a view on, the cursor with it.
    mutating func jump(dx: Int, dy: Int) {
        guard let canvas else { return }
        let columns = viewport.columns / KeyTable.jumpDivisor * dx
        let halfRows = viewport.halfRows / KeyTable.jumpDivisor * dy
        let (block, scale) = (viewport.zoom.block, viewport.zoom.scale)
        let spot = viewport.spot(of: cursor)
        let isUpright = viewport.turn.isUpright
        let goal =
            isUpright
            ? Place(x: cursor.x + columns / scale * block, y: cursor.y + halfRows / scale * block)
            : viewport.pixel(column: spot.column + columns, halfRow: spot.halfRow + halfRows)
        glide(around: cursor) { model in
            model.viewport.pan(columns: columns, halfRows: halfRows, canvas: canvas.extent)
            model.cursor = canvas.extent.nearest(goal)
            model.viewport.reveal(model.cursor, canvas: canvas.extent)
        }
    }

    /// Puts the cursor into the middle of the view.
    mutating func centerCursor() {
        guard let canvas else { return }
        let middle = viewport.pixel(column: viewport.columns / 2, halfRow: viewport.halfRows / 2)
        cursor = canvas.extent.nearest(middle)
    }

    mutating func zoom(to zoom: Zoom, at place: Place) {
        guard let canvas else { return }
        glide(around: place) { model in
            model.viewport.zoom(to: zoom, keeping: place, canvas: canvas.extent)
            model.keepCursorInView()
        }
    }

    /// Everything in view, or, when it is already, one to one at the cursor.
    mutating func toggleWhole() {
        guard canvas != nil else { return }
        zoom(
            to: viewport.zoom == wholeZoom
                ? wholeZoom.isFarther(than: .actual) ? .actual : .magnified(8) : wholeZoom, at: cursor)
    }

    /// Whether the cursor's pixel is too small to be seen; then the view comes near, and it isn't to be placed yet.
    mutating func comeNear(nowMs: Int64) -> Bool {
        guard viewport.zoom.isFarther(than: .actual) else { return false }
        zoom(to: Self.paintingZoom, at: cursor)
        say("Nearer: again to place it", .news, nowMs: nowMs)
        return true
    }

    /// Where single pixels are easily aimed at.
    private static let paintingZoom = Zoom.magnified(4)

    /// Drags and wheels move the view under the cursor; then the cursor stays at the view's edge.
    mutating func keepCursorInView() {
        guard let canvas, !viewport.shows(cursor) else { return }
        guard viewport.turn.isUpright else {
            let spot = viewport.spot(of: cursor)
            let inside = viewport.pixel(
                column: min(max(spot.column, 0), viewport.columns - 1),
                halfRow: min(max(spot.halfRow, 0), viewport.halfRows - 1))
            cursor = canvas.extent.nearest(inside)
            return viewport.reveal(cursor, canvas: canvas.extent)
        }
        let (block, scale) = (viewport.zoom.block, viewport.zoom.scale)
        let first = viewport.pixel(column: 0, halfRow: 0)
        let last = Place(
            x: first.x + (max(viewport.columns / scale, 1) - 1) * block,
            y: first.y + (max(viewport.halfRows / scale, 1) - 1) * block)
        let inside = Place(
            x: min(max(cursor.x, first.x), last.x), y: min(max(cursor.y, first.y), last.y))
        cursor = canvas.extent.nearest(inside)
    }

    mutating func resize(columns: Int, rows: Int) {
        glide = nil
        let middle = viewport.pixel(column: viewport.columns / 2, halfRow: viewport.halfRows / 2)
        let wasWhole = canvas != nil && viewport.zoom == wholeZoom
        self.columns = columns
        self.rows = rows
        resizeView()
        guard let canvas else { return }
        if wasWhole || viewport.zoom.isFarther(than: wholeZoom) { viewport.zoom = wholeZoom }
        viewport.center(on: canvas.extent.nearest(middle), canvas: canvas.extent)
        viewport.reveal(cursor, canvas: canvas.extent)
    }

    /// Where a new canvas is first looked at: as a whole where its pixels stay visible, else one to one in the middle.
    mutating func showFirst(_ canvas: CanvasImage) {
        cursor = Place(x: canvas.size.width / 2, y: canvas.size.height / 2)
        glide = nil
        viewport.zoom = wholeZoom.isFarther(than: .actual) ? .actual : wholeZoom
        viewport.center(on: cursor, canvas: canvas.extent)
        viewport.reveal(cursor, canvas: canvas.extent)
    }

    // MARK: Mouse

    mutating func take(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        if mouse.kind == .press(.left), let press = pressWritten(under: mouse) {
            return take(press, nowMs: nowMs)
        }
        if case .help = overlay {
            if case .press = mouse.kind { overlay = .none }
            return []
        }
        if case .tool(let prompt) = overlay { return take(mouse, in: prompt, nowMs: nowMs) }
        if case .palette(let palette) = overlay { return takeInPalette(mouse, palette, nowMs: nowMs) }
        // A slip of the mouse must not end a run.
        if mouse.kind == .press(.left), keyScene != .run,
            let page = Bars.page(self, column: mouse.column, row: mouse.row)
        {
            return open(page)
        }
        // Who types into a prompt doesn't mean what lies around it.
        if mouse.kind == .press(.left), overlay != .none { return [] }
        switch page {
        case .canvas: break
        case .clicks: return takeOverPlanets(mouse, nowMs: nowMs)
        case .relays: return takeOverRelays(mouse, nowMs: nowMs)
        case .home: return takeOverHome(mouse, nowMs: nowMs)
        case .arcade: return takeOverArcade(mouse, nowMs: nowMs)
        case .shop: return takeOverShop(mouse, nowMs: nowMs)
        case .feedback: return takeOverFeedback(mouse, nowMs: nowMs)
        case .boards: return takeOverBoards(mouse, nowMs: nowMs)
        case .settings: return takeOverSettings(mouse, nowMs: nowMs)
        case .about, .signIn: return []
        case .replay: return takeOverReplay(mouse)
        case .admin: return takeOverAdmin(mouse, nowMs: nowMs)
        case .ad: return mouse.kind == .press(.left) ? goOn() : []
        }
        if takeOverMinimap(mouse) { return [] }
        if isCovered(mouse) { return touch(mouse, nowMs: nowMs) }
        switch mouse.kind {
        case .press(.left): return click(mouse, nowMs: nowMs)
        case .press(.middle), .press(.right):
            if layout.canvas.contains(column: mouse.column, row: mouse.row) {
                drag = Drag(column: mouse.column, row: mouse.row)
            }
        case .release: drag = nil
        case .motion(.middle), .motion(.right): dragView(to: mouse)
        case .motion(.none):
            drag = nil
            point(at: mouse)
        case .wheelUp: turnWheel(mouse, nearer: true)
        case .wheelDown: turnWheel(mouse, nearer: false)
        case .press(.none), .motion(.left): break
        }
        return []
    }

    /// Whether the mouse is over what lies over the canvas, and would mean a pixel that isn't seen.
    private func isCovered(_ mouse: MouseEvent) -> Bool {
        switch mouse.kind {
        case .press(.left), .motion(.none), .wheelUp, .wheelDown:
            let placement = Placement(self)
            let areas =
                [placement.notice, placement.prompt].compactMap { $0 } + (placement.boxes?.areas ?? [])
            return areas.contains { $0.contains(column: mouse.column, row: mouse.row) }
        case .press, .release, .motion: return false
        }
    }

    /// A click on a notice that offers to play takes it up.
    private mutating func touch(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        drag = nil
        guard mouse.kind == .press(.left), purpose == .play, let notice = Placement(self).notice,
            notice.contains(column: mouse.column, row: mouse.row)
        else { return [] }
        if case .closed = link { return askToPlay(nowMs: nowMs) }
        return play.isAFK && outage == nil ? askToPlay(nowMs: nowMs) : []
    }

    /// Moves the cursor to the pixel under the mouse; false where there is none.
    @discardableResult
    private mutating func point(at mouse: MouseEvent) -> Bool {
        guard let place = pixel(under: mouse) else { return false }
        cursor = place
        return true
    }

    /// The pixel under the mouse.
    ///
    /// A cell shows two half rows and the mouse can't say which: coming from below it
    /// means the lower one, and inside the cursor's own cell the cursor's.
    private func pixel(under mouse: MouseEvent) -> Place? {
        let area = layout.canvas
        guard let canvas, area.contains(column: mouse.column, row: mouse.row) else { return nil }
        let column = mouse.column - area.column
        let row = mouse.row - area.row
        let spot = seenSpot(of: cursor)
        if spot.column == column, spot.halfRow / 2 == row { return cursor }
        let upper = seenPixel(column: column, halfRow: row * 2)
        let lower = seenPixel(column: column, halfRow: row * 2 + 1)
        var place = upper
        if spot.halfRow > row * 2 { place = lower }
        if !canvas.extent.contains(place) { place = place == upper ? lower : upper }
        guard canvas.extent.contains(place) else { return nil }
        // When reduced, the cursor keeps its exact pixel while the mouse stays over its block.
        let block = viewport.zoom.block
        if block > 1, isEyeAligned, cursor.x / block == place.x / block, cursor.y / block == place.y / block {
            return cursor
        }
        return place
    }

    private mutating func click(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        if mouse.row == layout.paletteRow, let canvas {
            let strip = PaletteStrip(count: canvas.palette.count, chosen: Int(color), columns: columns)
            if let index = strip.index(at: mouse.column) { choose(index) }
            return []
        }
        let before = cursor
        guard point(at: mouse) else { return [] }
        // A finger covers what it hits: the first tap shows where, the second places.
        if layout.touchRows > 0, cursor != before { return [] }
        return place(nowMs: nowMs)
    }

    private mutating func dragView(to mouse: MouseEvent) {
        guard let canvas, let drag else { return }
        glide = nil
        let scale = viewport.turn.isSquare ? viewport.zoom.scale : 1
        // Only whole pixels can be panned; what is left over stays in the drag's start.
        let columns = (drag.column - mouse.column) / scale * scale
        let halfRows = (drag.row - mouse.row) * 2 / scale * scale
        guard columns != 0 || halfRows != 0 else { return }
        stopTravelling()
        viewport.pan(columns: columns, halfRows: halfRows, canvas: canvas.extent)
        self.drag = Drag(column: drag.column - columns, row: drag.row - halfRows / 2)
        keepCursorInView()
    }

    private mutating func turnWheel(_ mouse: MouseEvent, nearer: Bool) {
        guard point(at: mouse) else { return }
        zoom(to: nearer ? viewport.zoom.nearer : viewport.zoom.farther(whole: wholeZoom), at: cursor)
    }
}
