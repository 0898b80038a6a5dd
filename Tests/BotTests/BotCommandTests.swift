import Arguments
import Protocol
import Testing
import Transport

@testable import Bot

@Suite("The bot's command line")
struct BotCommandTests {
    private func lines(_ arguments: [String]) throws -> BotCommand.Lines? {
        let command = try BotCommand(arguments: ["pixelwars-bot"] + arguments) { _ in nil }
        return if case .lines(_, let lines) = command { lines } else { nil }
    }

    @Test("asks for play once, or again and again")
    func requeue() throws {
        #expect(try lines([])?.requeues == false)
        #expect(try lines(["--requeue"])?.requeues == true)
        #expect(try lines(["--play", "--requeue", "--pace", "9"])?.wantsToPlay == true)
        #expect(BotCommand.helpText.contains("--requeue"))
    }

    private func command(_ line: String) throws -> BotCommand {
        let arguments = line.split(separator: " ").map(String.init)
        return try BotCommand(arguments: ["pixelwars-bot"] + arguments) { _ in nil }
    }

    @Test("clicks as a guest unless a profile is named")
    func click() throws {
        guard case .click(let guest, let standard) = try command("click") else {
            Issue.record("no click")
            return
        }
        #expect(guest.isGuest && standard.clicksPerSecond == 5 && standard.seconds == 0)
        let line = "click --profile ann --clicks-per-second 12.5 --seconds 30 http://example.org"
        guard case .click(let account, let clicking) = try command(line) else {
            Issue.record("no click")
            return
        }
        #expect(!account.isGuest && account.profile == "ann" && account.url.host == "example.org")
        #expect(clicking.clicksPerSecond == 12.5 && clicking.seconds == 30)
    }

    @Test("makes a relay or joins one by its code")
    func relay() throws {
        guard case .relay(let account, let made) = try command("relay --create --players 4 --answers mixed")
        else {
            Issue.record("no relay")
            return
        }
        #expect(!account.isGuest && made.players == 4 && made.answers == .mixed)
        guard case .relay(_, let joined) = try command("relay --join bcd-fgh"),
            case .join(let reference) = joined.way
        else {
            Issue.record("no relay")
            return
        }
        #expect(reference.description == "BCDFGH" && joined.answers == .right)
    }

    @Test("prints leaderboards and lists relays")
    func tables() throws {
        guard
            case .call(let guest, .leaderboard(.relay, .week)) = try command(
                "leaderboard relay --period week"),
            case .call(let account, .relays) = try command("relays")
        else {
            Issue.record("no tables")
            return
        }
        #expect(guest.isGuest && !account.isGuest)
    }

    @Test("plays an arcade game, some rounds at a pace")
    func arcade() throws {
        guard case .arcade(let account, let once) = try command("arcade shaky_dot") else {
            Issue.record("no game")
            return
        }
        #expect(!account.isGuest && once.game == .shakyDot && once.rounds == 1 && once.paceMs == 450)
        guard
            case .arcade(_, let often) = try command("arcade steps --rounds 3 --pace 600 http://example.org")
        else {
            Issue.record("no game")
            return
        }
        #expect(often.game == .steps && often.rounds == 3 && often.paceMs == 600)
    }

    @Test("asks one thing, as an account where it needs one")
    func calls() throws {
        let gold = try #require(SkinID(rawValue: "gold"))
        let calls: [(String, BotCommand.Call)] = [
            ("skins", .skins), ("buy gold", .buy(gold)), ("wear gold", .wear(gold)),
            ("wear none", .wear(nil)),
            ("leaderboard shaky_dot", .leaderboard(.arcade(.shakyDot), .all)),
        ]
        for (line, expected) in calls {
            guard case .call(let account, let call) = try command(line) else {
                Issue.record("no call: \(line)")
                continue
            }
            #expect(call == expected && account.isGuest == line.hasPrefix("leaderboard"))
        }
        let arguments = ["pixelwars-bot", "feedback", "more colors", "--guest"]
        guard
            case .call(let guest, .feedback(let message)) = try BotCommand(
                arguments: arguments, environment: { _ in nil })
        else {
            Issue.record("no feedback")
            return
        }
        #expect(guest.isGuest && message.text == "more colors")
    }

    @Test(
        "refuses what makes no sense, with one line",
        arguments: [
            ("relay", "relay needs either --create or --join CODE"),
            ("relay --create --join BCDFGH", "relay needs either --create or --join CODE"),
            ("relay --join AEIOU", "AEIOU is no relay's code (6 letters) or id"),
            ("relay --join BCDFGH --players 3", "--players goes with --create alone"),
            ("relay --create --players 17", "--players takes 1 to 16, not 17"),
            ("relay --create --answers none", "--answers takes right, wrong or mixed, not none"),
            ("relay --create --guest", "relay is not for guests"),
            ("draw x.png --guest", "draw is not for guests"),
            ("click --clicks-per-second 21", "--clicks-per-second takes 0.1 to 20, not 21"),
            ("click --seconds -1", "--seconds takes a number from 0, not -1"),
            ("show --at 1,1", "--at goes with draw alone"),
            ("click --create", "--create goes with relay alone"),
            ("leaderboard", "leaderboard needs a board: pixels, clicks, relay, dot, shaky_dot or steps"),
            ("leaderboard pixies", "pixies is no board (pixels, clicks, relay, dot, shaky_dot, steps)"),
            ("arcade", "arcade needs a game: dot, shaky_dot or steps"),
            ("arcade pong", "pong is no game (dot, shaky_dot, steps)"),
            ("arcade dot --rounds 0", "--rounds takes 1 to 1000, not 0"),
            ("arcade dot --pace 20", "arcade's --pace takes 250 to 10000 milliseconds, not 20"),
            ("arcade dot --guest", "arcade is not for guests"),
            ("click --rounds 2", "--rounds goes with arcade alone"), ("buy", "buy needs a skin"),
            ("buy Gold", "Gold is no skin's id (1 to 32 of a-z, 0-9 and -)"),
            ("wear", "wear needs a skin or none"), ("skins --guest", "skins is not for guests"),
            ("feedback", "feedback needs a text"),
            ("leaderboard relay --period month", "--period takes day, week or all, not month"),
            ("draw", "draw needs a PNG file"), ("relays http://a http://b", "unexpected argument http://b"),
        ])
    func refuses(line: String, complaint: String) {
        #expect(throws: ArgumentList.UsageError(complaint)) { try command(line) }
    }
}
