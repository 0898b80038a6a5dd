import Protocol

/// Who placed what, where it is busy, and what nobody touched.
extension Model {
    /// The canvas is another one, or came whole after a gap.
    mutating func noticeCanvas(epoch: Int, nowMs: Int64) {
        guard let canvas else { return }
        if let former = desk.epoch, former != epoch {
            pending.removeAll { !canvas.size.contains(x: $0.place.x, y: $0.place.y) }
            say("A new canvas begins: \(canvas.size.width)x\(canvas.size.height)", .news, nowMs: nowMs)
        }
        desk.begin(epoch: epoch)
        if desk.heat?.size != canvas.size { desk.heat = HeatMap(size: canvas.size, nowMs: nowMs) }
        if desk.touched?.size != canvas.size { desk.touched = TouchedCells(size: canvas.size) }
        // What came in the gap wasn't seen.
        desk.touched?.knowledge = .none
        desk.owners.forget()
        countTemplate()
    }

    /// A pixel that is about to be applied.
    mutating func notice(_ pixel: Pixel, nowMs: Int64) {
        guard let canvas, canvas.size.contains(x: pixel.x, y: pixel.y) else { return }
        let place = Place(x: pixel.x, y: pixel.y)
        desk.heat?.add(x: pixel.x, y: pixel.y, nowMs: nowMs)
        desk.touched?.touch(x: pixel.x, y: pixel.y)
        desk.owners.change(place)
        desk.undo.change(place, color: pixel.color)
        if let wanted = template?.wanted(at: place) {
            desk.match?.change(place, wanted: wanted, from: canvas.index(at: place), to: pixel.color)
        }
    }

    /// An own placement or undo that the server answered.
    mutating func noticeAnswer(to request: Int?) {
        guard let request else { return }
        if undos[request] != nil {
            desk.undo.undo()
        } else if let pixel = pending.first(where: { $0.request == request }) {
            desk.undo.add(pixel.place, color: pixel.color, sentMs: pixel.sentMs)
        }
    }

    mutating func take(_ report: CanvasReport, nowMs: Int64) -> [Command] {
        switch report {
        case .cell(let answer):
            desk.owners.take(answer)
            if desk.followsNext, desk.owners.answer(at: cursor) != nil { followOwner(nowMs: nowMs) }
        case .latest(let answer, let account): takeLatest(answer, of: account, nowMs: nowMs)
        case .touched(let mask, let epoch):
            // What is of another canvas isn't asked for again before that one comes, or patience ends.
            if epoch == desk.epoch { _ = desk.touched?.take(mask) }
        case .failed(let question, let failure): refuse(question, failure, nowMs: nowMs)
        case .template(let template): begin(template, nowMs: nowMs)
        case .templateRefused(let words): say(words, .failure, nowMs: nowMs)
        case .bookmarksUnkept(let words):
            say("Bookmarks: \(PlayerName.displayed(words))", .failure, nowMs: nowMs)
        }
        return []
    }

    private mutating func refuse(_ question: CanvasQuestion, _ failure: Failure, nowMs: Int64) {
        let words = words(for: failure).words.shown
        switch question {
        case .cell(let place):
            desk.owners.refuse(place, words, afterMs: failure.retryAfterMs, nowMs: nowMs)
            if desk.followsNext {
                desk.followsNext = false
                say(words, .warning, nowMs: nowMs)
            }
        case .latest(let account):
            guard let following = desk.following, following.account.id == account else { return }
            guard failure.code == .notFound else {
                desk.following?.refuse(afterMs: failure.retryAfterMs, nowMs: nowMs)
                return
            }
            desk.following = nil
            say("\(PlayerName.displayed(following.account.name)) has no pixel here", .warning, nowMs: nowMs)
        case .touched:
            let againMs = failure.retryAfterMs.map { nowMs + Int64($0) }
            desk.touched?.knowledge = .refused(words, againMs: againMs)
        }
    }

    /// Asks which cells were touched, once for each time that this can't be known from here.
    mutating func askForTouched(nowMs: Int64) -> [Command] {
        guard lens == .untouched, link.isLive, let touched = desk.touched, let due = touched.dueMs,
            due <= nowMs
        else { return [] }
        desk.touched?.knowledge = .asking(sinceMs: nowMs)
        return [.ask(.touched)]
    }

    // MARK: Words

    /// When a placement was, on the screen's own clock; nil where the server's clock isn't known.
    private func placedMs(_ answer: PixelAnswer) -> Int64? {
        guard let placed = answer.placedAtMs, let ahead = serverAheadMs else { return nil }
        let (ms, overflows) = placed.subtractingReportingOverflow(ahead)
        return overflows ? nil : ms
    }

    /// How long ago the cell at the cursor was placed, else when.
    func ageWords(_ answer: PixelAnswer) -> String? {
        if let ms = placedMs(answer) {
            return Spelled.ago(seconds: Seconds.passed(since: ms, nowMs: clockMs))
        }
        // To the minute, without what only machines need.
        return answer.placedAtMs.map {
            Timestamp.text(ms: $0).prefix(16).replacing("T", with: " ") + " UTC"
        }
    }

    /// When `ageWords` changes next.
    var ageChangeMs: Int64? {
        guard let answer = desk.owners.answer(at: cursor), let ms = placedMs(answer) else { return nil }
        let next = Seconds.nextChange(since: ms, nowMs: clockMs)
        // Past a minute it changes by the minute.
        return Seconds.passed(since: ms, nowMs: clockMs) < 60 ? next : max(next, clockMs + 30_000)
    }
}

extension TouchedCells {
    /// When the server is to be asked; nil where it needn't be, or said no for good.
    var dueMs: Int64? {
        switch knowledge {
        case .none: .min
        case .asking(let sinceMs): sinceMs + Self.patienceMs
        case .whole: nil
        case .refused(_, let againMs): againMs
        }
    }
}
