import Protocol

/// What is told to whoever looks after a server.
extension Model {
    mutating func take(_ report: AdminReport, nowMs: Int64) -> [Command] {
        switch report {
        case .figures(let answer): admin.take(answer)
        case .answer(let route, let answer): return take(answer, to: route, nowMs: nowMs)
        case .failed(let wish, let failure): return fail(wish, failure, nowMs: nowMs)
        case .studioLeft(let why):
            admin.isInStudio = false
            if let why { say(why, .failure, nowMs: nowMs) }
        }
        return []
    }

    private mutating func take(_ answer: HostAnswer, to route: AdminRoute, nowMs: Int64) -> [Command] {
        admin.take(answer, to: route)
        admin.choose(admin.chosen, of: adminRowCount)
        let isAwaited = sentForm?.sent == route
        if isAwaited { admin.prompt = nil }
        switch answer {
        case .done(let words): say(PlayerName.displayed(words), .news, nowMs: nowMs)
        case .rollback(let report): tell(report, of: route, isAwaited: isAwaited, nowMs: nowMs)
        case .accounts, .flags, .feedback, .skins, .audit, .knobs, .status, .rollbacks, .protectedAreas,
            .picture,
            .refused:
            break
        }
        guard page == .admin, link.isLive else { return [] }
        let all = admin.showsAll
        return route.changes.filter { $0 == admin.tab || admin.lists.isKnown($0) }
            .compactMap { $0.route(all: all) }.filter { role.allows($0.command, atMs: 0) }
            .flatMap { admin.ask($0) }.map { .admin($0) }
    }

    private var sentForm: AdminForm? {
        if case .form(let form)? = admin.prompt { form } else { nil }
    }

    /// What a rollback came to, or a preview: that asks whether it is to be done.
    private mutating func tell(_ report: RollbackReport, of route: AdminRoute, isAwaited: Bool, nowMs: Int64)
    {
        let words = HostWords.report(report)
        guard case .canvas(.rollBack(var order)) = route, order.isPreview else {
            let skipped = report.skipped > 0 ? ", \(Spelled.grouped(report.skipped)) changed meanwhile" : ""
            return say(
                (report.undid == nil ? "Taken back: \(words)" : "Brought back: \(words)") + skipped, .news,
                nowMs: nowMs)
        }
        guard isAwaited else { return }
        guard report.cells > 0 else {
            return say("There is nothing of that to take back", .warning, nowMs: nowMs)
        }
        order.isPreview = false
        let count = Spelled.grouped(report.accounts)
        let who =
            order.account.map { "of \($0)" }
            ?? (report.accounts == 1 ? "of 1 account" : "of \(count) accounts")
        admin.prompt = .question(
            AdminQuestion(
                title: "Take this back?",
                lines: [
                    words, who, "from \(ReplayWords.time(ms: order.fromMs))",
                    "to \(ReplayWords.time(ms: order.toMs)) UTC",
                    order.box.map { "in \($0.words)" } ?? "on all of the canvas",
                ], deed: "takes it back", route: .canvas(.rollBack(order)), box: order.box))
    }

    private mutating func fail(_ wish: AdminWish, _ failure: Failure, nowMs: Int64) -> [Command] {
        let (words, kind) = words(for: failure)
        admin.fail(wish, words, nowMs: nowMs)
        if case .ask(let route) = wish {
            if var form = sentForm, form.sent == route {
                form.refuse(words.shown)
                admin.prompt = .form(form)
            } else if !route.isReading {
                say(words, kind, nowMs: nowMs)
            }
        }
        // The role may be another one by now: that is for the account itself to tell.
        return failure.code == .forbidden ? [.profile] : []
    }
}
