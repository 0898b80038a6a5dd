import Arguments
import Engine
import Files
import Protocol

/// What a host's words ask for: a command, or one that is made from a file.
enum HostOrder: Equatable {
    case command(HostCommand)
    /// Put the skin in a file among those for sale.
    case install(file: String)

    /// The options that some of the words take.
    struct Options {
        var showsAll = false
        var reason: String?
    }

    /// What banned people read where the host says nothing.
    static let noReason = "the host gave no reason"

    /// Each command with its words, and what it does.
    static let commands: [(words: String, help: String)] = [
        ("admin list [--all]", "who plays, waits, is connected or has a role"),
        ("admin kick ACCOUNT", "end their play and close their socket"),
        ("admin grant ACCOUNT ROLE", "player, moderator or admin"),
        ("review list", "what was seen of accounts and nobody cleared"),
        ("review clear ACCOUNT", "their flags are looked at"),
        ("review ban ACCOUNT [--reason TEXT]", "they can't sign in any more and leave every board"),
        ("review unban ACCOUNT", "they can again"),
        ("feedback list", "what players wrote"),
        ("skins list", "what is for sale, and how many own it"),
        ("skins install FILE", "put a skin up for sale, or in the place of the one with its id"),
    ]

    /// Whether a command line that begins with a word is a host's.
    static func begins(with word: String) -> Bool { commands.contains { $0.words.hasPrefix(word + " ") } }

    /// The lines of help for all commands, or for those that begin with a word.
    static func usage(of word: String? = nil) -> String {
        let shown = word.map { word in commands.filter { $0.words.hasPrefix(word + " ") } } ?? commands
        let width = commands.map(\.words.count).max() ?? 0
        return shown.map { words, help in
            let gap = String(repeating: " ", count: width - words.count + 2)
            return "pixelwars-server \(words)\(gap)\(help)"
        }.joined(separator: "\n")
    }

    /// Reads the words.
    init(words: [String], _ options: Options) throws(ArgumentList.UsageError) {
        guard let order = try Self.order(words, options) else {
            throw ArgumentList.UsageError("usage:\n\(Self.usage(of: words.first))")
        }
        self = order
        try Self.checkOptions(words, options)
        if case .command(let command) = order,
            HostWire.encode(command).count > Limits.maxHostCommandBytes
        {
            throw ArgumentList.UsageError("that is too long for an account")
        }
    }

    private static func order(
        _ words: [String], _ options: Options
    ) throws(ArgumentList.UsageError) -> HostOrder? {
        let account = words.count > 2 ? words[2] : ""
        return switch (words.first, words.dropFirst().first, words.count) {
        case ("admin", "list", 2): .command(.list(all: options.showsAll))
        case ("admin", "kick", 3): .command(.kick(account: account))
        case ("admin", "grant", 4): .command(.grant(account: account, role: try role(words[3])))
        case ("review", "list", 2): .command(.flags)
        case ("review", "clear", 3): .command(.clearFlags(account: account))
        case ("review", "ban", 3): .command(.ban(account: account, reason: try reason(options.reason)))
        case ("review", "unban", 3): .command(.unban(account: account))
        case ("feedback", "list", 2): .command(.feedback)
        case ("skins", "list", 2): .command(.skins)
        case ("skins", "install", 3): .install(file: words[2])
        default: nil
        }
    }

    private static func role(_ word: String) throws(ArgumentList.UsageError) -> Role {
        guard let role = Role(rawValue: word) else {
            let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw ArgumentList.UsageError("\"\(word)\" is no role: \(roles)")
        }
        return role
    }

    private static func reason(_ text: String?) throws(ArgumentList.UsageError) -> String {
        guard let text else { return noReason }
        guard let reason = PlayerName.validated(text, maxCharacters: Limits.maxBanReasonCharacters) else {
            throw ArgumentList.UsageError(
                "--reason must be 1 to \(Limits.maxBanReasonCharacters) printable characters")
        }
        return reason
    }

    private static func checkOptions(
        _ words: [String], _ options: Options
    ) throws(ArgumentList.UsageError) {
        if options.showsAll, words != ["admin", "list"] {
            throw ArgumentList.UsageError("--all belongs to `admin list`")
        }
        if options.reason != nil, words.prefix(2) != ["review", "ban"] {
            throw ArgumentList.UsageError("--reason belongs to `review ban`")
        }
    }

    /// The command itself; a file is read and checked here, so that what is wrong with it is told at once.
    func command() throws(HostProgram.Failure) -> HostCommand {
        switch self {
        case .command(let command): return command
        case .install(let file):
            let bytes: [UInt8]
            do throws(FileError) {
                bytes = try WholeFile.read(file, maxBytes: Limits.maxSkinBytes)
            } catch {
                throw HostProgram.Failure(message: error.description)
            }
            do throws(Failure) {
                _ = try Skin(json: bytes, colors: BuiltInAssets().baseColors)
            } catch {
                throw HostProgram.Failure(message: "\(file): \(error.message)")
            }
            return .installSkin(json: String(decoding: bytes, as: UTF8.self))
        }
    }
}
