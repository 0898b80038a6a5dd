extension Manual {
    /// The completion for zsh, to be laid as `_PROGRAM` into a directory of `$fpath`.
    var zsh: String {
        let name = functionName
        return """
            #compdef \(program)
            # zsh completion of \(program)
            _\(name)() {
                local option typed= verb=\(Self.quoted(defaultVerb)) word skip=
                local -i count=0 i
                local -a found
                option=${words[CURRENT-1]}
                if [[ ${words[CURRENT]} == --*=* ]]; then
                    option=${words[CURRENT]%%=*}
                    compset -P '*='
                fi
                case $option in
            \(zshValues)
                esac
                for ((i = 2; i < CURRENT; i++)); do
                    word=${words[i]}
                    if [[ -n $skip ]]; then
                        skip=
                        continue
                    fi
                    case $word in
                    \(takers.isEmpty ? "--" : takers.joined(separator: "|"))) skip=1 ;;
                    -*) ;;
                    *)
                        if ((count == 0)); then
                            case $word in
                            \(verbs.isEmpty ? "''" : verbs.joined(separator: "|"))) verb=$word ;;
                            esac
                        fi
                        typed+=" $word"
                        ((count++))
                        ;;
                    esac
                done
                if [[ ${words[CURRENT]} == -* ]]; then
            \(zshOptions)
                    _describe -o option found
                    return
                fi
                case "$count:${typed# }" in
            \(zshSteps)
                esac
            }
            if [[ ${funcstack[1]} == _\(program) ]]; then
                _\(name) "$@"
            else
                compdef _\(name) \(program)
            fi
            """
    }

    private static func reply(_ values: ArgumentList.Values, _ help: [String: String] = [:]) -> String {
        switch values {
        case .any: "_message value"
        case .words(let words):
            "found=(\(words.map { described($0, help[$0]) }.joined(separator: " "))); _describe word found"
        case .file: "_files"
        case .directory: "_files -/"
        }
    }

    /// A word with what it means, as `_describe` takes them.
    private static func described(_ word: String, _ help: String?) -> String {
        let escaped = word.map { $0 == ":" ? "\\:" : String($0) }.joined()
        return quoted(help.map { "\(escaped):\($0)" } ?? escaped)
    }

    private var zshValues: String {
        options.filter { $0.valueName != nil }.map { option in
            "    --\(option.name)) \(Self.reply(option.values)); return ;;"
        }.joined(separator: "\n")
    }

    private var zshOptions: String {
        groups.map { group in
            let words = options.filter { $0.commands == group }.map {
                Self.described("--\($0.name)", $0.help)
            }
            let adding = "found+=(\(words.joined(separator: " ")))"
            guard !group.isEmpty else { return "        \(adding)" }
            return "        case $verb in \(group.joined(separator: "|"))) \(adding) ;; esac"
        }.joined(separator: "\n")
    }

    private var zshSteps: String {
        steps.map { step in
            let before = "\(step.count):\(step.before.joined(separator: " "))"
            let rest = step.operands > 0 ? "' '*" : ""
            return "    \(Self.quoted(before))\(rest)) \(Self.reply(step.values, step.help)) ;;"
        }.joined(separator: "\n")
    }
}
