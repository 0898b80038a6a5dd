import Arguments
import Engine
import Protocol
import Testing

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
        (["review", "ban", "Ada"], .ban(account: "Ada", reason: HostOrder.noReason)),
        (["review", "unban", "Ada"], .unban(account: "Ada")),
        (["feedback", "list"], .feedback),
        (["skins", "list"], .skins),
    ])
    func `a host's words become a command`(words: [String], command: HostCommand) throws {
        #expect(try program(words)?.order == .command(command))
        #expect(try program(words)?.wantsJSON == false)
        #expect(try program(words + ["--json"])?.wantsJSON == true)
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
        (["review", "unban", "Ada", "--reason", "x"], "--reason belongs to `review ban`"),
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
        "review unban", "feedback list", "skins list", "skins install",
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
