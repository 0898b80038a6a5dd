/// The keys as this person has them: the table's, with the config file's in their place.
struct KeyBindings: Hashable, Sendable {
    /// The key that ends the program whatever else keys are made to mean.
    static let alwaysQuits = KeyPress(.character("c"), .control)

    private let changes: KeyChanges
    private let scenes: [KeyScene: Scene]

    /// The keys of one scene, for help and for the input.
    private struct Scene: Sendable {
        var entries: [KeyTable.Entry]
        var actions: [KeyPress: Action] = [:]

        init(_ entries: [KeyTable.Entry]) {
            self.entries = entries
            for entry in entries {
                for (press, action) in entry.keys { actions[press] = action }
            }
        }
    }

    private static let usual: [KeyScene: Scene] = tables(KeyChanges())

    /// Makes the changes that can be made; `KeyChanges.problem` names those that can't.
    init(_ changes: KeyChanges = KeyChanges()) {
        self.changes = changes
        scenes = changes == KeyChanges() ? Self.usual : Self.tables(changes)
    }

    private static func tables(_ changes: KeyChanges) -> [KeyScene: Scene] {
        var tables: [KeyScene: Scene] = [:]
        for scene in KeyScene.allCases {
            var entries = KeyTable.entries(of: scene)
            // What is said of one scene counts more than what is said of all.
            for change in changes.changes where change.scene == nil { make(change, in: scene, &entries) }
            for change in changes.changes where change.scene == scene.name {
                make(change, in: scene, &entries)
            }
            tables[scene] = Scene(entries)
        }
        return tables
    }

    /// Gives an action its new keys, and takes them from whatever had them.
    private static func make(
        _ change: KeyChanges.Change, in scene: KeyScene, _ entries: inout [KeyTable.Entry]
    ) {
        guard let home = entries.firstIndex(where: { $0.actions.contains { $0.name == change.action } }),
            let action = entries[home].actions.first(where: { $0.name == change.action })
        else { return }
        let isQuit = action == .quit
        var presses: [KeyPress] = isQuit ? [alwaysQuits] : []
        for press in change.keys where press != alwaysQuits && !presses.contains(press) {
            if scene.takesText, press.isTyped { continue }
            presses.append(press)
        }
        // A scene where none of the keys can be used keeps those that it has.
        if presses.isEmpty, !change.keys.isEmpty { return }
        for index in entries.indices {
            let kept = entries[index].keys.filter {
                $0.action.name != change.action && !presses.contains($0.press)
            }
            guard kept.count != entries[index].keys.count else { continue }
            entries[index].change(keys: kept)
        }
        entries[home].change(keys: entries[home].keys + presses.map { ($0, action) })
    }

    /// The action of a key in a scene; a letter with Shift is the same as the capital.
    func action(for press: KeyPress, in scene: KeyScene) -> Action? {
        guard let actions = scenes[scene]?.actions else { return nil }
        if let action = actions[press] { return action }
        guard case .character = press.key, press.modifiers == .shift else { return nil }
        return actions[KeyPress(press.key)]
    }

    /// The keys of a scene, in the order of help.
    func entries(of scene: KeyScene) -> [KeyTable.Entry] {
        scenes[scene]?.entries ?? []
    }

    /// The keys that ask for an action in a scene, the handiest first.
    func keys(for action: Action, in scene: KeyScene) -> [KeyPress] {
        entries(of: scene).flatMap { entry in entry.keys.filter { $0.action == action }.map(\.press) }
    }

    /// The handiest key for an action; nil where it has none.
    func press(for action: Action, in scene: KeyScene) -> KeyPress? { keys(for: action, in: scene).first }

    /// What the handiest key for an action is called; nil where it has none.
    func label(of action: Action, in scene: KeyScene) -> String? { press(for: action, in: scene)?.label }

    static func == (one: KeyBindings, other: KeyBindings) -> Bool { one.changes == other.changes }

    func hash(into hasher: inout Hasher) { hasher.combine(changes) }
}
