extension Manual {
    /// The completion for fish, to be laid as `PROGRAM.fish` into `fish/vendor_completions.d`.
    var fish: String {
        let name = functionName
        return """
            # fish completion of \(program)
            function __\(name)_typed
                set -l skip 0
                for word in (commandline -opc)[2..-1]
                    if test $skip -eq 1
                        set skip 0
                        continue
                    end
                    switch $word
                        case \(takers.isEmpty ? "--" : takers.joined(separator: " "))
                            set skip 1
                        case '-*'
                        case '*'
                            echo $word
                    end
                end
            end
            function __\(name)_at
                set -l typed (__\(name)_typed)
                string match -q -- $argv[1] (count $typed):"$typed"
            end
            function __\(name)_in
                set -l verb (__\(name)_typed)[1]
                contains -- "$verb" \(verbs.isEmpty ? "''" : verbs.joined(separator: " "))
                or set verb \(Self.fishQuoted(defaultVerb))
                contains -- "$verb" $argv
            end
            complete -c \(program) -f
            \((fishSteps + fishOptions).joined(separator: "\n"))
            """
    }

    /// A text in single quotes, as fish reads them.
    private static func fishQuoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
    }

    private var fishSteps: [String] {
        steps.flatMap { step in
            let place =
                "\(step.count):\(step.before.joined(separator: " "))" + (step.operands > 0 ? " *" : "")
            let head =
                "complete -c \(program) -n "
                + Self.fishQuoted("__\(functionName)_at \(Self.fishQuoted(place))")
            switch step.values {
            case .any: return [String]()
            case .words(let words):
                return words.map { word in
                    head + " -a \(word)" + (step.help[word].map { " -d " + Self.fishQuoted($0) } ?? "")
                }
            case .file: return [head + " -F"]
            case .directory: return [head + " -a '(__fish_complete_directories)'"]
            }
        }
    }

    private var fishOptions: [String] {
        options.map { option in
            var line = "complete -c \(program)"
            if !option.commands.isEmpty {
                let condition = "__\(functionName)_in \(option.commands.joined(separator: " "))"
                line += " -n " + Self.fishQuoted(condition)
            }
            line += " -l \(option.name)"
            if option.valueName != nil {
                switch option.values {
                case .any: line += " -x"
                case .words(let words): line += " -x -a " + Self.fishQuoted(words.joined(separator: " "))
                case .file: line += " -r -F"
                case .directory: line += " -x -a '(__fish_complete_directories)'"
                }
            }
            return line + " -d " + Self.fishQuoted(option.help)
        }
    }
}
