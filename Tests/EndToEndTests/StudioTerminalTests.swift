import Foundation
import Testing

extension EndToEnd.OnTerminals {
    /// The skin studio in a real terminal, and what comes of its file.
    @Suite struct StudioTerminalTests {
        let server: TestServer
        let file: String

        init() throws {
            server = try TestServer(canvas: "40x24")
            file = server.directory.path + "/mine.json"
            let project = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
            try FileManager.default.copyItem(
                atPath: project.joined(separator: "/") + "/assets/skins/aurora.json", toPath: file)
        }

        private func members() throws -> [String: Any] {
            let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: file)))
            return try #require(json as? [String: Any])
        }

        @Test("a skin is changed by keys, saved, and put up for sale by the host's program")
        func studio() throws {
            let before = try #require(try members()["inputs"] as? [String: [String]])
            let terminal = try Terminal(
                columns: 120, rows: 40, program: "pixelwars", ["skins", file],
                environment: [
                    "XDG_STATE_HOME": server.directory.path + "/state", "LC_ALL": "C.UTF-8",
                    "COLORTERM": "truecolor",
                ], in: server.directory)
            try eventually("the studio") { try terminal.text().contains("Base colors") }
            try terminal.type("Up")
            try terminal.type("C-u")
            try terminal.type("-l", "--", "my-aurora")
            try eventually("the new id") { try terminal.text().contains("my-aurora") }
            try terminal.type("Down", "Down", "Down", "Down")
            // The first color of the cursor becomes the one to the right of it in the grid.
            try terminal.type("Enter")
            try terminal.type("Right")
            try terminal.type("Enter")
            try terminal.type("C-s")
            try eventually("the saved file") { try members()["id"] as? String == "my-aurora" }
            let after = try #require(try members()["inputs"] as? [String: [String]])
            #expect(after["cursor"]?.count == before["cursor"]?.count)
            #expect(after["cursor"] != before["cursor"])
            #expect(after.filter { $0.key != "cursor" } == before.filter { $0.key != "cursor" })
            try terminal.type("C-q")
            try eventually("the end") { try terminal.isOver() }
            let host = try ChildProcess(
                ChildProcess.path(of: "pixelwars-server"), ["skins", "install", file, "--data", server.data],
                environment: [:], in: server.directory.path)
            let words = try host.output()
            try #require(try host.wait() == .exited(0), "\(host.errors)")
            #expect(words.contains("my-aurora"))
            #expect(words.contains("is for sale"))
        }
    }
}
