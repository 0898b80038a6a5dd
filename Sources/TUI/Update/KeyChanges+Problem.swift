/// What can't be done of the keys that a person wants.
extension KeyChanges {
    /// A change that can't be made.
    struct Problem: Hashable, Sendable {
        /// Where it stands in the config file, as in `keys.canvas.undo`.
        var key: String
        /// What it has to be.
        var expected: String
    }

    /// The word for every scene.
    static let everyScene = "*"

    /// The first change that can't be made; nil where all can.
    var problem: Problem? {
        for change in changes {
            if let expected = Self.expectation(of: change) {
                let scene = change.scene ?? Self.everyScene
                return Problem(key: "keys.\(scene).\(change.action)", expected: expected)
            }
        }
        return nil
    }

    /// The same as one line of words; nil where all can be made.
    ///
    /// - Parameter file: the config file's name.
    func problem(in file: String) -> String? {
        problem.map { "\(file): \($0.key): \($0.expected)" }
    }

    private static func expectation(of change: Change) -> String? {
        let scenes: [KeyScene]
        if let name = change.scene {
            guard let scene = KeyScene(name: name) else {
                let names = [everyScene] + KeyScene.allCases.map(\.name)
                return "no such scene; there are \(names.joined(separator: ", "))"
            }
            scenes = [scene]
        } else {
            scenes = KeyScene.allCases
        }
        let having = scenes.filter { scene in
            KeyTable.actions(of: scene).contains { $0.name == change.action }
        }
        guard !having.isEmpty else {
            var names: [String] = []
            for action in scenes.flatMap(KeyTable.actions(of:)) where !names.contains(action.name) {
                names.append(action.name)
            }
            return "no such action; there are \(names.joined(separator: ", "))"
        }
        if change.action != Action.quit.name, change.keys.contains(KeyBindings.alwaysQuits) {
            return "\(KeyBindings.alwaysQuits.label) always quits; take another key"
        }
        // For all scenes a character is simply left out where it is text.
        if change.scene != nil, scenes.allSatisfy(\.takesText), let key = change.keys.first(where: \.isTyped)
        {
            return
                "characters are text here, and so is \(key.label); take a key with Ctrl or Alt, or F1 to F12"
        }
        return nil
    }
}

extension KeyPress {
    /// Whether it is a character of a text.
    var isTyped: Bool { meansText && key != .escape }
}
