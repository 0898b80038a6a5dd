import Foundation
import Synchronization
import Testing
import Transport

@testable import TUI

@Suite struct SettingsKeeperTests {
    private static func program(_ file: ConfigFile?) throws -> ScreenProgram {
        var program = try InvocationTests.screen(["--color", "16"])
        program.configFile = file
        return program
    }

    @Test("each change is kept beside those before, and what the command line asked for isn't")
    func keeps() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "pw-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = try #require(ConfigFile(named: nil) { $0 == "XDG_CONFIG_HOME" ? directory.path : nil })
        let program = try Self.program(file)
        let keep = program.keeper { Issue.record("told: \($0)") }
        var settings = program.settings
        settings.theme = .light
        keep(settings)
        settings.alert = .desktop
        keep(settings)
        keep(settings)
        settings.theme = .auto
        keep(settings)
        #expect(try file.read().line == #"{"theme": "auto", "alert": "desktop"}"#)
    }

    @Test("a change that can't be kept is told, and tried again with the next")
    func fails() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "pw-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appending(path: "c.json").path
        try Data("{".utf8).write(to: URL(filePath: path))
        let file = try #require(ConfigFile(named: path) { _ in nil })
        let program = try Self.program(file)
        let told = Mutex<[String]>([])
        let keep = program.keeper { words in told.withLock { $0.append(words) } }
        var settings = program.settings
        settings.theme = .light
        keep(settings)
        #expect(told.withLock { $0.count } == 1)
        #expect(told.withLock { $0[0].contains(path) })
        try Data("{}".utf8).write(to: URL(filePath: path))
        settings.alert = .none
        keep(settings)
        #expect(try file.read().line == #"{"theme": "light", "alert": "none"}"#)
        try Self.program(nil).keeper { words in told.withLock { $0.append(words) } }(settings)
        #expect(told.withLock { $0.count } == 2)
    }

    @Test("who can't have settings kept sees why")
    func toast() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.update(.server(.unkept("c.json:1: no")), nowMs: 60_005)
        let frame = View.frame(of: model)
        #expect((0..<frame.rows).contains { GridText.characters(frame, row: $0).contains("c.json:1: no") })
    }
}
