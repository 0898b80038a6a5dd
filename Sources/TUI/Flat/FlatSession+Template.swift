import Protocol

/// Painting after a picture, wrong pixel by wrong pixel.
extension FlatSession {
    mutating func perform(onTemplate command: FlatCommand, into outcome: inout Outcome, nowMs: Int64) {
        guard let canvas = model.canvas else {
            outcome.announcements.append(Announcement(.warning, "the canvas isn't here yet"))
            return
        }
        switch command {
        case .template(let text):
            expect(.template, into: &outcome, nowMs: nowMs) { $0.takeTemplate(text ?? "", nowMs: nowMs) }
        case .next:
            let before = model.cursor
            watch(&outcome, nowMs: nowMs) { model in
                model.stopTravelling()
                model.goToNextWrong(canvas, nowMs: nowMs)
                return []
            }
            guard let wanted = model.template?.wanted(at: model.cursor), isWrong(wanted) else { return }
            // The color is chosen, so that all that is left to say is to place it.
            let words = CanvasReader(model: model, names: names).cell(model.cursor)
            let place = model.cursor == before ? "\(words), still here" : words
            outcome.announcements.append(
                Announcement(.cursor, "\(place), should be \(names[wanted]), which is chosen"))
        case .progress: outcome.announcements += progress(nowMs: nowMs, into: &outcome)
        default: break
        }
    }

    private func isWrong(_ wanted: UInt8) -> Bool { model.shownIndex(at: model.cursor) != wanted }

    /// How far the template is painted, then color by color, the most wrong first.
    private mutating func progress(nowMs: Int64, into outcome: inout Outcome) -> [Announcement] {
        var mayUse = false
        watch(&outcome, nowMs: nowMs) { model in
            mayUse = model.mayUseTemplate(nowMs: nowMs)
            return []
        }
        guard mayUse, let match = model.desk.match else { return [] }
        let done = Spelled.grouped(match.wanted - match.wrong)
        let sum = "\(done) of \(Spelled.grouped(match.wanted)) pixels are right"
        let missing = match.colors.indices.filter { match.colors[$0].wrong > 0 }
            .sorted { (match.colors[$1].wrong, $0) < (match.colors[$0].wrong, $1) }
            .map { "\(names[UInt8($0)]): \(Spelled.grouped(match.colors[$0].wrong)) missing" }
        return ([sum] + missing).map { Announcement(.template, $0) }
    }
}
