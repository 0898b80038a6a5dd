extension Manual {
    /// What may stand at one place of a command line, in words that every shell's script is made of.
    struct Step: Hashable {
        /// The words that stand before: of the command, then any that its operands were.
        var before: [String]
        /// How many operands stand before.
        var operands: Int
        var values: ArgumentList.Values
        /// What each of the words means, where they are a command's.
        var help: [String: String] = [:]

        /// How many words stand before.
        var count: Int { before.count + operands }
    }

    /// Every place at which something is known of the next word; the places of commands first.
    var steps: [Step] {
        var steps: [Step] = []
        for command in commands {
            for at in command.words.indices {
                let before = Array(command.words[..<at])
                let word = command.words[at]
                // Where more words follow, this one alone means nothing yet.
                let help = at == command.words.count - 1 ? [word: command.help] : [:]
                if let found = steps.firstIndex(where: { $0.before == before && $0.operands == 0 }) {
                    guard case .words(let words) = steps[found].values else { continue }
                    if !words.contains(word) { steps[found].values = .words(words + [word]) }
                    steps[found].help.merge(help) { first, _ in first }
                } else {
                    steps.append(Step(before: before, operands: 0, values: .words([word]), help: help))
                }
            }
        }
        for command in commands {
            for (index, values) in command.operands.enumerated() where values != .any {
                steps.append(Step(before: command.words, operands: index, values: values))
            }
        }
        return steps
    }

    /// The first words of commands.
    var verbs: [String] {
        commands.compactMap(\.words.first).reduce(into: []) { verbs, word in
            if !verbs.contains(word) { verbs.append(word) }
        }
    }

    /// The command that is meant where none is named; empty where none is.
    var defaultVerb: String { hasDefault ? verbs.first ?? "" : "" }

    /// The options with a value, as they stand on a command line.
    var takers: [String] { options.filter { $0.valueName != nil }.map { "--\($0.name)" } }

    /// The sets of commands that some options go with alone, in the order of the options.
    var groups: [[String]] {
        options.map(\.commands).reduce(into: []) { groups, commands in
            if !groups.contains(commands) { groups.append(commands) }
        }
    }

    /// A name for shell functions.
    var functionName: String { program.map { $0 == "-" ? "_" : String($0) }.joined() }

    /// A text in single quotes, as bash and zsh read them.
    static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
