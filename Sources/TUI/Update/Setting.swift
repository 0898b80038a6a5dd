import Protocol

/// The page of settings: what is changed holds at once, and is kept.
extension Model {
    mutating func performInSettings(_ action: Action, nowMs: Int64) -> [Command] {
        let rows = settingsDesk.rows(bindings)
        let row = settingsDesk.row(self)
        switch action {
        case .choose(let step): settingsDesk.choose(settingsDesk.chosen + step, of: rows.count)
        case .adjust(let step): return adjust(row, by: step, nowMs: nowMs)
        case .take:
            guard case .key(let action, _) = row else { return adjust(row, by: 1, nowMs: nowMs) }
            capture(action, adds: false)
        case .addKey:
            if case .key(let action, _) = row { capture(action, adds: true) }
        case .dropKeys:
            guard case .key(let action, _) = row else { break }
            return bind([], to: action, nowMs: nowMs)
        case .restore: return restore(row, nowMs: nowMs)
        default: return perform(action, nowMs: nowMs)
        }
        return []
    }

    private mutating func adjust(_ row: SettingsDesk.Row, by step: Int, nowMs: Int64) -> [Command] {
        switch row {
        case .field(let field):
            var changed = settings
            field.turn(by: step, in: &changed)
            return apply(changed, nowMs: nowMs)
        case .scene: settingsDesk.turnScene(by: step)
        case .key: break
        }
        return []
    }

    private mutating func restore(_ row: SettingsDesk.Row, nowMs: Int64) -> [Command] {
        var changed = settings
        switch row {
        case .field(let field): field.set(field.word(in: Settings()), in: &changed)
        case .scene: changed.keys.changes.removeAll { $0.scene == settingsDesk.scene.name }
        case .key(let action, _): changed.keys.restore(action, in: settingsDesk.scene)
        }
        return apply(changed, nowMs: nowMs)
    }

    /// Takes changed settings over, and has them kept.
    mutating func apply(_ changed: Settings, nowMs: Int64) -> [Command] {
        guard changed != settings else { return [] }
        let isForNextStart = SettingField.allCases.contains {
            $0.isForNextStart && $0.word(in: settings) != $0.word(in: changed)
        }
        if changed.charset != settings.charset {
            switch changed.charset {
            case .auto: charset = terminalFacts.charset
            case .unicode: charset = .unicode
            case .ascii: charset = .ascii
            }
        }
        settings = changed
        if isForNextStart { say("Kept for the next start", .news, nowMs: nowMs) }
        return [.keep(changed)]
    }

    // MARK: Keys

    private mutating func capture(_ action: Action, adds: Bool) {
        settingsDesk.capture = SettingsDesk.Capture(action: action, adds: adds)
        // The key that led here is let go first.
        freshPress.changeScene()
    }

    /// The next key is the one that is wanted; Esc leaves everything as it is.
    mutating func takeCaptured(
        _ press: KeyPress, _ capture: SettingsDesk.Capture, isFresh: Bool, nowMs: Int64
    ) -> [Command] {
        guard isFresh else { return [] }
        settingsDesk.capture = nil
        guard press.key != .escape else { return [] }
        let scene = settingsDesk.scene
        let kept = capture.adds ? bindings.keys(for: capture.action, in: scene).filter { $0 != press } : []
        return bind(kept + [press], to: capture.action, nowMs: nowMs)
    }

    private mutating func bind(_ keys: [KeyPress], to action: Action, nowMs: Int64) -> [Command] {
        let scene = settingsDesk.scene
        let change = KeyChanges.Change(scene: scene.name, action: action.name, keys: keys)
        if let problem = KeyChanges(changes: [change]).problem {
            say(
                problem.expected.prefix(1).uppercased() + problem.expected.dropFirst(), .warning, nowMs: nowMs
            )
            return []
        }
        let robbed = keys.compactMap { bindings.action(for: $0, in: scene) }.first { $0.name != action.name }
        var changed = settings
        changed.keys.set(keys, for: action, in: scene)
        let commands = apply(changed, nowMs: nowMs)
        if let robbed, let key = keys.last {
            let words = robbed.name.split(separator: "_").joined(separator: " ")
            say("\(key.label) no longer means “\(words)”", .warning, nowMs: nowMs)
        }
        return commands
    }

    // MARK: Mouse

    /// What the mouse does over the settings: a click chooses a line, one on the chosen line's value changes it.
    mutating func takeOverSettings(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        switch mouse.kind {
        case .press(.left):
            settingsDesk.capture = nil
            let layout = SettingsLayout(self)
            guard let index = layout.index(column: mouse.column, row: mouse.row) else { return [] }
            let isChosen = index == settingsDesk.chosen
            settingsDesk.choose(index, of: layout.rows.count)
            guard isChosen || mouse.column >= layout.valueColumn else { return [] }
            if case .key(let action, _) = settingsDesk.row(self) {
                if isChosen { capture(action, adds: false) }
                return []
            }
            // Its left arrow goes back.
            return performInSettings(.adjust(by: mouse.column <= layout.valueColumn ? -1 : 1), nowMs: nowMs)
        case .wheelUp: return performInSettings(.choose(by: -1), nowMs: nowMs)
        case .wheelDown: return performInSettings(.choose(by: 1), nowMs: nowMs)
        case .press, .release, .motion: return []
        }
    }
}
