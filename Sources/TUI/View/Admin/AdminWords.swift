import Protocol

/// What the page where a server is looked after says of itself.
extension Model {
    /// What there is to say to whoever has no role here.
    var adminStanding: String {
        if !link.isLive { return Bars.words(for: self) }
        if purpose == .watch { return "This page is for moderators and admins, who sign in to play." }
        guard profile != nil else { return "asking who you are" }
        return "This page is for moderators and admins; a host gives the role."
    }

    /// How the server or the list stands, from long to short.
    var adminHeads: [String] {
        if admin.isBusy { return ["Under way: the server is at it"] }
        let lists = admin.lists
        let rows = adminRowCount
        func count(_ one: String, _ more: String, _ rest: String) -> [String] {
            guard rows > 0 else { return [""] }
            let words = "\(Spelled.grouped(rows)) \(rows == 1 ? one : more)"
            return [words + rest, words]
        }
        switch admin.tab {
        case .live: return adminStatus
        case .accounts:
            guard lists.accounts != nil else { return [""] }
            let which = admin.showsAll ? "listed" : "here, or with a role"
            let of = "\(Spelled.grouped(rows)) \(which), of \(Spelled.grouped(lists.accountCount))"
            let filter = admin.filter.isEmpty ? "" : ", with “\(Bars.clean(admin.filter, columns: 16))”"
            return [of + filter, "\(Spelled.grouped(rows)) of \(Spelled.grouped(lists.accountCount))"]
        case .knobs:
            return [
                "What is set here beats the options, and stays over restarts.", "Set here beats the options.",
            ]
        case .rollbacks: return count("rollback", "rollbacks", " of this canvas, the newest first")
        case .areas: return count("part", "parts", " that players can't change")
        case .review: return count("thing", "things", " to be looked at")
        case .feedback: return count("message", "messages", ", the newest first")
        case .audit:
            return count(
                "row", "rows", lists.isAuditWhole ? ", all there are" : "; further down there are more")
        }
    }

    private var adminStatus: [String] {
        guard let status = admin.status else { return [""] }
        let up = "up \(HostWords.length(ms: status.uptimeMs))"
        let canvas = "v\(Spelled.grouped(Int(status.version))) of \(status.width)×\(status.height)"
        let storage = status.isStorageHealthy ? "storage well" : "STORAGE TAKES NO WRITES"
        let accounts = "\(Spelled.grouped(status.accounts)) accounts"
        let release = "release \(status.release)"
        return [
            [release, up, canvas, accounts, storage].joined(separator: " · "),
            [up, canvas, accounts, storage].joined(separator: " · "),
            [up, accounts, storage].joined(separator: " · "),
            [up, storage].joined(separator: " · "),
        ]
    }

    /// Why there is nothing to choose from.
    var adminEmptiness: String {
        guard link.isLive else { return Bars.words(for: self) }
        guard admin.lists.isKnown(admin.tab) else { return admin.troubles[admin.tab]?.shown ?? "asking" }
        switch admin.tab {
        case .live: return admin.figures == nil ? "asking for the figures" : ""
        case .accounts: return admin.filter.isEmpty ? "Nobody is here." : "Nobody is called that."
        case .knobs: return "There is nothing to be turned."
        case .rollbacks: return "Nothing was taken back from this canvas."
        case .areas: return "Players may paint everywhere."
        case .review: return "Nothing is to be looked at."
        case .feedback: return "Nobody wrote."
        case .audit: return "Nothing was done."
        }
    }
}
