import Arguments
import Engine
import Files
import Protocol
import Transport

/// What a host's words ask for: a command, or one that is made from a file.
enum HostOrder: Equatable {
    case command(HostCommand)
    /// Put the skin in a file among those for sale.
    case install(file: String)
    /// Ban someone for so many milliseconds from now.
    case ban(account: String, reason: String, forMs: Int64)

    /// The options that some of the words take.
    struct Options {
        var showsAll = false
        var reason: String?
        /// When a ban ends: a time, or how long it lasts.
        var until: String?
        /// The knob whose option is to count again.
        var reset: String?
        /// How many rows are told.
        var limit: String?
        var canvas = CanvasOptions()

        /// Those that are given, with the words that each belongs to.
        fileprivate var given: [(name: String, commands: [[String]])] {
            [
                showsAll ? ("all", [["admin", "list"]]) : nil,
                reason.map { _ in ("reason", [["review", "ban"], ["admin", "ban"]]) },
                until.map { _ in ("until", [["review", "ban"], ["admin", "ban"]]) },
                reset.map { _ in ("reset", [["admin", "knobs"]]) },
                limit.map { _ in ("limit", [["admin", "audit"]]) },
            ].compactMap { $0 }
        }
    }

    /// Each command with its words, and what it does.
    static let commands: [(words: String, help: String)] =
        [
            ("admin list [--all]", "who plays, waits, is connected or has a role"),
            ("admin kick ACCOUNT", "end their play and close their socket"),
            ("admin grant ACCOUNT ROLE", "player, moderator or admin"),
            (
                "admin ban ACCOUNT [--reason TEXT] [--until WHEN]",
                "they can't sign in, until then or any more"
            ),
            ("admin unban ACCOUNT", "they can again"),
            ("admin announce MESSAGE", "tell everyone who is connected"),
            (
                "admin knobs [--reset KNOB]",
                "what can be changed while the server runs; or let an option count again"
            ),
            ("admin set KNOB VALUE", "change it, for this run and those to come"),
            ("admin audit [--limit N]", "who changed what, and when"),
            ("admin status", "how the server stands"),
            ("review list", "what was seen of accounts and nobody cleared"),
            ("review clear ACCOUNT", "their flags are looked at"),
            ("review ban ACCOUNT [--reason TEXT] [--until WHEN]", "the same as admin ban"),
            ("review unban ACCOUNT", "they can again"),
            ("feedback list", "what players wrote"),
            ("skins list", "what is for sale, and how many own it"),
            ("skins install FILE", "put a skin up for sale, or in the place of the one with its id"),
        ] + canvasCommands

    /// Whether a command line that begins with a word is a host's.
    static func begins(with word: String) -> Bool { commands.contains { $0.words.hasPrefix(word + " ") } }

    /// The lines of help for all commands, or for those that begin with a word.
    static func usage(
        of word: String? = nil, also others: [(words: String, help: String)] = []
    ) -> String {
        let shown =
            (word.map { word in commands.filter { $0.words.hasPrefix(word + " ") } } ?? commands) + others
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
        case ("admin", "ban", 3), ("review", "ban", 3): try ban(account, options)
        case ("admin", "unban", 3), ("review", "unban", 3): .command(.unban(account: account))
        case ("admin", "announce", 3): .command(.announce(message: try announcement(words[2])))
        case ("admin", "knobs", 2): .command(try knobs(options))
        case ("admin", "set", 4):
            .command(.setKnob(name: try knob(words[2]), value: try value(words[3], of: words[2])))
        case ("admin", "audit", 2): .command(.audit(limit: try limit(options.limit)))
        case ("admin", "status", 2): .command(.status)
        case ("review", "list", 2): .command(.flags)
        case ("review", "clear", 3): .command(.clearFlags(account: account))
        case ("feedback", "list", 2): .command(.feedback)
        case ("skins", "list", 2): .command(.skins)
        case ("skins", "install", 3): .install(file: words[2])
        default: try canvasOrder(words, options.canvas, nowMs: WallClock.nowMs)
        }
    }

    private static func role(_ word: String) throws(ArgumentList.UsageError) -> Role {
        guard let role = Role(rawValue: word) else {
            let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw ArgumentList.UsageError("\"\(word)\" is no role: \(roles)")
        }
        return role
    }

    static func reason(_ text: String?) throws(ArgumentList.UsageError) -> String {
        guard let text else { return HostCommand.noBanReason }
        guard let reason = PlayerName.validated(text, maxCharacters: Limits.maxBanReasonCharacters) else {
            throw ArgumentList.UsageError(
                "--reason must be 1 to \(Limits.maxBanReasonCharacters) printable characters")
        }
        return reason
    }

    private static func checkOptions(
        _ words: [String], _ options: Options
    ) throws(ArgumentList.UsageError) {
        for (name, commands) in options.given where !commands.contains(Array(words.prefix(2))) {
            let owners = commands.map { "`\($0.joined(separator: " "))`" }.joined(separator: " and ")
            throw ArgumentList.UsageError("--\(name) belongs to \(owners)")
        }
        try checkCanvasOptions(words, options.canvas)
    }

    /// The command itself; a file is read and checked here, so that what is wrong with it is told at once.
    func command() throws(HostProgram.Failure) -> HostCommand {
        switch self {
        case .command(let command): return command
        case .ban(let account, let reason, let forMs):
            return .ban(account: account, reason: reason, until: WallClock.nowMs + forMs)
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
