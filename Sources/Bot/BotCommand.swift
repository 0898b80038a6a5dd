import Arguments
import Client
import Protocol
import Transport

/// What a command line asks the bot for.
enum BotCommand {
    case help
    /// A manual page, or what completes words in a shell.
    case text(String)
    case version
    /// JSON lines on stdin and stdout.
    case lines(Account, Lines)
    case draw(Account, Drawing)
    /// The canvas as half blocks.
    case show(Account)
    /// Clicks for a planet.
    case click(Account, Clicking)
    /// A place in a relay.
    case relay(Account, Relaying)
    /// Runs of an arcade game.
    case arcade(Account, Playing)
    /// One question, whose answer is printed.
    case call(Account, Call)

    /// Where the bot goes and as whom.
    struct Account {
        var url: ServerURL
        var profile: String
        var isGuest: Bool
        var name: String?
    }

    /// How lines are passed on.
    struct Lines {
        var wantsToPlay = false
        /// Whether play that idling ended is asked for again.
        var requeues = false
        /// 0 is no limit.
        var linesPerSecond = 0.0
    }

    /// What is drawn.
    struct Drawing {
        var file: String
        var x = 0
        var y = 0
        var part = 0
        var parts = 1
        var placementsPerSecond = 0.0
    }

    static let program = "pixelwars-bot"

    init(arguments: [String], environment: (String) -> String?) throws(ArgumentList.UsageError) {
        let list = try ArgumentList(arguments, options: Self.options)
        if list.has("help") {
            self = .help
            return
        }
        if list.has("version") {
            self = .version
            return
        }
        if let text = try Self.manual.answer(list, release: Release.version) {
            self = .text(text)
            return
        }
        var operands = list.operands[...]
        let verb = operands.first.flatMap(Verb.init)
        if verb != nil { operands.removeFirst() }
        try Self.checkOptions(list, of: verb)
        var object: String?
        if let needed = verb?.operand {
            object = operands.popFirst()
            guard object != nil else { throw .init("\(verb?.rawValue ?? "") needs \(needed)") }
        }
        let given = operands.popFirst()
        guard operands.isEmpty else { throw .init("unexpected argument \(operands.first ?? "")") }
        let account = try Self.account(list, of: verb, url: given, environment: environment)
        switch verb {
        case .draw: self = .draw(account, try Self.drawing(object ?? "", list))
        case .show: self = .show(account)
        case .click: self = .click(account, try Clicking(list))
        case .relay: self = .relay(account, try Relaying(list))
        case .arcade: self = .arcade(account, try Playing(object ?? "", list))
        case .relays: self = .call(account, .relays)
        case .leaderboard:
            self = .call(account, .leaderboard(try Self.board(object ?? ""), try Self.period(list)))
        case .skins: self = .call(account, .skins)
        case .buy: self = .call(account, .buy(try Self.skin(object ?? "")))
        case .wear: self = .call(account, .wear(object == "none" ? nil : try Self.skin(object ?? "")))
        case .feedback: self = .call(account, .feedback(try Self.message(object ?? "")))
        case nil:
            let lines = Lines(
                wantsToPlay: list.has("play"), requeues: list.has("requeue"),
                linesPerSecond: try Self.pace(list))
            self = .lines(account, lines)
        }
    }

    private static func account(
        _ list: ArgumentList, of verb: Verb?, url: String?, environment: (String) -> String?
    ) throws(ArgumentList.UsageError) -> Account {
        let text = ServerChoice.url(url ?? list.value("url"), environment: environment)
        guard let server = ServerURL(text) else {
            throw .init("\(text) is no server's URL (such as \(ServerChoice.standardURL))")
        }
        let name = list.value("name")
        if let name, PlayerName.validated(name) == nil {
            throw .init("--name takes 1 to \(Limits.maxNameCharacters) printable characters")
        }
        let isGuest = list.has("guest") || (verb?.isForGuests == true && list.value("profile") == nil)
        if isGuest, verb?.needsAccount == true { throw .init("\(verb?.rawValue ?? "") is not for guests") }
        return Account(
            url: server, profile: list.value("profile") ?? Keyring.botProfile, isGuest: isGuest, name: name)
    }

    private static func drawing(_ file: String, _ list: ArgumentList) throws(ArgumentList.UsageError)
        -> Drawing
    {
        var drawing = Drawing(file: file)
        drawing.placementsPerSecond = try pace(list)
        if let text = list.value("at") {
            guard let (x, y) = pair(text, ",") else { throw .init("--at takes X,Y, not \(text)") }
            (drawing.x, drawing.y) = (x, y)
        }
        if let text = list.value("part") {
            guard let (part, parts) = pair(text, "/"), part < parts else {
                throw .init("--part takes I/N with I from 0 to N-1, not \(text)")
            }
            (drawing.part, drawing.parts) = (part, parts)
        }
        return drawing
    }

    private static func pace(_ list: ArgumentList) throws(ArgumentList.UsageError) -> Double {
        guard let text = list.value("pace") else { return 0 }
        guard let pace = Double(text), pace >= 0, pace <= 1_000_000 else {
            throw .init("--pace takes a number from 0, not \(text)")
        }
        return pace
    }

    /// Two whole numbers from 0 with a mark between them.
    private static func pair(_ text: String, _ mark: Character) -> (Int, Int)? {
        let parts = text.split(separator: mark, omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Int(parts[0]), let second = Int(parts[1]), first >= 0, second >= 0
        else { return nil }
        return (first, second)
    }
}
