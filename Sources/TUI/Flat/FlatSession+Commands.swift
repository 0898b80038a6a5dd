import Protocol

/// What a person's words do: what keys do on the screen, by the same updates.
extension FlatSession {
    mutating func perform(_ command: FlatCommand, into outcome: inout Outcome, nowMs: Int64) {
        switch command {
        case .help(let word): outcome.announcements += Self.help(word)
        case .status: outcome.announcements += status
        case .go, .goToMark, .move, .mark, .unmark, .marks, .follow, .unfollow, .look, .who, .color:
            perform(onCanvas: command, into: &outcome, nowMs: nowMs)
        case .template, .next, .progress: perform(onTemplate: command, into: &outcome, nowMs: nowMs)
        case .place: watch(&outcome, nowMs: nowMs) { $0.place(nowMs: nowMs) }
        case .undo: watch(&outcome, nowMs: nowMs) { $0.undo(nowMs: nowMs) }
        case .play: play(into: &outcome, nowMs: nowMs)
        case .leave:
            // A word that was typed was meant: it needs no second press.
            watch(&outcome, nowMs: nowMs) { model in
                let commands = model.leave(nowMs: nowMs)
                return commands.isEmpty && model.leaveUntilMs != nil ? model.leave(nowMs: nowMs) : commands
            }
        case .name(let name): rename(name, into: &outcome, nowMs: nowMs)
        case .clicks: ask(.war, .clicks(.look), asPlayer: false, into: &outcome, nowMs: nowMs)
        case .click(let count):
            watch(&outcome, nowMs: nowMs) { $0.mayClick(nowMs: nowMs) ? $0.count(count) : [] }
        case .relays, .createRelay, .join, .watch, .start, .puzzle, .answer, .exit:
            perform(amongRelays: command, into: &outcome, nowMs: nowMs)
        case .board(let board, let period):
            ask(.board(board, period), .board(board, period), asPlayer: false, into: &outcome, nowMs: nowMs)
        case .boards:
            let names = Board.allCases.map(\.rawValue).joined(separator: ", ")
            outcome.announcements.append(Announcement(.board, "there are \(names)"))
        case .shop, .buy, .wear, .yes, .no: perform(inShop: command, into: &outcome, nowMs: nowMs)
        case .feedback(let text):
            watch(&outcome, nowMs: nowMs) { model in
                model.feedback.clear()
                model.feedback.paste(text)
                return model.sendFeedback(nowMs: nowMs)
            }
        case .arcade:
            outcome.announcements.append(
                Announcement(.warning, "the arcade isn't here: its games go by sight and against the clock"))
        case .verbose(let isOn):
            isVerbose = isOn
            outcome.announcements.append(Announcement(.status, isOn ? "verbose" : "not verbose"))
        case .google(let action): perform(action, into: &outcome, nowMs: nowMs)
        case .replay(let moment): goInPast(moment, into: &outcome, nowMs: nowMs)
        case .admin(let tab): lookAfterServer(tab, into: &outcome, nowMs: nowMs)
        case .quit: end(into: &outcome)
        }
    }

    /// Asks for something that is read when it comes.
    mutating func ask(
        _ question: Question, _ command: Command, asPlayer: Bool, into outcome: inout Outcome, nowMs: Int64
    ) {
        expect(question, into: &outcome, nowMs: nowMs) { model in
            model.mayAsk(nowMs: nowMs, asPlayer: asPlayer) ? [command] : []
        }
    }

    /// Does something to whose answer the next line waits, where it leads to asking.
    mutating func expect(
        _ question: Question, into outcome: inout Outcome, nowMs: Int64, _ change: (inout Model) -> [Command]
    ) {
        let before = outcome.commands.count
        watch(&outcome, nowMs: nowMs, change)
        if outcome.commands.count > before { asked.append(question) }
    }

    private mutating func play(into outcome: inout Outcome, nowMs: Int64) {
        let before = model.play
        watch(&outcome, nowMs: nowMs) { $0.askToPlay(nowMs: nowMs) }
        // What is so already is no news, and still an answer.
        guard model.purpose == .play, model.play == before else { return }
        outcome.announcements.append(Announcement(.status, FlatWords.status(model)))
    }

    /// What is so already is said, too.
    private mutating func perform(_ action: SignInAction, into outcome: inout Outcome, nowMs: Int64) {
        guard action != .cancel || model.signIn.isUnderWay else {
            outcome.announcements.append(Announcement(.signIn, "nothing waits"))
            return
        }
        let before = model.signIn.stage
        watch(&outcome, nowMs: nowMs) { $0.perform(action, nowMs: nowMs) }
        if action == .again, model.signIn.stage == before, case .choosing = before {
            outcome.announcements.append(Announcement(.signIn, "say google first"))
        }
    }

    private mutating func goInPast(_ moment: String?, into outcome: inout Outcome, nowMs: Int64) {
        guard let moment else {
            outcome.announcements += FlatView.past(model) + FlatView.moment(model)
            return
        }
        let before = model.replay.isBusy
        watch(&outcome, nowMs: nowMs) { model in
            model.goInPast(to: moment, nowMs: nowMs)
            return model.tendReplay(nowMs: nowMs)
        }
        // Where one is already is an answer, too.
        if !before, !model.replay.isBusy, outcome.announcements.isEmpty {
            outcome.announcements += FlatView.moment(model)
        }
    }

    /// A name goes through the same prompt as on the screen.
    private mutating func rename(_ name: String, into outcome: inout Outcome, nowMs: Int64) {
        var verdict = NamePrompt.Verdict.good
        watch(&outcome, nowMs: nowMs) { model in
            let commands = model.openNamePrompt(nowMs: nowMs)
            guard case .name = model.overlay else { return commands }
            var prompt = NamePrompt()
            prompt.paste(name)
            verdict = prompt.verdict
            return commands + model.takeInPrompt(KeyPress(.enter), prompt, nowMs: nowMs)
        }
        if case .bad(let words) = verdict { outcome.announcements.append(Announcement(.error, words)) }
    }

    // MARK: Words about the program

    private static func help(_ word: String?) -> [Announcement] {
        guard let word else {
            return FlatCommand.forms.map { Announcement(.help, "\($0.usage): \($0.help)") }
        }
        guard let form = FlatCommand.form(of: word) else {
            return [Announcement(.error, "there is no command \(word); say help")]
        }
        return [Announcement(.help, "\(form.usage): \(form.help)")]
    }

    private var status: [Announcement] {
        var lines = [
            Announcement(.connection, FlatWords.connection(model)),
            Announcement(.status, FlatWords.status(model)),
        ]
        if let account = model.account {
            let points = model.profile.map { ", \(Spelled.points($0.points))" } ?? ""
            lines.append(Announcement(.account, "you are \(account)\(points)"))
        }
        if let counts = model.counts {
            lines.append(
                Announcement(
                    .status,
                    "\(Spelled.grouped(counts.players)) playing, \(Spelled.grouped(counts.queued)) waiting"))
        }
        lines.append(Announcement(.canvas, FlatWords.canvas(model)))
        guard model.canvas != nil else { return lines }
        return lines + [
            CanvasReader(model: model, names: names).cursor, Announcement(.color, names[model.color]),
        ]
    }
}
