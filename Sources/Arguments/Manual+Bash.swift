extension Manual {
    /// The completion for bash, to be sourced or laid into `bash-completion/completions`.
    var bash: String {
        let name = functionName
        return """
            # bash completion of \(program)
            _\(name)() {
                local cur=${COMP_WORDS[COMP_CWORD]} option= typed= count=0 verb=\(Self.quoted(defaultVerb)) i word skip=
                # bash takes "=" for a word of its own.
                if [[ $cur == = ]]; then
                    cur= option=${COMP_WORDS[COMP_CWORD-1]}
                elif ((COMP_CWORD > 1)); then
                    option=${COMP_WORDS[COMP_CWORD-1]}
                    [[ $option == = ]] && option=${COMP_WORDS[COMP_CWORD-2]}
                fi
                COMPREPLY=()
                case $option in
            \(bashValues)
                esac
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    if [[ -n $skip ]]; then
                        [[ $word == = ]] || skip=
                        continue
                    fi
                    case $word in
                    \(takers.isEmpty ? "--" : takers.joined(separator: "|"))) skip=1 ;;
                    -* | = | :) ;;
                    *)
                        ((count == 0)) && case $word in
                        \(verbs.isEmpty ? "''" : verbs.joined(separator: " | "))) verb=$word ;;
                        esac
                        typed+=" $word"
                        ((count++))
                        ;;
                    esac
                done
                if [[ $cur == -* ]]; then
                    local options=
            \(bashOptions)
                    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
                    return
                fi
                case "$count:${typed# }" in
            \(bashSteps)
                esac
            }
            complete -F _\(name) \(program)
            """
    }

    /// What a value or an operand is completed to.
    private static func reply(_ values: ArgumentList.Values) -> String {
        switch values {
        case .any: ":"
        case .words(let words):
            "mapfile -t COMPREPLY < <(compgen -W \(quoted(words.joined(separator: " "))) -- \"$cur\")"
        case .file: "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")"
        case .directory: "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$cur\")"
        }
    }

    private var bashValues: String {
        options.filter { $0.valueName != nil }.map { option in
            "    --\(option.name)) \(Self.reply(option.values)); return ;;"
        }.joined(separator: "\n")
    }

    private var bashOptions: String {
        groups.map { group in
            let names = options.filter { $0.commands == group }.map { "--\($0.name)" }
            let words = "options+=\(Self.quoted(" " + names.joined(separator: " ")))"
            guard !group.isEmpty else { return "        \(words)" }
            return "        case $verb in \(group.joined(separator: " | "))) \(words) ;; esac"
        }.joined(separator: "\n")
    }

    private var bashSteps: String {
        steps.map { step in
            let before = "\(step.count):\(step.before.joined(separator: " "))"
            let rest = step.operands > 0 ? "' '*" : ""
            return "    \(Self.quoted(before))\(rest)) \(Self.reply(step.values)) ;;"
        }.joined(separator: "\n")
    }
}
