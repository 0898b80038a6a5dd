import Protocol

/// What is typed into the prompts.
extension Model {
    // MARK: A place

    mutating func takeInPrompt(_ press: KeyPress, typed: String, nowMs: Int64) {
        switch press.key {
        case .escape: overlay = .none
        case .backspace: overlay = .goTo(String(typed.dropLast()))
        case .enter:
            overlay = .none
            guard !typed.isEmpty else { return }
            guard canvas != nil, let place = GoTo.place(typed) else {
                say("Type two numbers: x,y", .warning, nowMs: nowMs)
                return
            }
            go(to: place)
        case .character(let scalar): overlay = .goTo(GoTo.joined(typed, String(scalar)))
        default: break
        }
    }

    // MARK: A name

    mutating func openNamePrompt(nowMs: Int64) -> [Command] {
        guard purpose == .play else {
            say("Watchers need no name", .warning, nowMs: nowMs)
            return []
        }
        hintUntilMs = 0
        // A name of one's own is there to be changed; a given one is only in the way.
        let own = account.flatMap { NamePrompt.isGiven($0) ? nil : PlayerName.validated($0) }
        overlay = .name(NamePrompt(typed: own ?? ""))
        return []
    }

    mutating func takeInPrompt(_ press: KeyPress, _ prompt: NamePrompt, nowMs: Int64) -> [Command] {
        var prompt = prompt
        var commands: [Command] = []
        switch press.key {
        case .escape:
            overlay = .none
            return []
        case .backspace: prompt.removeLast()
        case .enter:
            guard !prompt.isAsking, let name = PlayerName.validated(prompt.typed) else { break }
            if name == account {
                overlay = .none
                return []
            }
            if link.isLive {
                prompt.ask()
                commands = [.rename(name)]
            } else {
                prompt.refuse("Not connected")
            }
        case .character(let scalar) where press.modifiers.isDisjoint(with: [.control, .alt]):
            prompt.add(String(scalar))
        default: break
        }
        overlay = .name(prompt)
        return commands
    }

    mutating func renamed(to name: String, nowMs: Int64) {
        account = name
        if case .name(let prompt) = overlay, prompt.isAsking { overlay = .none }
        say("You are \(name) now", .news, nowMs: nowMs)
    }

    mutating func renameRefused(_ failure: Failure, nowMs: Int64) {
        let (words, kind) = words(for: failure)
        guard case .name(var prompt) = overlay, prompt.isAsking else { return say(words, kind, nowMs: nowMs) }
        prompt.refuse(words.shown)
        overlay = .name(prompt)
    }

    /// Once, when the canvas of whoever still bears a given name is there: names can be chosen.
    mutating func hintAtNames(nowMs: Int64) {
        guard purpose == .play, hintUntilMs == nil, canvas != nil, let account, NamePrompt.isGiven(account)
        else { return }
        hintUntilMs = nowMs + Toast.hintMs
    }
}

/// The prompt for a place.
enum GoTo {
    private static let maxCharacters = 16

    /// What was typed with more behind it, as far as it can be part of two numbers.
    static func joined(_ typed: String, _ more: String) -> String {
        let kept = more.unicodeScalars.filter {
            ("0"..."9").contains($0) || ", ;x".unicodeScalars.contains($0)
        }
        return String((typed + String(String.UnicodeScalarView(kept))).prefix(maxCharacters))
    }

    /// The two numbers in a text.
    static func place(_ text: String) -> Place? { PlaceText.place(text) }
}
