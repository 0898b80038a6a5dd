import Protocol

/// What moderators and admins see, read aloud.
extension FlatSession {
    mutating func lookAfterServer(_ tab: AdminTab, into outcome: inout Outcome, nowMs: Int64) {
        guard model.role >= .moderator else {
            outcome.announcements.append(Announcement(.error, model.adminStanding))
            return
        }
        expect(.admin(tab), into: &outcome, nowMs: nowMs) { model in
            guard model.mayAsk(nowMs: nowMs, asPlayer: true) else { return [] }
            // Figures that nobody hears are not asked for: here by a word, on the screen by itself.
            return model.showAtAdmin(tab) + model.admin.pursue(nowMs: nowMs).map { .admin($0) }
        }
        if let refusal = model.adminRefusal { outcome.announcements.append(Announcement(.error, refusal)) }
    }

    mutating func answer(_ report: AdminReport, into outcome: inout Outcome) {
        switch report {
        case .figures:
            if settle(.admin(.live)) { outcome.announcements += FlatView.figures(model) }
        case .answer(let route, _):
            guard let tab = AdminTab.allCases.first(where: { $0.isFed(by: route) }), tab != .live else {
                return
            }
            if settle(.admin(tab)) { outcome.announcements += FlatView.adminLines(model) }
        case .failed(.figures, let failure):
            if settle(.admin(.live)) { outcome.announcements.append(refusal(failure)) }
        case .failed(.ask(let route), let failure):
            guard let tab = AdminTab.allCases.first(where: { $0.isFed(by: route) }) else { return }
            if settle(.admin(tab)) { outcome.announcements.append(refusal(failure)) }
        case .studioLeft: break
        }
    }
}
