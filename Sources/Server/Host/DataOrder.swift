import Arguments

/// What a host asks of a data directory as a whole, rather than of the game in it.
enum DataOrder: Equatable {
    /// Copy the database into a file, of a live server or not.
    case backup(file: String, replacing: Bool)
    /// Put a backup in the database's place.
    case restore(file: String)
    /// Bring the database to this release's schema.
    case migrate
    /// Look the database through, or a backup.
    case check(file: String?)

    /// Each command with its words, and what it does.
    static let commands: [(words: String, help: String)] = [
        ("backup FILE [--force]", "copy the database of a live server, or of its directory, into a file"),
        ("restore FILE", "put a backup in the database's place; no server may live"),
        ("migrate", "bring the database to this release's schema; no server may live"),
        ("check [FILE]", "look the database through, or a backup; 1 where something is wrong"),
    ]

    /// Whether a command line that begins with a word is one of these.
    static func begins(with word: String) -> Bool {
        commands.contains { $0.words.split(separator: " ")[0] == word }
    }

    /// Reads the words.
    init(words: [String], isForced: Bool) throws(ArgumentList.UsageError) {
        switch (words.first, words.count) {
        case ("backup", 2): self = .backup(file: words[1], replacing: isForced)
        case ("restore", 2): self = .restore(file: words[1])
        case ("migrate", 1): self = .migrate
        case ("check", 1): self = .check(file: nil)
        case ("check", 2): self = .check(file: words[1])
        default:
            let usage = Self.commands.filter { $0.words.split(separator: " ")[0] == words.first ?? "" }
            throw ArgumentList.UsageError(
                "usage:\n" + usage.map { "pixelwars-server \($0.words)  \($0.help)" }.joined(separator: "\n"))
        }
        if isForced, words.first != "backup" {
            throw ArgumentList.UsageError("--force belongs to `backup`")
        }
    }
}
