import Protocol
import Testing

@testable import Server

@Suite struct ChosenFileTests {
    @Test func `a host's own numbers of the arcade stand in the place of the built-in ones`() throws {
        let scratch = try ScratchDirectory()
        let text = String(decoding: try asset("arcade.json"), as: UTF8.self)
            .replacing("\"threshold\": 8", with: "\"threshold\": 9")
        let file = try scratch.write("arcade.json", Array(text.utf8))
        #expect(try ChosenFile.arcadeRules(file, else: .standard).burst.threshold == 9)
        #expect(try ChosenFile.arcadeRules(nil, else: .standard) == .standard)
    }

    @Test func `a wrong file is refused with the setting, the file and the field`() throws {
        let scratch = try ScratchDirectory()
        let file = try scratch.write("arcade.json", Array(#"{"burst":{}}"#.utf8))
        let failure = #expect(throws: ServerProcess.StartFailure.self) {
            try ChosenFile.arcadeRules(file, else: .standard)
        }
        #expect(failure?.message == "arcade \(file): field \"login_bonus\" is missing")
        let missing = #expect(throws: ServerProcess.StartFailure.self) {
            try ChosenFile.palette(scratch.path + "/none.json")
        }
        #expect(missing?.message == "palette \(scratch.path)/none.json: No such file or directory")
    }

    @Test func `no palette is the standard one`() throws {
        #expect(try ChosenFile.palette(nil) == .standard)
    }
}
