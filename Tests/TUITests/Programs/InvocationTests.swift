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

    @Test("the studio takes a file, and a server that a skin may be offered on")
    func studio() throws {
        guard case .studio(let plain) = try Self.parse(["skins"], ["PIXELWARS_URL": "https://example.org"])
        else { throw ProgramFailure("no studio") }
        #expect(plain.file == nil && plain.server == "https://example.org")
        #expect(plain.profile == "player")
        let arguments = ["skins", "a/b.json", "--server", "wss://h:1", "--color=16", "--profile", "admin"]
        guard case .studio(let other) = try Self.parse(arguments) else { throw ProgramFailure("no studio") }
        #expect(other.file == "a/b.json" && other.server == "wss://h:1")
        #expect(other.color == .ansi16 && other.profile == "admin")
    }

    @Test("a variable that is no URL keeps nobody from the studio, and is told when a server is asked")
    func studioWithoutServer() throws {
        let variable = ["PIXELWARS_URL": "nonsense"]
        guard case .studio(let program) = try Self.parse(["skins"], variable) else {
            throw ProgramFailure("no studio")
        }
        #expect(throws: ArgumentList.UsageError.self) { try Self.parse(["play"], variable) }
        let bytes = try SkinSamples.file("aurora")
        var studio = try StudioSamples.studio()
        let stage = StudioStage(
            studio: studio, server: program.server, profile: program.profile, inbox: try Inbox<StudioNews>())
        #expect(studio.control("p") == [.install(bytes)])
        #expect(stage.take(.key(KeyPress(.character("p"), .control))) == [])
        let frame = stage.frame
        let status = GridText.characters(frame, row: frame.rows - 1)
        #expect(status.contains("not a server's URL: nonsense"), "\(status)")
    }

    @Test("players begin at home and watchers at the canvas; an option beats the variable, which beats that")
    func pages() throws {
        #expect(try Self.screen([]).page == .home)
        #expect(try Self.screen(["watch"]).page == .canvas)
        #expect(try Self.screen(["--page", "arcade"]).page == .arcade)
        #expect(try Self.screen(["watch", "--page=clicks"]).page == .clicks)
        #expect(try Self.screen([], ["PIXELWARS_PAGE": "relays"]).page == .relays)
        #expect(try Self.screen(["--page", "shop"], ["PIXELWARS_PAGE": "relays"]).page == .shop)
        #expect(try Self.screen([], ["PIXELWARS_PAGE": ""]).page == .home)
        #expect(throws: ArgumentList.UsageError.self) { try Self.screen([], ["PIXELWARS_PAGE": "nowhere"]) }
    }

    @Test(
        "a wrong command line is refused in one line",
        arguments: [
            ["skins", "a", "b"], ["--server", "http://a"], ["skins", "--server", "a"], ["play", "no-url"],
            ["ftp://x"], ["--color", "blue"], ["--name", ""], ["--nonsense"],
            ["export"], ["key"], ["key", "show", "f"], ["key", "export"], ["play", "http://a", "http://b"],
            ["play", "--force"], ["--page", "ad"], ["skins", "--name", "Ada"], ["skins", "--page", "shop"],
            ["export", "f.png", "--name", "Ada"], ["--name", "a\u{202e}b"],
        ])
    func wrong(arguments: [String]) {
        let error = #expect(throws: ArgumentList.UsageError.self) { try Self.parse(arguments) }
        #expect(error?.message.isEmpty == false)
        #expect(error?.message.contains("\n") == false)
    }
}
