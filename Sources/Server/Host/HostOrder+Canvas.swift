import Arguments
import Protocol

/// A host's words about the canvas: new games, rollbacks and protected areas.
extension HostOrder {
    /// The options that these words take.
    struct CanvasOptions: Equatable {
        /// Whether the canvas may be begun anew.
        var isSure = false
        /// Whether a rollback is made, and not only counted.
        var applies = false
        var account: String?
        var from: String?
        var to: String?
        var box: String?

        var isEmpty: Bool { self == CanvasOptions() }
    }

    static let canvasCommands: [(words: String, help: String)] = [
        ("admin clear --yes", "begin the canvas anew; what was is kept as history"),
        ("admin new-game WxH --yes", "the same with another size"),
        (
            "admin rollback [OPTION]...",
            "count pixels by --account, --from, --to and --box; --apply takes them back"
        ),
        ("admin rollbacks", "what was taken back, the newest first"),
        ("admin undo-rollback ID", "bring back what nobody changed since"),
        ("admin protect X0,Y0 X1,Y1 [NOTE]", "let no player change these cells"),
        ("admin unprotect ID", "let players change them again"),
        ("admin protected", "what is protected"),
    ]

    /// Reads the words; nil where they are about something else.
    static func canvasOrder(
        _ words: [String], _ options: CanvasOptions, nowMs: Int64
    ) throws(ArgumentList.UsageError) -> HostOrder? {
        guard words.first == "admin" else { return nil }
        switch (words.dropFirst().first, words.count) {
        case ("clear", 2): return .command(.newGame())
        case ("new-game", 3):
            guard let size = size(words[2]) else {
                throw ArgumentList.UsageError(
                    "\"\(words[2])\" is no size: WxH, 1 to \(Limits.maxCanvasSide) each, "
                        + "\(Limits.maxCanvasCells) cells at most")
            }
            return .command(.newGame(width: size.width, height: size.height))
        case ("rollback", 2): return .command(.rollback(try rollback(options, nowMs: nowMs)))
        case ("rollbacks", 2): return .command(.rollbacks)
        case ("undo-rollback", 3): return .command(.undoRollback(id: try number(words[2])))
        case ("protect", 4), ("protect", 5):
            let note = words.count == 5 ? words[4] : ""
            guard
                note.isEmpty || PlayerName.validated(note, maxCharacters: Limits.maxAreaNoteCharacters) != nil
            else {
                throw ArgumentList.UsageError(
                    "NOTE must be 1 to \(Limits.maxAreaNoteCharacters) printable characters")
            }
            let (start, end) = (try numbers(words[2], 2), try numbers(words[3], 2))
            return .command(.protect(CanvasBox(start[0], start[1], end[0], end[1]), note: note))
        case ("unprotect", 3): return .command(.unprotect(id: try number(words[2])))
        case ("protected", 2): return .command(.protectedAreas)
        default: return nil
        }
    }

    /// Throws for options that belong to other words, and for words that lack one.
    static func checkCanvasOptions(
        _ words: [String], _ options: CanvasOptions
    ) throws(ArgumentList.UsageError) {
        let command = words.first == "admin" ? words.dropFirst().first : nil
        let begins = command == "clear" || command == "new-game"
        if begins, !options.isSure {
            throw ArgumentList.UsageError("the canvas begins anew for everyone: add --yes if that is meant")
        }
        if options.isSure, !begins {
            throw ArgumentList.UsageError("--yes belongs to `admin clear` and `admin new-game`")
        }
        var others = options
        others.isSure = false
        if !others.isEmpty, command != "rollback" {
            throw ArgumentList.UsageError(
                "--account, --from, --to, --box and --apply belong to `admin rollback`")
        }
    }

    private static func rollback(
        _ options: CanvasOptions, nowMs: Int64
    ) throws(ArgumentList.UsageError) -> RollbackOrder {
        guard options.account != nil || options.from != nil || options.box != nil else {
            throw ArgumentList.UsageError("say whose (--account), since when (--from) or where (--box)")
        }
        let fromMs = try options.from.map { (text) throws(ArgumentList.UsageError) in
            try moment(text, "--from", nowMs: nowMs)
        }
        let toMs = try options.to.map { (text) throws(ArgumentList.UsageError) in
            try moment(text, "--to", nowMs: nowMs)
        }
        let box = try options.box.map { (text) throws(ArgumentList.UsageError) in
            let corners = try numbers(text, 4)
            return CanvasBox(corners[0], corners[1], corners[2], corners[3])
        }
        if let fromMs, let toMs, fromMs > toMs {
            throw ArgumentList.UsageError("--from must not lie after --to")
        }
        return RollbackOrder(
            account: options.account, fromMs: fromMs ?? 0, toMs: toMs ?? Limits.lastMomentMs, box: box,
            isPreview: !options.applies)
    }

    /// A moment in RFC 3339, or how long ago: `90s`, `15m`, `2h`, `3d`.
    static func moment(
        _ text: String, _ option: String, nowMs: Int64
    ) throws(ArgumentList.UsageError) -> Int64 {
        if let ms = Timestamp.milliseconds(rfc3339: text) { return ms }
        let units: [Character: Int64] = ["s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        if let last = text.last, let unit = units[last], let number = Int64(text.dropLast()),
            (0...1_000_000).contains(number)
        {
            return nowMs - number * unit
        }
        throw ArgumentList.UsageError(
            "\(option): \"\(text)\" is neither a time like 2026-11-21T16:17:58Z nor a span like 90s, 15m, 2h or 3d"
        )
    }

    private static func size(_ text: String) -> CanvasSize? {
        let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1] else { return nil }
        return CanvasSize(width: width, height: height)
    }

    private static func number(_ text: String) throws(ArgumentList.UsageError) -> Int {
        try numbers(text, 1)[0]
    }

    /// Whole numbers that commas part.
    private static func numbers(_ text: String, _ count: Int) throws(ArgumentList.UsageError) -> [Int] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }.filter { $0 >= 0 }
        guard parts.count == count, numbers.count == count else {
            let wanted = count == 1 ? "a number" : count == 2 ? "a place X,Y" : "a box X0,Y0,X1,Y1"
            throw ArgumentList.UsageError("\"\(text)\" is not \(wanted)")
        }
        return numbers
    }
}

extension HostCommand {
    /// How long whoever gives it waits for its answer: one that changes many cells takes its time.
    var timeoutMs: Int {
        switch self {
        case .rollback, .undoRollback: Limits.rollbackTimeoutMs
        case .list, .kick, .grant, .flags, .clearFlags, .ban, .unban, .feedback, .skins, .installSkin, .audit,
            .announce, .knobs, .setKnob, .status, .newGame, .rollbacks, .protect, .unprotect,
            .protectedAreas, .picture:
            Limits.hostCommandTimeoutMs
        }
    }
}
