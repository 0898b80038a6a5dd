import Arguments
import Engine
import Glibc
import Protocol
import Telegram
import Testing
import Transport

@testable import Server

@Suite struct TelegramSettingsTests {
    private let secret = "AAE-abc_DEF0123456789abcdefghijklmn"
    private let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    private func configuration(
        _ arguments: [String], _ environment: [String: String] = [:]
    ) throws -> ServerConfiguration {
        let command = try ServerCommand(arguments: ["pixelwars-server"] + arguments, environment: environment)
        guard case .serve(let configuration) = command else {
            throw ArgumentList.UsageError("not a serve command")
        }
        return configuration
    }

    private func file(_ text: String, mode: mode_t = 0o600) throws -> String {
        let file = try scratch.write("token", Array(text.utf8))
        chmod(file, mode)
        return file
    }

    private func refusal(_ settings: ServerConfiguration.TelegramBot) -> String? {
        do throws(ServerProcess.StartFailure) {
            _ = try TelegramDesk.Settings(settings)
            return nil
        } catch {
            return error.message
        }
    }

    @Test func `there is no bot without a token's file`() throws {
        let settings = try configuration([]).telegram
        #expect(settings == ServerConfiguration.TelegramBot())
        #expect(try TelegramDesk.Settings(settings) == nil)
    }

    @Test func `options and variables name the file, people and groups`() throws {
        let file = try file("4711:\(secret)\n")
        let byOptions = try configuration([
            "--telegram-token-file", file, "--telegram-user", "5", "--telegram-user=6",
            "--telegram-group=-100",
            "--telegram-api", "http://127.0.0.1:9/", "--telegram-poll-seconds", "2",
        ])
        let byVariables = try configuration(
            [],
            [
                "PIXELWARS_TELEGRAM_TOKEN_FILE": file, "PIXELWARS_TELEGRAM_USER": "5,6",
                "PIXELWARS_TELEGRAM_GROUP": "-100", "PIXELWARS_TELEGRAM_API": "http://127.0.0.1:9/",
                "PIXELWARS_TELEGRAM_POLL_SECONDS": "2",
            ])
        #expect(byOptions == byVariables)
        let settings = try #require(try TelegramDesk.Settings(byOptions.telegram))
        #expect(settings.rules == BotRules(bot: 4711, users: [5, 6], groups: [-100], pollSeconds: 2))
        #expect(settings.token.target(of: "getMe") == "/bot4711:\(secret)/getMe")
        let printed = ServerCommand.configurationText(byOptions)
        #expect(printed.contains("telegram-token-file = \(file)\ntelegram-user = 5\ntelegram-user = 6"))
        #expect(!printed.contains(secret))
    }

    @Test(arguments: [
        ["--telegram-user", "0"], ["--telegram-user", "ada"], ["--telegram-user", "-5"],
        ["--telegram-group", "5"],
        ["--telegram-api", "api.telegram.org"], ["--telegram-api", "https://host/path"],
        ["--telegram-poll-seconds", "51"], ["--telegram-user", "5"], ["--telegram-token-file", "/f"],
        ["--telegram-token-file", ""],
    ])
    func `what can't be meant is refused at the start`(arguments: [String]) {
        #expect(throws: ArgumentList.UsageError.self) { try configuration(arguments) }
    }

    @Test func `a token's file that others can read, or that holds none, is refused without its words`()
        throws
    {
        var settings = ServerConfiguration.TelegramBot(tokenFile: scratch.path + "/none", users: [5])
        #expect(refusal(settings)?.contains("doesn't exist") == true)
        for (text, mode, words) in [
            ("4711:\(secret)", 0o644, "chmod 600"), ("my token", 0o600, "no token"),
            ("", 0o600, "must hold 1 to 256 bytes"),
            (String(repeating: "x", count: 300), 0o600, "must hold 1 to 256 bytes"),
        ] as [(String, mode_t, String)] {
            settings.tokenFile = try file(text, mode: mode)
            let message = refusal(settings) ?? ""
            #expect(message.hasPrefix("telegram-token-file \(scratch.path)/token"), "\(message)")
            #expect(message.contains(words), "\(message)")
            #expect(!message.contains(secret) && !message.contains("my token"))
        }
    }

    @Test func `of what was kept a bot remembers its own`() throws {
        let settings = try #require(
            try TelegramDesk.Settings(
                ServerConfiguration.TelegramBot(tokenFile: try file("4711:\(secret)"), users: [5])))
        func books(_ bot: Int64) -> BotMemory {
            BotMemory(
                offset: TelegramOffset(bot: bot, update: 5, atMs: 1),
                chats: [TelegramChat(bot: bot, id: 5, user: 5, wantsFeedback: true)],
                owed: [OwedAnswer(bot: bot, update: 5, chat: 5, order: "/x")])
        }
        let (own, other) = (books(4711), books(4712))
        let all = TelegramBooks(
            offsets: [other.offset, own.offset].compactMap { $0 }, chats: other.chats + own.chats,
            owed: own.owed + other.owed)
        #expect(settings.memory(all) == own)
        #expect(settings.memory(TelegramBooks()) == BotMemory())
    }

    @Test func `no line of the log has the token in it`() throws {
        let token = try #require(BotToken("4711:\(secret)"))
        let api = try #require(ServerURL("https://api.telegram.org"))
        let target = token.target(of: "getUpdates")
        for code in [
            TransportError.Code.timedOut, .connectionRefused, .connectionLost, .tls, .protocolViolation,
            .system,
        ] {
            let words = TelegramDesk.words(TransportError(code, "no answer to \(target)"), token, api)
            #expect(!words.contains(secret))
        }
        let notes: [BotNote] = [
            .trouble(method: "getUpdates", .unreachable("x \(target)"), retryMs: 5), .ready(name: "B"),
            .trouble(method: "getUpdates", .conflict("x \(target)"), retryMs: 5),
            .dropped(method: "sendMessage", reason: target), .recovered(method: "getUpdates"),
            .stranger(user: 5, chat: 6, unshown: 7), .order(user: 5, update: 6, order: "/clear"),
        ]
        for note in notes {
            let line = Log.Line(note, hiding: token)
            let text = Log(level: .debug, format: .json).rendered("T", line.level, line.event, line.fields)
            #expect(!text.contains(secret))
        }
    }

    @Test func `the log tells of trouble, of strangers and of orders`() throws {
        let token = try #require(BotToken("4711:\(secret)"))
        func text(_ note: BotNote) -> String {
            let line = Log.Line(note, hiding: token)
            return Log(level: .debug, format: .text).rendered("T", line.level, line.event, line.fields)
        }
        #expect(
            text(.trouble(method: "getMe", .badToken, retryMs: 900_000))
                == "T error telegram_trouble method=getMe reason=bad_token "
                + "message=\"Telegram knows no bot with this token\" retry_ms=900000")
        #expect(
            text(.stranger(user: 5, chat: 6, unshown: 7))
                == "T warning telegram_stranger user=5 chat=6 not_shown_before=7")
        #expect(
            text(.order(user: 5, update: 6, order: "/ban Bob"))
                == "T info telegram_order user=5 update=6 order=\"/ban Bob\"")
    }
}
