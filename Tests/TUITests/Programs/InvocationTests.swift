import Arguments
import Client
import Testing
import Transport

@testable import TUI

@Suite struct InvocationTests {
    static func parse(
        _ arguments: [String], _ environment: [String: String] = [:]
    ) throws(ArgumentList.UsageError) -> Invocation {
        try Invocation.parse(["pixelwars"] + arguments) { environment[$0] }
    }

    static func screen(_ arguments: [String], _ environment: [String: String] = [:]) throws -> ScreenProgram {
        guard case .screen(let program) = try parse(arguments, environment) else {
            throw ProgramFailure("no screen: \(arguments)")
        }
        return program
    }

    @Test("playing is what happens without a command, on this machine's server")
    func defaults() throws {
        let program = try Self.screen([])
        #expect(program.purpose == .play)
        #expect(program.url.description == ServerChoice.standardURL)
        #expect(program.profile == "player")
        #expect(program.color == .auto)
        #expect(try Self.screen(["play"]) == program)
    }

    @Test("an operand beats the variable, which beats the default")
    func urls() throws {
        let variable = ["PIXELWARS_URL": "https://example.org"]
        #expect(try Self.screen(["watch"], variable).url.description == "https://example.org")
        #expect(try Self.screen(["ws://localhost:9"], variable).url.description == "http://localhost:9")
        #expect(try Self.screen(["watch", "wss://h"], variable).purpose == .watch)
        #expect(try Self.screen([], ["PIXELWARS_URL": ""]).url.description == ServerChoice.standardURL)
    }

    @Test("options are taken anywhere")
    func options() throws {
        let program = try Self.screen(["--color", "256", "play", "--name=Ada", "--profile", "second"])
        #expect(program.color == .ansi256)
        #expect(program.name == "Ada")
        #expect(program.profile == "second")
        #expect(try Self.parse(["--help", "nonsense"]) == .help)
        #expect(try Self.parse(["--version"]) == .version)
        let key = KeyProgram(direction: .import, file: "f", profile: "p", force: true)
        #expect(try Self.parse(["key", "import", "f", "--force", "--profile", "p"]) == .key(key))
    }

    @Test(
        "a wrong command line is refused in one line",
        arguments: [
            ["skins"], ["play", "no-url"], ["ftp://x"], ["--color", "blue"], ["--name", ""], ["--nonsense"],
            ["export"], ["key"], ["key", "show", "f"], ["key", "export"], ["play", "http://a", "http://b"],
            ["play", "--force"], ["--name", "a\u{202e}b"],
        ])
    func wrong(arguments: [String]) {
        let error = #expect(throws: ArgumentList.UsageError.self) { try Self.parse(arguments) }
        #expect(error?.message.isEmpty == false)
        #expect(error?.message.contains("\n") == false)
    }
}
