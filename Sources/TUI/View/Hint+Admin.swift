import Protocol

/// The hints of the page where a server is looked after.
extension Model {
    var adminHints: [Hint] {
        switch admin.prompt {
        case .form(let form)?:
            return [
                Hint(.admin(.submit), words: form.deed), Hint(.admin(.leave), words: "leaves it"),
            ] + (form.fields.count > 1 ? [Hint(.admin(.fieldAfter), words: "another field")] : [])
        case .question(let question)?:
            return [
                Hint(.admin(.confirm), words: question.deed), Hint(.admin(.leave), words: "leaves it"), .keys,
            ]
        case nil: break
        }
        guard role >= .moderator else { return [.home, .keys] }
        let parts = Hint(.admin(.tabBefore), .admin(.tabAfter), words: "another part")
        guard adminRefusal == nil else { return [parts, .home, .keys] }
        let anew = Hint(.refresh, words: "asks anew")
        let tools = [
            Hint(.admin(.announce), words: "tells everyone"),
            Hint(.admin(.rollBack), words: "takes pixels back"),
            Hint(.admin(.studio), words: "skin studio"), .home,
        ]
        switch admin.tab {
        case .live: return [parts, .keys] + tools
        case .accounts:
            let ban =
                chosenAccount?.banReason == nil
                ? Hint(.admin(.ban), words: "bans") : Hint(.admin(.unban), words: "lifts the ban")
            return [
                ban, Hint(.admin(.kick), words: "kicks"), Hint(.admin(.find), words: "finds"), .keys, parts,
                Hint(.admin(.all), words: admin.showsAll ? "only who is here" : "all"),
                Hint(.admin(.role), words: "role"), Hint(.admin(.rollBack), words: "takes their pixels back"),
            ]
        case .knobs:
            return [
                Hint(.take, words: "sets it"), Hint(.admin(.drop), words: "as the option says"), .keys, parts,
                anew,
            ]
        case .rollbacks:
            return [
                Hint(.admin(.rollBack), words: "takes pixels back"),
                Hint(.admin(.undoRollback), words: "undoes one"),
                .keys, parts, anew,
            ]
        case .areas:
            return [
                Hint(.admin(.protect), words: "protects a part"), Hint(.admin(.drop), words: "lifts one"),
                .keys, parts,
                anew,
            ]
        case .review:
            return [
                Hint(.admin(.clearFlags), words: "clears it"), Hint(.admin(.ban), words: "bans"),
                Hint(.admin(.kick), words: "kicks"), .keys, parts, anew,
            ]
        case .feedback, .audit: return [.choosing, .keys, parts, anew, .home]
        }
    }
}
