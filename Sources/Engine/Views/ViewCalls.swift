import Game
import Protocol

// The canvas for whoever has no client: pages of text, streams of frames, enlarged pictures.
extension ServerEngine {
    /// Answers whoever wants to see the canvas, from the durable version.
    mutating func show(
        _ route: ViewRoute, to id: RequestID, by caller: Caller, at now: Moment, into effects: inout [Effect]
    ) {
        switch route {
        case .home(nil):
            effects.append(.respond(id, .view(.page(canvasAnswer))))
        case .home(let view?):
            draw(.greeting(view), view, for: id, .text, by: caller, at: now, into: &effects)
        case .text(let view, let tag):
            if let tag, Self.matches(tag, textTag(canvas.durableVersion)) {
                effects.append(.respond(id, .notModified(entityTag: textTag(canvas.durableVersion))))
                return
            }
            draw(.page(view), view, for: id, .text, by: caller, at: now, into: &effects)
        case .enlarged(let scale):
            guard canvas.size.cellCount * scale * scale <= Limits.maxPicturePixels else {
                let failure = Failure(
                    .badRequest,
                    "field \"scale\" is too large: a picture has \(Limits.maxPicturePixels) pixels at most")
                effects.append(.respond(id, .failure(failure)))
                return
            }
            draw(.png(scale: scale), nil, for: id, .png, by: caller, at: now, into: &effects)
        case .watch(let view, let rate):
            watch(
                WatchDesk.Show(view: view, framesPerSecond: rate), id, by: caller, at: now, into: &effects)
        }
    }

    private func textTag(_ version: Version) -> String { "\"\(canvas.epoch)-\(version)\"" }

    /// Why a view shows nothing of this canvas; nil where it does.
    private func refusal(of view: CanvasView?) -> Failure? {
        guard let part = view?.part, !canvas.size.contains(x: part.x, y: part.y) else { return nil }
        return Failure(.outOfBounds, "x, y must lie on the canvas.")
    }

    private mutating func draw(
        _ drawing: Drawing, _ view: CanvasView?, for id: RequestID, _ kind: WatchedKind, by caller: Caller,
        at now: Moment, into effects: inout [Effect]
    ) {
        let version = canvas.durableVersion
        let known = views.drawn(drawing, at: version)
        let holder = caller.watcherKey
        let crowd =
            known == nil
            ? views.refusal(of: drawing, holder: holder, address: caller.address, at: now) : nil
        if let refusal = refusal(of: view) ?? crowd ?? spend(kind, of: caller, at: now) {
            effects.append(.respond(id, .failure(refusal)))
        } else if let known {
            effects.append(.respond(id, answer(drawing, known, of: version)))
        } else {
            views.wait(id, for: drawing, at: version, holder: holder, address: caller.address)
        }
    }

    private func answer(_ drawing: Drawing, _ bytes: [UInt8], of version: Version) -> Answer {
        switch drawing {
        case .png: .png(bytes)
        case .page, .greeting, .frame: .view(.text(bytes, entityTag: textTag(version)))
        }
    }

    private mutating func watch(
        _ show: WatchDesk.Show, _ id: RequestID, by caller: Caller, at now: Moment,
        into effects: inout [Effect]
    ) {
        let stopping =
            draining == .serving ? nil : Failure(.shuttingDown, "The server is stopping.")
        let refusal =
            stopping ?? refusal(of: show.view)
            ?? watchers.refusal(show, holder: caller.watcherKey, address: caller.address)
            ?? spend(.watch, of: caller, at: now)
        if let refusal {
            effects.append(.respond(id, .failure(refusal)))
            return
        }
        watchers.add(id, show, holder: caller.watcherKey, address: caller.address)
        effects.append(.respond(id, .view(.stream)))
    }

    /// Gives a watcher who has read all the frame that it missed.
    mutating func streamRead(_ id: RequestID, into effects: inout [Effect]) {
        if let frame = watchers.read(id) { effects.append(.stream([id], frame)) }
    }

    /// What is drawn next, and when; nil while one is drawn or nothing is wanted.
    private var nextDrawing: (drawing: Drawing, dueUs: Int64)? {
        guard views.underWay == nil else { return nil }
        let frame = watchers.next(at: canvas.durableVersion)
        let wanted = views.wanted.map { (drawing: $0, dueUs: views.startUs(.min)) }
        guard let frame else { return wanted }
        let due = (drawing: Drawing.frame(frame.show.view), dueUs: views.startUs(frame.dueUs))
        guard let wanted else { return due }
        return wanted.dueUs < due.dueUs || views.prefersWaiting ? wanted : due
    }

    /// When something must be drawn.
    var drawingDueUs: Int64? { nextDrawing?.dueUs }

    /// Has drawn what is wanted, if it is time.
    mutating func drawIfDue(at now: Moment, into effects: inout [Effect]) {
        guard let next = nextDrawing, next.dueUs <= now.monotonicUs else { return }
        views.start(
            next.drawing, of: canvas.durableVersion,
            pixelCount: next.drawing.pixelCount(ofCells: canvas.size.cellCount), at: now)
        if case .frame(let view) = next.drawing { watchers.start(view, at: now) }
        effects.append(
            .draw(next.drawing, canvasHead, caption: caption, cells: canvas.durableCells))
    }

    /// Hands a drawing out to all who want it.
    mutating func viewDrawn(_ bytes: [UInt8]?, into effects: inout [Effect]) {
        guard let (done, requests) = views.finish(bytes) else { return }
        let answer =
            bytes.map { self.answer(done.drawing, $0, of: done.version) }
            ?? .failure(Failure(.internalError, "The picture could not be made."))
        for id in requests { effects.append(.respond(id, answer)) }
        guard case .frame(let view) = done.drawing, let bytes else { return }
        let given = watchers.finish(view, of: done.version, bytes)
        if !given.isEmpty { effects.append(.stream(given, bytes)) }
    }

    /// Ends every stream.
    mutating func endStreams(into effects: inout [Effect]) {
        for id in watchers.all {
            watchers.remove(id)
            effects.append(.endStream(id))
        }
    }

    /// What stands below a picture, in ASCII.
    private var caption: String {
        "pixelwars  \(canvas.size.width)x\(canvas.size.height)  version \(canvas.durableVersion)  "
            + "\(players.playingCount) playing  \(players.queuedCount) waiting"
    }
}
