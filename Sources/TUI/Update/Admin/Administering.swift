import Protocol

/// The page where a server is looked after.
extension Model {
    mutating func performAtAdmin(_ action: Action, nowMs: Int64) -> [Command] {
        let isAtLists = role >= .moderator && admin.prompt == nil
        switch action {
        case .admin(let action): return performAtAdmin(action, nowMs: nowMs)
        case .choose(let step): return isAtLists ? chooseAtAdmin(admin.chosen + step, nowMs: nowMs) : []
        case .take: return isAtLists ? takeAtAdmin(nowMs: nowMs) : []
        case .refresh: return mayAsk(nowMs: nowMs, asPlayer: true) ? refreshAdmin() : []
        default: return perform(action, nowMs: nowMs)
        }
    }

    private mutating func performAtAdmin(_ action: AdminAction, nowMs: Int64) -> [Command] {
        if action == .leave { return leaveAtAdmin() }
        guard role >= .moderator else { return [] }
        switch action {
        case .submit: return submitAtAdmin(nowMs: nowMs)
        case .confirm: return confirmAtAdmin(nowMs: nowMs)
        case .fieldBefore: moveInForm(by: -1)
        case .fieldAfter: moveInForm(by: 1)
        case .leave: break
        case .tabBefore: return showAtAdmin(admin.tab.neighbor(by: -1))
        case .tabAfter: return showAtAdmin(admin.tab.neighbor(by: 1))
        case .live, .accounts, .knobs, .rollbacks, .areas, .review, .feedback, .audit:
            return action.tab.map { showAtAdmin($0) } ?? []
        case .all:
            admin.toggleAll()
            return showAtAdmin(.accounts)
        case .find, .ban, .unban, .kick, .role, .clearFlags, .rollBack, .undoRollback, .protect, .drop,
            .announce,
            .newGame, .studio:
            open(action, nowMs: nowMs)
        }
        return []
    }

    /// Shows a tab and asks for what is in it.
    mutating func showAtAdmin(_ tab: AdminTab) -> [Command] {
        admin.show(tab)
        return link.isLive ? loadAdmin() : []
    }

    /// Asks for what the shown tab needs, as far as the role allows that.
    mutating func loadAdmin() -> [Command] {
        guard role >= .moderator, adminRefusal == nil else { return [] }
        return admin.load().map { .admin($0) }
    }

    /// Asks who the account is, too, where that isn't known to be someone with a role.
    private mutating func refreshAdmin() -> [Command] { role >= .moderator ? loadAdmin() : [.profile] }

    /// Why the shown tab is nothing for this role; nil where it may be seen.
    var adminRefusal: String? {
        guard let route = admin.tab.route(all: admin.showsAll) else { return nil }
        return role.allows(route.command, atMs: 0) ? nil : "\(admin.tab.title) are for admins."
    }

    private mutating func chooseAtAdmin(_ index: Int, nowMs: Int64) -> [Command] {
        let count = adminRowCount
        admin.choose(index, of: count)
        // Who comes to the end of the audit wants to see what was before.
        guard admin.tab == .audit, admin.chosen == count - 1, link.isLive, let route = admin.lists.olderAudit
        else {
            return []
        }
        return admin.ask(route).map { .admin($0) }
    }

    /// What is done most at a tab.
    private mutating func takeAtAdmin(nowMs: Int64) -> [Command] {
        switch admin.tab {
        case .accounts: open(chosenAccount?.banReason == nil ? .ban : .unban, nowMs: nowMs)
        case .review: open(.ban, nowMs: nowMs)
        case .knobs: openKnob(nowMs: nowMs)
        case .rollbacks: open(.rollBack, nowMs: nowMs)
        case .areas: open(.protect, nowMs: nowMs)
        case .live, .feedback: break
        case .audit: return chooseAtAdmin(adminRowCount - 1, nowMs: nowMs)
        }
        return []
    }

    // MARK: What is passed by

    /// Asks by itself for the figures, as long as they are looked at.
    mutating func tendAdmin(nowMs: Int64) -> [Command] {
        guard page == .admin, link.isLive, role >= .moderator, !settings.isFlat else { return [] }
        return admin.pursue(nowMs: nowMs).map { .admin($0) }
    }

    /// When it asks next; nil for never.
    var adminMs: Int64? {
        link.isLive && role >= .moderator && !settings.isFlat
            ? admin.nextAskMs.map { max($0, clockMs + 1) } : nil
    }

    /// Tells who lost a role, and leaves the page that it opened; who has one now sees what it opens.
    mutating func noticeRole(before: Role, nowMs: Int64) -> [Command] {
        guard page == .admin, role != before else { return [] }
        guard role >= .moderator else {
            admin = AdminDesk()
            guard before >= .moderator else { return [] }
            let commands = open(.home)
            say("You are no \(before.rawValue) any more", .failure, nowMs: nowMs)
            return commands
        }
        if before > role { say("You are a \(role.rawValue) now", .warning, nowMs: nowMs) }
        admin.prompt = nil
        return loadAdmin()
    }

    // MARK: Mouse

    /// What the mouse does: a click shows a tab, chooses a line, and a second one does what is done most.
    mutating func takeOverAdmin(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        let layout = AdminLayout(self)
        if let prompt = admin.prompt {
            guard case .form(var form) = prompt, mouse.kind == .press(.left),
                let field = AdminFormLayout(form, self).field(row: mouse.row)
            else { return [] }
            form.go(to: field)
            admin.prompt = .form(form)
            return []
        }
        guard role >= .moderator else { return [] }
        switch mouse.kind {
        case .press(.left):
            if let tab = layout.tab(column: mouse.column, row: mouse.row) { return showAtAdmin(tab) }
            guard let index = layout.index(row: mouse.row, of: adminRowCount, chosen: admin.chosen) else {
                return []
            }
            guard index != admin.chosen else { return takeAtAdmin(nowMs: nowMs) }
            return chooseAtAdmin(index, nowMs: nowMs)
        case .wheelUp: return chooseAtAdmin(admin.chosen - 1, nowMs: nowMs)
        case .wheelDown: return chooseAtAdmin(admin.chosen + 1, nowMs: nowMs)
        case .press, .release, .motion: return []
        }
    }
}
