import Arguments
import Client
import Foundation
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
        #expect(program.settings.color == .auto)
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
        #expect(program.settings.color == .ansi256)
        #expect(program.name == "Ada")
        #expect(program.profile == "second")
        #expect(try Self.parse(["--help", "nonsense"]) == .help)
        #expect(try Self.parse(["--version"]) == .version(isJSON: false))
        #expect(try Self.parse(["--json", "--version"]) == .version(isJSON: true))
        let key = KeyProgram(direction: .import, file: "f", profile: "p", force: true)
        #expect(try Self.parse(["key", "import", "f", "--force", "--profile", "p"]) == .key(key))
    }

    @Test("how a player signs in can be told, and nobody else is asked")
    func signIn() throws {
        #expect(try Self.screen([]).method == nil)
        #expect(try Self.screen(["--sign-in", "google"]).method == .google)
        #expect(try Self.screen(["play", "--sign-in=key", "--flat"]).method == .key)
        #expect(throws: ArgumentList.UsageError("--sign-in takes google or key")) {
            try Self.screen(["--sign-in", "apple"])
        }
        #expect(throws: ArgumentList.UsageError("--sign-in belongs to `play`")) {
            try Self.parse(["watch", "--sign-in", "google"])
        }
    }

    @Test("words in place of a screen are asked for where there would be one")
    func flat() throws {
        #expect(try Self.screen(["watch", "--flat"]).settings.isFlat)
        #expect(try !Self.screen([]).settings.isFlat)
        #expect(throws: ArgumentList.UsageError("--flat belongs to `play` and `watch`")) {
            try Self.parse(["export", "a.png", "--flat"])
        }
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
        #expect(other.settings.color == .ansi16 && other.profile == "admin")
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
            studio: studio, server: program.server, profile: program.profile
        ) { _ in }
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

    @Test("an option beats the variable, which beats the config file, which beats the standard")
    func order() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "pw-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appending(path: "c.json").path
        let text =
            #"{"url": "http://file:1", "profile": "kept", "theme": "dark", "charset": "ascii", "page": "shop"}"#
        try Data(text.utf8).write(to: URL(filePath: path))
        let program = try Self.screen(["--config", path])
        #expect(program.url.description == "http://file:1")
        #expect(program.profile == "kept" && program.page == .shop)
        #expect(program.settings.theme == .dark && program.settings.charset == .ascii)
        #expect(program.configFile?.path == path)
        let variables = [
            "PIXELWARS_CONFIG": path, "PIXELWARS_THEME": "light", "PIXELWARS_URL": "http://variable:2",
            "PIXELWARS_PROFILE": "other",
        ]
        let other = try Self.screen(["--charset", "unicode", "--profile", "third"], variables)
        #expect(other.url.description == "http://variable:2")
        #expect(other.settings.theme == .light && other.settings.charset == .unicode)
        #expect(other.profile == "third")
        #expect(try Self.screen(["http://operand:3", "--theme", "contrast"], variables).url.port == 3)
        guard case .studio(let studio) = try Self.parse(["skins"], ["PIXELWARS_CONFIG": path]) else {
            throw ProgramFailure("no studio")
        }
        #expect(studio.server == "http://file:1" && studio.profile == "kept")
    }

    @Test("what the options say comes into the settings")
    func settings() throws {
        let program = try Self.screen([
            "--ascii", "--reduced-motion", "--flat", "--no-mouse", "--touch", "on", "--overview=braille",
            "--stats", "--json", "--record", "r.cast", "--template", "dir/a@b.png@-3,12",
        ])
        let settings = Settings(
            charset: .ascii, overview: .braille, isMotionReduced: true, takesMouse: false, touch: .on,
            isFlat: true)
        #expect(program.settings == settings)
        #expect(program.output == OutputOptions(recording: "r.cast", printsStats: true, statsAreJSON: true))
        #expect(program.template?.file == "dir/a@b.png")
        #expect(program.template?.place == Place(x: -3, y: 12))
        #expect(try Self.screen(["--template", "a@b.png"]).template?.file == "a@b.png")
        #expect(try Self.screen(["watch", "--tour"]).isTour)
    }

    @Test("the settings that are printed are a config file that says the same")
    func printing() throws {
        let arguments = ["watch", "http://a:1", "--theme", "light", "--no-mouse", "--print-config"]
        guard case .printConfig(let config) = try Self.parse(arguments) else {
            throw ProgramFailure("nothing to print")
        }
        var read = Config()
        try read.take(try ConfigParser.parse(Array(config.node.json.utf8)))
        #expect(read.settings == Settings(theme: .light, takesMouse: false))
        #expect(read.url == "http://a:1" && read.page == .canvas && read.profile == "player")
    }

    @Test("health tells what is wrong with the settings, and looks at the rest all the same")
    func health() throws {
        for words in [["health", "http://a:1"], ["--health", "http://a:1", "--json"]] {
            guard case .health(let program) = try Self.parse(words, ["PIXELWARS_THEME": "blue"]) else {
                throw ProgramFailure("no health")
            }
            #expect(program.url.port == 1)
            #expect(program.configProblem?.contains("PIXELWARS_THEME takes auto") == true)
            #expect(program.isJSON == words.contains("--json"))
        }
    }

    @Test("every option is explained, and goes with commands that there are")
    func explained() {
        let verbs = Invocation.Verb.allCases.map(\.rawValue)
        for option in Invocation.options {
            #expect(Invocation.usage.contains("--\(option.name)"))
            #expect(!option.help.isEmpty && option.commands.allSatisfy(verbs.contains), "\(option.name)")
        }
    }

    @Test("a failure is a line for people, and an object on one line for programs")
    func complaints() {
        let complaint = Complaint(code: .usage, message: "no \"such\" thing")
        #expect(complaint.json == #"{"error": {"code": "usage", "message": "no \"such\" thing"}}"#)
    }

    @Test(
        "a wrong command line is refused in one line",
        arguments: [
            ["skins", "a", "b"], ["--server", "http://a"], ["skins", "--server", "a"], ["play", "no-url"],
            ["ftp://x"], ["--color", "blue"], ["--name", ""], ["--nonsense"],
            ["export"], ["key"], ["key", "show", "f"], ["key", "export"], ["play", "http://a", "http://b"],
            ["play", "--force"], ["--page", "ad"], ["skins", "--name", "Ada"], ["skins", "--page", "shop"],
            ["export", "f.png", "--name", "Ada"], ["--name", "a\u{202e}b"], ["--theme", "blue"],
            ["export", "f.png", "--flat"], ["--json"], ["--template", ""], ["--tour"], ["--profile", "a/b"],
            ["--config", "/nowhere/there/is.json"], ["health", "--theme", "dark"], ["watch", "--health"],
            ["health", "http://a", "b"], ["skins", "--print-config"],
        ])
    func wrong(arguments: [String]) {
        let error = #expect(throws: ArgumentList.UsageError.self) { try Self.parse(arguments) }
        #expect(error?.message.isEmpty == false)
        #expect(error?.message.contains("\n") == false)
    }
}
