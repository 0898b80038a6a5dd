import Arguments
import Client
import Protocol

extension BotCommand {
    static let options: [ArgumentList.Option] =
        [
            .init(
                "url", "URL", help: "the server (default: $PIXELWARS_URL, else \(ServerChoice.standardURL))"),
            .init("profile", "NAME", help: "the key to sign in with, made at first use (default: bot)"),
            .init("name", "NAME", help: "the name wished for at the first sign-in"),
            .init("guest", help: "sign in without a key; a guest can't play"),
            .init("play", help: "play as soon as connected"),
            .init("requeue", help: "play again after having been sent away for idling; draw always does"),
            .init(
                "pace", "N",
                help: "send at most so many lines or placements a second (default: 0, no limit); arcade: "
                    + "milliseconds between two hits (default: \(Playing().paceMs))"),
            own("at", "X,Y", help: "draw: where the picture's upper left corner goes (default: 0,0)"),
            own("part", "I/N", help: "draw: only the I-th of N interleaved parts, from 0 (default: 0/1)"),
            own("clicks-per-second", "N", help: "click: how fast (default: 5)"),
            own(
                "seconds", "S",
                help:
                    "click: for how long (default: 0, until Ctrl-C); relay: how long it lasts (default: 300)"),
            own("create", help: "relay: make one, and start it when enough players are in"),
            own("join", "CODE", help: "relay: take a place in this one"),
            own("players", "N", help: "relay --create: how many players are enough (default: 2)"),
            own(
                "answers", "KIND", .words(Relaying.Answers.allCases.map(\.rawValue)),
                help: "relay: right, wrong or mixed (default: right)"),
            own("rounds", "N", help: "arcade: how many runs (default: 1)"),
            own(
                "period", "P", .words(BoardPeriod.allCases.map(\.rawValue)),
                help: "leaderboard: day, week or all (default: all)"),
            .init("help", help: "print this help"),
            .init("version", help: "print the version"),
        ] + Manual.options

    /// An option that goes with some verbs alone, as those say.
    private static func own(
        _ name: String, _ valueName: String? = nil, _ values: ArgumentList.Values = .any, help: String
    ) -> ArgumentList.Option {
        let verbs = Verb.allCases.filter { $0.options.contains(name) }.map(\.rawValue)
        return ArgumentList.Option(name, valueName, values, with: verbs, help: help)
    }

    static let manual = Manual(
        program: program, summary: "play Pixel Wars by a script",
        forms: [.init("[OPTION...] [URL]", "JSON messages on stdin and stdout")]
            + Verb.allCases.map { .init("\($0.form) [OPTION...] [URL]", $0.summary) },
        description: [
            "Without a command, each line of stdin is a message of the WebSocket's JSON form, and each line of "
                + "stdout one of the server's. At the end of the input the bot waits for the answers that are "
                + "due and exits."
        ],
        commands: Verb.allCases.map { verb in
            .init(verb.rawValue, verb.operand == nil ? [] : [verb.values], help: verb.summary)
        }, options: options,
        variables: [.init("PIXELWARS_URL", "The server, where none is named.")],
        files: [
            .init(
                "$XDG_STATE_HOME/pixelwars",
                "Keys and sign-ins, one key a profile; ~/.local/state/pixelwars where that isn't set.")
        ],
        examples: [
            .init("pixelwars-bot draw cat.png --at 10,20", "Draws, and waits in the queue where it must."),
            .init("echo '{\"type\":\"play\"}' | pixelwars-bot", "Asks for a place, and prints the answer."),
        ], others: ["pixelwars", "pixelwars-server"])

    static var helpText: String {
        """
        \(manual.usage)

        Without a command, each line of stdin is a message of the WebSocket's JSON form, and each line of stdout
        one of the server's. At the end of the input the bot waits for the answers that are due and exits.

        \(ArgumentList.help(options))

        See docs/bots.md.
        """
    }
}

extension BotCommand.Verb {
    /// What its operand may be.
    var values: ArgumentList.Values {
        switch self {
        case .draw: .file
        case .arcade: .words(ArcadeGameID.all.map(\.rawValue))
        case .leaderboard: .words(Board.allCases.map(\.rawValue))
        case .wear, .buy, .feedback, .show, .click, .relay, .relays, .skins: .any
        }
    }

    /// Itself with what has to follow.
    var form: String {
        switch self {
        case .draw: "draw PICTURE.png"
        case .relay: "relay --create|--join CODE"
        case .arcade: "arcade GAME"
        case .leaderboard: "leaderboard BOARD"
        case .buy: "buy SKIN"
        case .wear: "wear SKIN|none"
        case .feedback: "feedback TEXT"
        case .show, .click, .relays, .skins: rawValue
        }
    }

    /// What it does, in a few words.
    var summary: String {
        switch self {
        case .draw: "place a picture's pixels until they stand"
        case .show: "print the canvas"
        case .click: "click for the planet that it is given"
        case .relay: "play a puzzle relay to its end"
        case .relays: "list the relays that can be joined"
        case .arcade: "play \(Self.alternatives(ArcadeGameID.all.map(\.rawValue)))"
        case .leaderboard: "who leads in \(Self.alternatives(Board.allCases.map(\.rawValue)))"
        case .skins: "list the skins"
        case .buy: "pay for a skin"
        case .wear: "put a skin on, or none"
        case .feedback: "tell the host something"
        }
    }
}
