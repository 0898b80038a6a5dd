/// What the person does on the page of settings.
struct SettingsDesk: Hashable, Sendable {
    /// A line of the page.
    enum Row: Hashable, Sendable {
        case field(SettingField)
        /// Whose keys the lines below are.
        case scene
        case key(Action, title: String)
    }

    /// A key that is waited for.
    struct Capture: Hashable, Sendable {
        var action: Action
        /// Whether the action keeps the keys that it has.
        var adds: Bool
    }

    /// The line that keys change, by its place among all.
    private(set) var chosen = 0
    /// The scene whose keys are listed.
    private(set) var scene = KeyScene.canvas
    /// What the next key is for; nil where it is a key like any other.
    var capture: Capture?

    /// All lines: the settings, and the keys of one scene.
    func rows(_ bindings: KeyBindings) -> [Row] {
        var rows = SettingField.allCases.map(Row.field) + [.scene]
        var seen: Set<Action> = []
        for entry in bindings.entries(of: scene) {
            for action in entry.actions where seen.insert(action).inserted {
                rows.append(.key(action, title: entry.title(of: action)))
            }
        }
        return rows
    }

    /// The line that keys change.
    func row(_ model: Model) -> Row {
        let rows = rows(model.bindings)
        return rows[min(chosen, rows.count - 1)]
    }

    mutating func choose(_ index: Int, of count: Int) {
        chosen = min(max(index, 0), max(count - 1, 0))
    }

    /// Lists the keys of the next scene, or of the one before.
    mutating func turnScene(by step: Int) {
        let all = KeyScene.allCases
        let at = all.firstIndex(of: scene) ?? 0
        scene = all[((at + step) % all.count + all.count) % all.count]
    }
}

extension KeyChanges {
    /// Gives an action of a scene its keys anew; the latest change counts most, so it comes last.
    mutating func set(_ keys: [KeyPress], for action: Action, in scene: KeyScene) {
        restore(action, in: scene)
        changes.append(Change(scene: scene.name, action: action.name, keys: keys))
    }

    /// Gives an action of a scene back its usual keys.
    mutating func restore(_ action: Action, in scene: KeyScene) {
        changes.removeAll { $0.scene == scene.name && $0.action == action.name }
    }
}
