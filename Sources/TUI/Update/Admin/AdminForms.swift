import Protocol

/// What is filled in and asked where a server is looked after.
extension Model {
    /// The account of the chosen line; nil where there is none.
    var chosenAccount: HostAccount? {
        guard admin.tab == .accounts else { return nil }
        let accounts = admin.lists.accounts(like: admin.filter)
        return accounts.indices.contains(admin.chosen) ? accounts[admin.chosen] : nil
    }

    /// Whom the chosen line is about, wherever it is.
    private var chosenPerson: AccountName? {
        switch admin.tab {
        case .accounts: return chosenAccount.map { AccountName(id: $0.id, name: $0.name) }
        case .review: return chosen(admin.lists.flags)?.account
        case .feedback: return chosen(admin.lists.feedback)?.account
        case .live, .knobs, .rollbacks, .areas, .audit: return nil
        }
    }

    private func chosen<Item>(_ items: [Item]?) -> Item? {
        guard let items, items.indices.contains(admin.chosen) else { return nil }
        return items[admin.chosen]
    }

    // MARK: Opening

    /// Opens the form of an action, or what it asks first.
    mutating func open(_ action: AdminAction, nowMs: Int64) {
        guard admin.prompt == nil, mayAsk(nowMs: nowMs, asPlayer: true) else { return }
        switch action {
        case .find:
            admin.show(.accounts)
            admin.prompt = .form(.find(admin.filter))
        case .ban, .unban, .kick, .role, .clearFlags: openAboutPerson(action, nowMs: nowMs)
        case .rollBack: admin.prompt = .form(.rollBack(account: chosenPerson?.name ?? ""))
        case .undoRollback: askToUndo(nowMs: nowMs)
        case .announce: admin.prompt = .form(.announce())
        case .studio: admin.prompt = .form(.studio())
        case .protect:
            admin.prompt =
                isAllowed(.protect(CanvasBox(0, 0, 0, 0), note: ""), nowMs) ? .form(.protect()) : nil
        case .newGame: admin.prompt = isAllowed(.newGame(), nowMs) ? .form(.newGame()) : nil
        case .drop: askToDrop(nowMs: nowMs)
        case .tabBefore, .tabAfter, .live, .accounts, .knobs, .rollbacks, .areas, .review, .feedback, .audit,
            .all,
            .submit, .confirm, .leave, .fieldBefore, .fieldAfter:
            break
        }
    }

    /// Whether the role allows a command; says why not.
    private mutating func isAllowed(_ command: HostCommand, _ nowMs: Int64) -> Bool {
        guard !role.allows(command, atMs: serverNowMs) else { return true }
        say("That is for admins", .warning, nowMs: nowMs)
        return false
    }

    private mutating func openAboutPerson(_ action: AdminAction, nowMs: Int64) {
        guard let person = chosenPerson else { return say("Choose an account first", .warning, nowMs: nowMs) }
        func ask(_ title: String, _ lines: [String], _ deed: String, _ route: AdminRoute) {
            admin.prompt = .question(AdminQuestion(title: title, lines: lines, deed: deed, route: route))
        }
        switch action {
        case .ban: admin.prompt = .form(.ban(person))
        case .unban:
            ask("Lift the ban of \(person.name)?", ["They may sign in again."], "lifts it", .unban(person.id))
        case .kick:
            ask(
                "Kick \(person.name)?", ["Their play ends, and their connection. They may come back."],
                "kicks",
                .kick(person.id))
        case .role:
            guard isAllowed(.grant(account: "", role: .player), nowMs) else { return }
            admin.prompt = .form(.role(person, now: chosenAccount?.role ?? .player))
        case .clearFlags:
            ask(
                "Nothing to be done about \(person.name)?", ["What was seen of them leaves the list."],
                "clears it",
                .clearFlags(person.id))
        default: break
        }
    }

    private mutating func askToUndo(nowMs: Int64) {
        guard admin.tab == .rollbacks, let rollback = chosen(admin.lists.rollbacks) else {
            return say("Choose a rollback first", .warning, nowMs: nowMs)
        }
        admin.prompt = .question(
            AdminQuestion(
                title: "Undo rollback \(rollback.id)?",
                lines: [
                    "\(Spelled.grouped(rollback.cells)) cells get back what it took,",
                    "where nobody painted since.",
                ], deed: "undoes it", route: .canvas(.undoRollback(rollback.id))))
    }

    private mutating func askToDrop(nowMs: Int64) {
        switch admin.tab {
        case .areas:
            guard let area = chosen(admin.lists.areas)?.area, isAllowed(.unprotect(id: area.id), nowMs) else {
                return
            }
            admin.prompt = .question(
                AdminQuestion(
                    title: "Lift the protection of \(area.box.words)?",
                    lines: ["Players may paint there again."],
                    deed: "lifts it", route: .canvas(.unprotect(area.id)), box: area.box))
        case .knobs:
            guard let knob = chosen(admin.lists.knobs),
                isAllowed(.setKnob(name: knob.name, value: nil), nowMs)
            else { return }
            guard knob.isSet else { return say("It is as the option says already", .news, nowMs: nowMs) }
            admin.prompt = .question(
                AdminQuestion(
                    title: "\(knob.name) as the option says?",
                    lines: ["It is \(knob.value), and will be \(knob.option)."],
                    deed: "takes it back", route: .setKnob(name: knob.name, value: nil)))
        case .live, .accounts, .rollbacks, .review, .feedback, .audit: break
        }
    }

    mutating func openKnob(nowMs: Int64) {
        guard let knob = chosen(admin.lists.knobs), mayAsk(nowMs: nowMs, asPlayer: true) else { return }
        admin.prompt = .form(.knob(knob))
    }

    // MARK: Going on

    mutating func moveInForm(by step: Int) {
        guard case .form(var form)? = admin.prompt, !form.isSending else { return }
        form.move(by: step)
        admin.prompt = .form(form)
    }

    mutating func typeIntoForm(_ press: KeyPress) {
        guard case .form(var form)? = admin.prompt else { return }
        form.take(press)
        admin.prompt = .form(form)
    }

    mutating func pasteIntoForm(_ text: String) {
        guard case .form(var form)? = admin.prompt else { return }
        form.paste(text)
        admin.prompt = .form(form)
    }

    /// Leaves what lies over the lists; without that the page.
    mutating func leaveAtAdmin() -> [Command] {
        guard admin.prompt != nil else { return open(.home) }
        admin.prompt = nil
        return []
    }

    /// Takes what was filled in.
    mutating func submitAtAdmin(nowMs: Int64) -> [Command] {
        guard case .form(var form)? = admin.prompt, !form.isSending, mayAsk(nowMs: nowMs, asPlayer: true)
        else {
            return []
        }
        switch form.order(nowMs: serverNowMs, role: role) {
        case .wrong(let words):
            form.refuse(words)
            admin.prompt = .form(form)
        case .question(let question): admin.prompt = .question(question)
        case .find(let typed):
            admin.prompt = nil
            admin.filter = typed
            admin.choose(0, of: 1)
            // Who is looked for may be away.
            if !admin.showsAll, !typed.isEmpty { admin.toggleAll() }
            return loadAdmin()
        case .studio(let file):
            admin.prompt = nil
            admin.isInStudio = true
            return [.studio(file: file)]
        case .send(let route):
            let wishes = admin.ask(route)
            guard !wishes.isEmpty else { return [] }
            form.send(route)
            admin.prompt = .form(form)
            return wishes.map { .admin($0) }
        }
        return []
    }

    /// Does what was asked about.
    mutating func confirmAtAdmin(nowMs: Int64) -> [Command] {
        guard case .question(let question)? = admin.prompt, mayAsk(nowMs: nowMs, asPlayer: true) else {
            return []
        }
        admin.prompt = nil
        return admin.ask(question.route).map { .admin($0) }
    }

    /// The server's time, in milliseconds since 1970.
    var serverNowMs: Int64 { clockMs &+ (serverAheadMs ?? 0) }
}
