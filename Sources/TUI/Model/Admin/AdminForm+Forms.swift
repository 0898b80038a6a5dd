import Protocol

/// The forms that there are.
extension AdminForm {
    static func find(_ filter: String) -> AdminForm {
        AdminForm(
            .find, title: "Find accounts", deed: "lists them",
            [
                Field(
                    "Name or id", "a part of it; nothing lists all again", text: filter,
                    max: Limits.maxNameCharacters)
            ])
    }

    static func ban(_ account: AccountName) -> AdminForm {
        AdminForm(
            .ban(account), title: "Ban \(account.name)", deed: "asks once more",
            [
                Field("For", "30m, 12h or 7d; nothing is for good, which admins may"),
                Field("Reason", "what they read; may be left empty", max: Limits.maxBanReasonCharacters),
            ])
    }

    static func role(_ account: AccountName, now role: Role) -> AdminForm {
        AdminForm(
            .role(account), title: "Role of \(account.name)", deed: "asks once more",
            [Field("Role", "player, moderator or admin", text: role.rawValue)])
    }

    static func knob(_ knob: KnobEntry) -> AdminForm {
        AdminForm(
            .knob(knob.name), title: knob.name, deed: "sets it",
            [
                Field(
                    "Value", "\(knob.wanted); nothing: as the option says", text: knob.value,
                    max: Limits.maxKnobCharacters)
            ]
        )
    }

    static func rollBack(account: String) -> AdminForm {
        AdminForm(
            .rollBack, title: "Take pixels back", deed: "shows what would go",
            [
                Field(
                    "Account", "a name or an id; nothing is everyone", text: account,
                    max: Limits.maxNameCharacters),
                Field("From", "30m or 2h ago, 15:04, 2026-11-27 15:04", text: "10m"),
                Field("To", "the same; nothing is now"),
                Field("Box", "x0,y0 x1,y1; nothing is all of the canvas"),
            ])
    }

    static func protect() -> AdminForm {
        AdminForm(
            .protect, title: "Protect a part", deed: "protects it",
            [
                Field("Box", "x0,y0 x1,y1"),
                Field(
                    "Note", "why, told to whoever paints there; may be empty",
                    max: Limits.maxAreaNoteCharacters),
            ])
    }

    static func announce() -> AdminForm {
        AdminForm(
            .announce, title: "Tell everyone", deed: "tells everyone",
            [Field("Words", "one line to all who are connected", max: Limits.maxAnnouncementCharacters)])
    }

    static func newGame() -> AdminForm {
        AdminForm(
            .newGame, title: "Begin a blank canvas", deed: "begins it",
            [
                Field("Size", "WxH; nothing is the same size"),
                Field("Sure?", "type \(newGameWords); the canvas of now goes to the past"),
            ])
    }

    static func studio() -> AdminForm {
        AdminForm(
            .studio, title: "Skin studio", deed: "opens it",
            [Field("File", "a skin to edit; nothing makes a new one", max: 256)])
    }

    /// What has to be typed before a canvas ends.
    static let newGameWords = "new canvas"
}

/// What a form asks for once it is filled in.
enum AdminOrder: Hashable, Sendable {
    case find(String)
    /// To be sent; the form stays until the answer.
    case send(AdminRoute)
    case question(AdminQuestion)
    case studio(file: String?)
    /// What is wrong with it.
    case wrong(String)
}

extension AdminForm {
    /// What it asks for.
    ///
    /// - Parameter nowMs: the server's time, in milliseconds since 1970.
    func order(nowMs: Int64, role: Role) -> AdminOrder {
        switch purpose {
        case .find: return .find(texts[0])
        case .studio: return .studio(file: texts[0].orNil)
        case .announce:
            guard let text = AnnouncementText(texts[0]) else {
                return .wrong("1 to \(Limits.maxAnnouncementCharacters) characters that show")
            }
            return .send(.announce(text))
        case .knob(let name): return .send(.setKnob(name: name, value: texts[0].orNil))
        case .ban(let account): return ban(account, nowMs: nowMs, role: role)
        case .role(let account):
            guard let role = Role(rawValue: texts[0].lowercased()) else {
                return .wrong("It is player, moderator or admin")
            }
            return .question(
                AdminQuestion(
                    title: "Make \(account.name) \(role.rawValue)?", lines: [Self.deeds(of: role)],
                    deed: "gives the role", route: .grant(account.id, role)))
        case .rollBack: return rollBack(nowMs: nowMs)
        case .protect:
            guard let box = HostWords.box(texts[0]) else { return .wrong("A box is x0,y0 x1,y1") }
            return .send(.canvas(.protect(box, note: texts[1])))
        case .newGame:
            guard texts[1].lowercased() == Self.newGameWords else {
                return .wrong("Type \(Self.newGameWords) to be sure")
            }
            guard !texts[0].isEmpty else { return .send(.canvas(.newGame(width: nil, height: nil))) }
            guard let size = HostWords.size(texts[0]) else { return .wrong("A size is WxH, as in 1000x1000") }
            return .send(.canvas(.newGame(width: size.width, height: size.height)))
        }
    }

    private func ban(_ account: AccountName, nowMs: Int64, role: Role) -> AdminOrder {
        var untilMs: Int64?
        if !texts[0].isEmpty {
            guard let spanMs = HostWords.span(texts[0]), spanMs <= Limits.maxBanMs else {
                return .wrong("For how long: 30m, 12h or 7d")
            }
            untilMs = nowMs + spanMs
        }
        let route = AdminRoute.ban(account.id, reason: texts[1].orNil, untilMs: untilMs)
        guard role.allows(route.command, atMs: nowMs) else {
            return .wrong("Moderators ban for at most \(Limits.maxModeratorBanMs / 86_400_000)d")
        }
        let until = untilMs.map { "until \(ReplayWords.time(ms: $0)) UTC" } ?? "for good"
        return .question(
            AdminQuestion(
                title: "Ban \(account.name) \(until)?",
                lines: [
                    "They read: \(texts[1].orNil ?? HostCommand.noBanReason)",
                    "Their connection ends at once.",
                ],
                deed: "bans", route: route))
    }

    private func rollBack(nowMs: Int64) -> AdminOrder {
        guard let fromMs = HostWords.moment(texts[1], nowMs: nowMs) else {
            return .wrong("From when: 30m, 15:04 or 2026-11-27 15:04")
        }
        guard let toMs = texts[2].isEmpty ? nowMs : HostWords.moment(texts[2], nowMs: nowMs) else {
            return .wrong("To when: 5m, 15:04, or nothing for now")
        }
        guard fromMs <= toMs else { return .wrong("It ends before it begins") }
        var box: CanvasBox?
        if !texts[3].isEmpty {
            box = HostWords.box(texts[3])
            if box == nil { return .wrong("A box is x0,y0 x1,y1") }
        }
        return .send(
            .canvas(.rollBack(RollbackOrder(account: texts[0].orNil, fromMs: fromMs, toMs: toMs, box: box))))
    }

    private static func deeds(of role: Role) -> String {
        switch role {
        case .player: "They may do here what everyone may."
        case .moderator: "Moderators kick, ban for a time, and take pixels back."
        case .admin: "Admins may do all that you may."
        }
    }
}
