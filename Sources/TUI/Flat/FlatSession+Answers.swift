import Protocol

/// What was asked for, read aloud when it comes.
extension FlatSession {
    mutating func answer(_ report: Report, into outcome: inout Outcome) {
        switch report {
        case .relays(.list(let relays)):
            if settle(.relays) { outcome.announcements += FlatView.list(relays) }
        case .relays(.failed):
            for question in [Question.relays, .start, .puzzle] { _ = settle(question) }
        case .relays(.puzzle): _ = settle(.puzzle)
        case .relays(.event): if model.relays.room?.view.status != .waiting { _ = settle(.start) }
        case .shop(.offers): if settle(.skins) { outcome.announcements += FlatView.skins(model) }
        case .shop(.failed(.look, let failure)):
            if settle(.skins) { outcome.announcements.append(refusal(failure)) }
        case .clicks(.totals), .clicks(.failed):
            if settle(.war) { outcome.announcements += FlatView.war(model) }
        case .boards(.board(let answer)):
            guard settle(.board(answer.board, answer.period)) else { return }
            outcome.announcements += FlatView.board(answer, me: model.accountID)
        case .boards(.failed(let board, let period, let failure)):
            guard settle(.board(board, period)) else { return }
            outcome.announcements.append(refusal(failure))
        case .canvas(let report): answer(report, into: &outcome)
        case .admin(let report): answer(report, into: &outcome)
        // What a lost connection was asked for doesn't come; on the way to the first one nothing is lost.
        case .link(let link): if !link.isLive, wasLive { asked.removeAll() }
        default: break
        }
    }

    /// Whether something was asked for; from now on it isn't any more.
    mutating func settle(_ question: Question) -> Bool {
        let isAsked = asked.contains(question)
        asked.removeAll { $0 == question }
        return isAsked
    }

    func refusal(_ failure: Failure) -> Announcement {
        Announcement(.error, model.words(for: failure).words.spoken)
    }

    private mutating func answer(_ report: CanvasReport, into outcome: inout Outcome) {
        switch report {
        case .cell(let answer):
            guard settle(.cell(Place(x: answer.pixel.x, y: answer.pixel.y))) else { return }
            outcome.announcements.append(Announcement(.cursor, FlatView.words(for: answer, names, model)))
        case .failed(.cell(let place), let failure):
            if settle(.cell(place)) { outcome.announcements.append(refusal(failure)) }
        case .template, .templateRefused: _ = settle(.template)
        case .latest, .touched, .failed, .bookmarksUnkept: break
        }
    }
}
