import Arguments
import Engine
import Protocol

extension ServerCommand {
    static let manual = Manual(
        program: program, summary: "serve a shared canvas and its games",
        forms: [.init("[OPTION]...", "")] + hostCommands.map { .init($0.words, $0.help) },
        description: [
            "One process with HTTP and WebSocket on one port, and SQLite in the data directory. When it accepts "
                + "connections it prints one line that says where. SIGTERM lets it end in order.",
            "The commands speak to the server that lives in the data directory, or work on the directory itself "
                + "where none does. An option beats its environment variable.",
        ],
        commands: hostCommands.map { command($0.words, $0.help) },
        options: Setting.all.map(\.option) + flags,
        variables: Setting.all.flatMap { setting in
            setting.variables.map { Manual.Entry($0, "The same as --\(setting.name).") }
        } + [.init("XDG_STATE_HOME", "Where the data directory stands unless it is named.")],
        files: [
            .init(
                "$XDG_STATE_HOME/pixelwars-server",
                "The data directory: pixelwars.db, token.key, control.sock and a lock, for their owner alone; "
                    + "~/.local/state/pixelwars-server where the variable isn't set.")
        ],
        examples: [
            .init("pixelwars-server --listen 0.0.0.0:8080 --data /var/lib/pixelwars", "Serves everyone."),
            .init("pixelwars-server admin list --all --json", "Tells who there is, as JSON."),
            .init(
                "pixelwars-server backup /var/backups/pixelwars/today.db", "Copies a live server's database."),
        ], others: ["pixelwars", "pixelwars-bot", "pixelwars-bench", "pixelwars-sim"])

    private static let hostCommands = HostOrder.commands + DataOrder.commands

    /// A host's command as shells complete it: words in lower case, then what stands for operands.
    private static func command(_ words: String, _ help: String) -> Manual.Command {
        let parts = words.split(separator: " ").prefix {
            $0 == "[FILE]" || !$0.hasPrefix("[") && !$0.hasPrefix("-")
        }
        let fixed = parts.prefix { $0.allSatisfy { $0.isLowercase || $0 == "-" } }
        let operands = parts.dropFirst(fixed.count).map { name -> ArgumentList.Values in
            switch name {
            case "FILE", "[FILE]": .file
            case "ROLE": .words(Role.allCases.map(\.rawValue))
            case "KNOB": .words(Knob.allCases.map(\.rawValue))
            default: .any
            }
        }
        return Manual.Command(fixed.joined(separator: " "), operands, help: help)
    }
}
