/// What is seen of the canvas at the moment, while the view may be on its way.
extension Model {
    /// The map that the canvas is drawn with now.
    var eye: ViewTransform {
        let end = viewport.transform
        return glide?.transform(to: end, atMs: clockMs) ?? end
    }

    /// Whether pixels are seen upright and at a whole zoom, where whole numbers do.
    var isEyeAligned: Bool { glide == nil && viewport.turned == nil }

    /// The pixel seen under a half cell; it may lie outside the canvas.
    func seenPixel(column: Int, halfRow: Int) -> Place {
        glide == nil
            ? viewport.pixel(column: column, halfRow: halfRow)
            : eye.pixel(column: column, halfRow: halfRow)
    }

    /// The half cells where a pixel is seen now, or the box around them.
    func seenArea(of place: Place) -> (columns: Range<Int>, halfRows: Range<Int>) {
        guard glide != nil else { return viewport.area(of: place) }
        let eye = eye
        return eye.box(of: place, isReduced: eye.scale < 1)
    }

    /// The half cell at which a pixel is seen now.
    func seenSpot(of place: Place) -> ViewTransform.HalfCell {
        glide == nil ? viewport.spot(of: place) : eye.spot(of: place)
    }

    /// Changes the view, which is then seen on its way there; `anchor` is the place that keeps still or goes straight.
    mutating func glide(around anchor: Place, _ change: (inout Model) -> Void) {
        let before = eye
        change(&self)
        let isInstant = settings.easing == .instant || settings.isMotionReduced
        guard !isInstant, page == .canvas, viewport.transform != before else {
            glide = nil
            return
        }
        glide = ViewGlide(
            from: before,
            anchor: ViewTransform.Point(x: Double(anchor.x) + 0.5, y: Double(anchor.y) + 0.5),
            sinceMs: clockMs, isStepped: settings.easing == .stepped)
    }

    /// Ends a glide whose time is over.
    mutating func endGlide() {
        if let glide, glide.endMs <= clockMs { self.glide = nil }
    }

    /// Looks at a place: the cursor goes to it, and the view so that it is in the middle, near enough to see pixels.
    mutating func look(at place: Place) {
        guard let canvas else { return }
        let goal = canvas.extent.nearest(place)
        glide(around: goal) { model in
            model.cursor = goal
            if model.viewport.zoom.isFarther(than: .actual) { model.viewport.zoom = .actual }
            model.viewport.center(on: goal, canvas: canvas.extent)
        }
    }
}
