import Arguments
import Engine
import Protocol
import Testing
import Transport

@testable import Server

@Suite struct HostOrderTests {
    private func program(_ words: [String]) throws -> HostProgram? {
        let command = try ServerCommand(
            arguments: ["pixelwars-server"] + words, environment: ["HOME": "/home/a"])
        if case .host(let program) = command { return program }
        return nil
    }

    @Test(arguments: [
        (["admin", "list"], HostCommand.list(all: false)),
        (["admin", "list", "--all"], .list(all: true)),
        (["admin", "kick", "Ada"], .kick(account: "Ada")),
        (["admin", "grant", "Ada", "moderator"], .grant(account: "Ada", role: .moderator)),
        (["review", "list"], .flags),
        (["review", "clear", "Ada"], .clearFlags(account: "Ada")),
        (
            ["review", "ban", "Ada", "--reason", "Two hands, one key"],
            .ban(account: "Ada", reason: "Two hands, one key")
        ),
        (["review", "ban", "--reason=x", "Ada"], .ban(account: "Ada", reason: "x")),
        (["review", "ban", "Ada"], .ban(account: "Ada", reason: HostCommand.noBanReason)),
        (["review", "unban", "Ada"], .unban(account: "Ada")),
        (["admin", "ban", "Ada", "--reason", "x"], .ban(account: "Ada", reason: "x")),
        (
            ["admin", "ban", "Ada", "--until", "2026-01-02T03:04:05Z", "--reason", "x"],
            .ban(account: "Ada", reason: "x", until: 1_767_323_045_000)
        ),
        (["admin", "unban", "Ada"], .unban(account: "Ada")),
        (["admin", "announce", " Back\nsoon "], .announce(message: "Back soon")),
        (["admin", "knobs"], .knobs),
        (["admin", "knobs", "--reset", "ads"], .setKnob(name: "ads", value: nil)),
        (["admin", "set", "max-players", "7"], .setKnob(name: "max-players", value: "7")),
        (["admin", "set", "place-rate", "0"], .setKnob(name: "place-rate", value: "0")),
        (["admin", "audit"], .audit(limit: 100)), (["admin", "audit", "--limit", "7"], .audit(limit: 7)),
        (["admin", "status"], .status),
        (["feedback", "list"], .feedback),
        (["skins", "list"], .skins),
    ])
    func `a host's words become a command`(words: [String], command: HostCommand) throws {
        #expect(try program(words)?.order == .command(command))
        #expect(try program(words)?.wantsJSON == false)
        #expect(try program(words + ["--json"])?.wantsJSON == true)
    }

    @Test(arguments: [("30m", 1_800_000), ("12h", 43_200_000), ("7d", 604_800_000)] as [(String, Int64)])
    func `how long a ban lasts counts from when it is given`(text: String, forMs: Int64) throws {
        let order = try program(["admin", "ban", "Ada", "--until", text])?.order
        #expect(order == .ban(account: "Ada", reason: HostCommand.noBanReason, forMs: forMs))
        guard case .ban(_, _, let untilMs?) = try order?.command() else {
            Issue.record("no ban")
            return
        }
        #expect(abs(untilMs - forMs - WallClock.nowMs) < 60_000)
    }

    @Test func `the settings around it count`() throws {
        #expect(try program(["--data", "/d", "admin", "kick", "Ada"])?.configuration.dataDirectory == "/d")
        #expect(try program(["skins", "list", "--data", "/d"])?.configuration.dataDirectory == "/d")
    }

    @Test(arguments: [
        (["play"], "unknown command play"), (["rev"], "unknown command rev"),
        (["--all"], "--all belongs to a host's command"),
        (["--json"], "--json belongs to a host's command"),
        (["--reason", "x"], "--reason belongs to a host's command"),
        (["feedback", "list", "--all"], "--all belongs to `admin list`"),
        (["admin", "kick", "Ada", "--all"], "--all belongs to `admin list`"),
        (["review", "unban", "Ada", "--reason", "x"], "--reason belongs to `review ban` and `admin ban`"),
        (["admin", "kick", "Ada", "--until", "7d"], "--until belongs to `review ban` and `admin ban`"),
        (["admin", "list", "--reset", "ads"], "--reset belongs to `admin knobs`"),
        (["admin", "list", "--limit", "7"], "--limit belongs to `admin audit`"),
        (["admin", "audit", "--limit", "0"], "--limit must be a whole number from 1 to 500"),
        (
            ["admin", "ban", "Ada", "--until", "0d"],
            "--until must be how long, as in 30m, 12h or 7d, or a time, as in 2026-01-02T03:04:05Z"
        ),
        (
            ["admin", "set", "max-players", "0"],
            "max-players: \"0\" is not a whole number from 1 to 1000000"
        ),
        (["admin", "set", "ads", "maybe"], "ads: \"maybe\" is not on or off"),
        (
            ["admin", "knobs", "--reset", "tick-ms"],
            "\"tick-ms\" is no knob: place-rate, max-players, max-queued, idle-seconds, spectator-cooldown, ads"
        ),
        (["admin", "announce", "\u{200b}"], "an announcement is 1 to 280 characters that show"),
        (["review", "ban", "Ada", "--reason", ""], "--reason must be 1 to 200 printable characters"),
        (
            ["review", "ban", "Ada", "--reason", "\u{1b}[2J"],
            "--reason must be 1 to 200 printable characters"
        ),
        (["admin", "grant", "Ada", "king"], "\"king\" is no role: player, moderator, admin"),
        (
            ["admin", "kick", String(repeating: "a", count: Limits.maxHostCommandBytes)],
            "that is too long for an account"
        ),
    ])
    func `anything else is wrong usage, and says why`(words: [String], message: String) {
        #expect(throws: ArgumentList.UsageError(message)) { try program(words) }
    }

    @Test(arguments: [
        ["admin"], ["admin", "kick"], ["admin", "kick", "a", "b"], ["review"], ["review", "ban"],
        ["review", "list", "all"], ["feedback"], ["feedback", "install"], ["skins", "install"],
        ["skins", "install", "a", "b"], ["skins", "dance"],
    ])
    func `words that are no command are answered with those of their kind`(words: [String]) throws {
        let error = #expect(throws: ArgumentList.UsageError.self) { try program(words) }
        let message = try #require(error?.message)
        let lines = message.split(separator: "\n")
        #expect(lines.count > 1)
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("pixelwars-server \(words[0]) ") })
    }

    @Test(arguments: [
        "admin list", "admin kick", "admin grant", "review list", "review clear", "review ban",
        "review unban", "feedback list", "skins list", "skins install", "admin ban", "admin unban",
        "admin announce", "admin knobs", "admin set", "admin audit", "admin status",
    ])
    func `the help names every command`(words: String) {
        #expect(ServerCommand.helpText.contains("\npixelwars-server \(words) "))
    }
}

@Suite struct SkinInstallTests {
    private let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    private func command(_ bytes: [UInt8]) throws -> HostCommand {
        try HostOrder.install(file: try scratch.write("skin.json", bytes)).command()
    }

    private func refusal(_ bytes: [UInt8]) throws -> String? {
        let failure = #expect(throws: HostProgram.Failure.self) { try command(bytes) }
        return failure?.message.replacing(scratch.path + "/", with: "")
    }

    @Test func `a skin's file becomes a command that says the same`() throws {
        let bytes = try asset("skins/noir.json")
        #expect(try command(bytes) == .installSkin(json: String(decoding: bytes, as: UTF8.self)))
    }

    @Test func `a file that is wrong is refused by its name and the field's, before anyone is asked`() throws
    {
        let text = String(decoding: try asset("skins/noir.json"), as: UTF8.self)
        let dear = text.replacing(/"price": \d+/, with: "\"price\": -1")
        #expect(try refusal(Array(dear.utf8)) == "skin.json: field \"price\" must be from 0 to 1000000")
        let odd = text.replacing("\"snow\"", with: "\"snot\"")
        #expect(try refusal(Array(odd.utf8))?.contains("there is no \"snot\"") == true)
        #expect(try refusal([0xff]).map { $0.hasPrefix("skin.json: ") } == true)
        let invalid = Array(text.utf8).map { $0 == UInt8(ascii: "N") ? 0xff : $0 }
        #expect(try refusal(invalid).map { $0.hasPrefix("skin.json: ") } == true)
    }

    @Test func `a file that is missing or too long is refused by its name`() throws {
        let none = HostOrder.install(file: scratch.path + "/none.json")
        #expect(
            throws: HostProgram.Failure(message: "\(scratch.path)/none.json: No such file or directory")
        ) { try none.command() }
        let long = [UInt8](repeating: UInt8(ascii: " "), count: Limits.maxSkinBytes + 1)
        #expect(try refusal(long) == "skin.json: more than \(Limits.maxSkinBytes) bytes")
    }

    @Test(arguments: ["\n", "\t", " "])
    func `the longest file fits into a command`(padding: Character) throws {
        let text = String(decoding: try asset("skins/noir.json"), as: UTF8.self)
        let rest = Limits.maxSkinBytes - text.utf8.count
        let command = try command(Array((text + String(repeating: padding, count: rest)).utf8))
        let line = HostWire.encode(command)
        #expect(line.count <= Limits.maxHostCommandBytes)
        #expect(!line.contains(UInt8(ascii: "\n")))
        #expect(HostWire.command(line) == command)
    }
}
