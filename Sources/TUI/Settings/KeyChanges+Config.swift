extension KeyChanges {
    /// What the config file's member has to look like.
    static let form = #"an object such as {"canvas": {"undo": ["u", "Ctrl-z"]}, "*": {"quit": ["Q"]}}"#

    /// Reads the config file's member; what a scene has of its own beats what stands for all.
    ///
    /// - Throws: `ConfigFault` for what has another form, or names what there is none of.
    init(_ node: OrderedJSON) throws(ConfigFault) {
        guard case .object(let scenes) = node else {
            throw ConfigFault(line: nil, "\"keys\" takes \(Self.form)")
        }
        let general = scenes.filter { $0.name == Self.everyScene }
        for scene in general + scenes.filter({ $0.name != Self.everyScene }) {
            guard case .object(let actions) = scene.value else {
                throw ConfigFault(line: scene.line, "\"\(scene.name)\" takes actions: {\"undo\": [\"u\"]}")
            }
            for action in actions {
                let change = Change(
                    scene: scene.name == Self.everyScene ? nil : scene.name, action: action.name,
                    keys: try Self.presses(action))
                if let problem = KeyChanges(changes: [change]).problem {
                    throw ConfigFault(line: action.line, "\(problem.key): \(problem.expected)")
                }
                changes.append(change)
            }
        }
    }

    private static func presses(_ action: OrderedJSON.Member) throws(ConfigFault) -> [KeyPress] {
        guard case .list(let items) = action.value else {
            throw ConfigFault(
                line: action.line, "\"\(action.name)\" takes a list of keys: [\"u\", \"Ctrl-z\"]")
        }
        var presses: [KeyPress] = []
        for item in items {
            guard case .text(let name) = item, let press = KeyPress(name: name) else {
                throw ConfigFault(
                    line: action.line,
                    "\(item.brief) is no key; keys are called u, Ctrl-z, Alt-1, Shift-Left, F2, Space, Esc…")
            }
            presses.append(press)
        }
        return presses
    }

    /// The config file's member; scenes in the order of their first change.
    var node: OrderedJSON {
        var scenes: [OrderedJSON.Member] = []
        for change in changes {
            let scene = change.scene ?? Self.everyScene
            let member = OrderedJSON.Member(
                name: change.action, value: .list(change.keys.map { .text($0.label) }))
            guard let at = scenes.firstIndex(where: { $0.name == scene }),
                case .object(var actions) = scenes[at].value
            else {
                scenes.append(OrderedJSON.Member(name: scene, value: .object([member])))
                continue
            }
            actions.removeAll { $0.name == member.name }
            scenes[at].value = .object(actions + [member])
        }
        return .object(scenes)
    }
}
