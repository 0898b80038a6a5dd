import Protocol

/// The lists that a server tells whoever looks after it; nil until it has.
struct AdminLists: Hashable, Sendable {
    private(set) var accounts: [HostAccount]?
    /// Accounts that are known, listed or not.
    private(set) var accountCount = 0
    private(set) var knobs: [KnobEntry]?
    private(set) var rollbacks: [Rollback]?
    private(set) var areas: [HostProtectedArea]?
    private(set) var flags: [HostFlag]?
    private(set) var feedback: [FeedbackEntry]?
    private(set) var audit: [AuditEntry]?
    /// Whether the audit's first row is there.
    private(set) var isAuditWhole = false
    /// What accounts are called that any list told of.
    private var names: [Identifier: String] = [:]

    /// Takes an answer into its list; says which tab shows it.
    mutating func take(_ answer: HostAnswer, to route: AdminRoute) -> AdminTab? {
        switch answer {
        case .accounts(let accounts, let total):
            (self.accounts, accountCount) = (accounts, total)
            for account in accounts { names[account.id] = account.name }
            return .accounts
        case .flags(let flags):
            self.flags = flags
            for flag in flags { names[flag.account.id] = flag.account.name }
            return .review
        case .feedback(let entries):
            feedback = entries
            return .feedback
        case .audit(let entries):
            take(entries, to: route)
            return .audit
        case .knobs(let knobs):
            self.knobs = knobs
            return .knobs
        case .rollbacks(let rollbacks):
            self.rollbacks = rollbacks
            return .rollbacks
        case .protectedAreas(let areas):
            self.areas = areas
            return .areas
        case .status, .skins, .picture, .rollback, .done, .refused: return nil
        }
    }

    /// A page of the audit goes behind the newer ones that it belongs to; the newest page begins anew.
    private mutating func take(_ entries: [AuditEntry], to route: AdminRoute) {
        guard case .audit(let limit, let before) = route else { return }
        if let before {
            guard audit?.last?.id == before else { return }
            audit = (audit ?? []) + entries
        } else {
            audit = entries
        }
        isAuditWhole = entries.count < limit
    }

    /// What an account is called; nil where no list told.
    func name(of account: Identifier) -> String? { names[account] }

    /// Whether a tab's list was told.
    func isKnown(_ tab: AdminTab) -> Bool {
        switch tab {
        case .live: true
        case .accounts: accounts != nil
        case .knobs: knobs != nil
        case .rollbacks: rollbacks != nil
        case .areas: areas != nil
        case .review: flags != nil
        case .feedback: feedback != nil
        case .audit: audit != nil
        }
    }

    /// The accounts whose name or id has what was typed in it.
    func accounts(like typed: String) -> [HostAccount] {
        let wanted = typed.lowercased()
        return (accounts ?? []).filter {
            wanted.isEmpty || $0.name.lowercased().contains(wanted) || $0.id.description.contains(wanted)
        }
    }

    /// The question for the rows of the audit before those that are there; nil where there are none.
    var olderAudit: AdminRoute? {
        guard !isAuditWhole, let last = audit?.last else { return nil }
        return .audit(limit: AdminTab.auditPage, before: last.id)
    }
}
