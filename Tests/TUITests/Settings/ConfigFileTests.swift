import Foundation
import Testing

@testable import TUI

@Suite struct ConfigFileTests {
    private static func inDirectory(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(
            path: "pixelwars-config-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory.path)
    }

    private static func file(_ variables: [String: String]) throws -> ConfigFile {
        try #require(ConfigFile(named: nil) { variables[$0] })
    }

    private static func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("the file stands where XDG says; a relative path there doesn't count, and a name beats all")
    func places() throws {
        #expect(try Self.file(["XDG_CONFIG_HOME": "/c", "HOME": "/h"]).path == "/c/pixelwars/config.json")
        let relative = try Self.file(["XDG_CONFIG_HOME": "c", "HOME": "/h"])
        #expect(relative.path == "/h/.config/pixelwars/config.json")
        #expect(!relative.isNamed)
        #expect(try Self.file(["PIXELWARS_CONFIG": "x.json", "HOME": "/h"]).path == "x.json")
        let named = try #require(ConfigFile(named: "y.json") { _ in "x.json" })
        #expect(named.path == "y.json" && named.isNamed)
        #expect(ConfigFile(named: nil) { _ in nil } == nil)
    }

    @Test("the standard file may be absent, a named one may not")
    func absence() throws {
        try Self.inDirectory { directory in
            #expect(try Self.file(["HOME": directory]).read() == .object([]))
            let named = try #require(ConfigFile(named: directory + "/none.json") { _ in nil })
            let problem = #expect(throws: ConfigProblem.self) { try named.read() }
            #expect(problem?.message.contains("none.json") == true)
        }
    }

    @Test("a problem is one line with file and line")
    func problems() throws {
        try Self.inDirectory { directory in
            let path = directory + "/c.json"
            let file = try #require(ConfigFile(named: path) { _ in nil })
            try Data("{\n\"theme\":\n\"a\\u001b[31mb\"}".utf8).write(to: URL(filePath: path))
            var config = Config()
            let problem = #expect(throws: ConfigProblem.self) { try file.apply(to: &config) }
            #expect(problem?.message.hasPrefix("\(path):2: \"theme\" takes") == true)
            #expect(problem?.message.contains("\u{1b}") == false)
            try Data(repeating: 0x20, count: ConfigFile.maxBytes + 1).write(to: URL(filePath: path))
            #expect(throws: ConfigProblem.self) { try file.read() }
        }
    }

    @Test("only what changed is written, for its owner alone, into directories made for that")
    func keeping() throws {
        try Self.inDirectory { directory in
            let file = try Self.file(["HOME": directory + "/home"])
            var settings = Settings()
            try file.keep(settings, insteadOf: settings)
            #expect(!file.exists)
            let former = settings
            settings.theme = .light
            settings.takesMouse = false
            try file.keep(settings, insteadOf: former)
            let text = try String(contentsOfFile: file.path, encoding: .utf8)
            #expect(text == "{\n    \"theme\": \"light\",\n    \"mouse\": false\n}\n")
            #expect(try Self.mode(file.path) == 0o600)
            #expect(try Self.mode(directory + "/home/.config/pixelwars") == 0o700)
        }
    }

    @Test("what the file says besides is kept, unknown keys, order and numbers too")
    func others() throws {
        try Self.inDirectory { directory in
            let path = directory + "/c.json"
            try Data(#"{"later": 1.0, "theme": "dark", "url": "http://a", "alert": "none"}"#.utf8)
                .write(to: URL(filePath: path))
            let file = try #require(ConfigFile(named: path) { _ in nil })
            // The command line asked for other colors than the file: they stay the command line's.
            let former = Settings(color: .ansi16, theme: .dark)
            var settings = former
            settings.theme = .contrast
            settings.keys.changes = [.init(scene: "canvas", action: "undo", keys: [KeyPress(.left, .shift)])]
            try file.keep(settings, insteadOf: former)
            #expect(
                try file.read().line
                    == #"{"later": 1.0, "theme": "contrast", "url": "http://a", "alert": "none", "#
                    + #""keys": {"canvas": {"undo": ["⇧←"]}}}"#)
        }
    }

    @Test("a file that can't be read is left alone, and a link stays one")
    func care() throws {
        try Self.inDirectory { directory in
            let real = directory + "/real.json"
            let link = directory + "/link.json"
            try Data("{broken".utf8).write(to: URL(filePath: real))
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
            let file = try #require(ConfigFile(named: link) { _ in nil })
            let light = Settings(theme: .light)
            #expect(throws: ConfigProblem.self) { try file.keep(light, insteadOf: Settings()) }
            #expect(try String(contentsOfFile: real, encoding: .utf8) == "{broken")
            try Data("{}".utf8).write(to: URL(filePath: real))
            try file.keep(light, insteadOf: Settings())
            #expect(try String(contentsOfFile: real, encoding: .utf8).contains("light"))
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == real)
        }
    }
}
