import Foundation
import Glibc
import Testing

extension EndToEnd.OnTerminals {
    /// A host's evening in the real client, by keys alone, with the roles that `--admin` gives.
    @Suite struct AdminTerminalTests {
        let server: TestServer

        /// A server that someone is admin of, with pixels by someone else.
        init() throws {
            server = try TestServer(["--ads", "off"], canvas: "64x48")
            try bot("host", [])
            let host = try #require(try accounts().first { $0["name"] as? String == "host" })
            try server.kill()
            try server.restart(adding: ["--admin", try #require(host["id"] as? String)])
        }

        /// Runs a bot to its end.
        private func bot(_ name: String, _ lines: [String]) throws {
            let process = try ChildProcess(
                ChildProcess.path(of: "pixelwars-bot"),
                ["--play", "--profile", name, "--name", name, server.url],
                environment: ["XDG_STATE_HOME": server.directory.path + "/state"], in: server.directory.path)
            for line in lines { try process.say(line) }
            process.endInput()
            _ = try process.output()
            try #require(try process.wait() == .exited(0), "\(process.errors)")
        }

        private func accounts() throws -> [[String: Any]] {
            let process = try ChildProcess(
                ChildProcess.path(of: "pixelwars-server"),
                ["admin", "list", "--all", "--json", "--data", server.data], in: server.directory.path)
            let said = try process.output()
            try #require(try process.wait() == .exited(0), "\(process.errors)")
            let json = try JSONSerialization.jsonObject(with: Data(said.utf8)) as? [String: Any]
            return try #require(json?["accounts"] as? [[String: Any]])
        }

        private func client(_ profile: String) throws -> Terminal {
            try Terminal(
                columns: 120, rows: 40, program: "pixelwars", ["play", server.url, "--profile", profile],
                environment: [
                    "XDG_STATE_HOME": server.directory.path + "/state", "LC_ALL": "C.UTF-8",
                    "COLORTERM": "truecolor",
                ], in: server.directory)
        }

        /// Who placed a cell, and in what color.
        private func cell(_ x: Int, _ y: Int) throws -> (color: Int?, name: String?) {
            let json = try RawHTTP(port: server.port).call("GET", "/api/canvas/pixels/\(x)/\(y)").json()
            return (json["color"] as? Int, (json["account"] as? [String: Any])?["name"] as? String)
        }

        /// The number behind a figure's name on the screen.
        private func figure(_ title: String, _ terminal: Terminal) throws -> Int? {
            try terminal.text().firstMatch(of: try Regex("\(title)  (\\d+) ")).flatMap {
                $0.output[1].substring.flatMap { Int($0) }
            }
        }

        @Test(
            "live figures, a knob that the audit tells of, pixels taken back and brought back, and the studio"
        )
        func evening() throws {
            try bot(
                "painter", (0..<20).map { #"{"type":"place","x":\#(20 + $0),"y":10,"color":5}"# })
            let terminal = try client("host")
            try eventually("home with the server's page") { try terminal.text().contains("a Admin") }
            try terminal.type("a")
            try eventually("the figures") {
                let text = try terminal.text()
                return text.contains("storage well") && text.contains("placements/s")
            }
            try eventually("one connection") { try figure("connections", terminal) == 1 }
            // Somebody comes while it is watched: the figure is another one without a key.
            let guest = try Account(on: server, name: "guest")
            let socket = try guest.play(on: server)
            try eventually("another connection") { try figure("connections", terminal) == 2 }
            withExtendedLifetime(socket) {}

            try terminal.type("3")
            try eventually("the knobs") { try terminal.text().contains("max-players") }
            try terminal.type("Down")
            try terminal.type("Enter")
            try eventually("the knob's form") { try terminal.text().contains("─ max-players ─") }
            try terminal.type("C-u", "0", "Enter")
            try eventually("the server's refusal") {
                try terminal.text().contains("max-players must be a whole number from 1 to 1000000.")
            }
            try terminal.type("C-u", "7", "Enter")
            try eventually("the knob, set") { try terminal.text().contains("max-players is 7, set here") }
            try terminal.type("8")
            try eventually("the audit's row") {
                try terminal.text().contains(/host +set knob +max-players +7/)
            }

            #expect(try cell(20, 10) == (5, "painter"))
            try terminal.type("4")
            try eventually("the rollbacks") { try terminal.text().contains("Nothing was taken back") }
            try terminal.type("t")
            try eventually("the rollback's form") { try terminal.text().contains("Take pixels back") }
            try terminal.type("-l", "--", "painter")
            try terminal.type("Enter")
            try eventually("the preview") { try terminal.text().contains("20 pixels on 20 cells") }
            #expect(try cell(20, 10) == (5, "painter"), "a preview changes nothing")
            try terminal.type("y")
            try eventually("the rollback in the list") { try terminal.text().contains(/\d +20 +painter/) }
            #expect(try cell(20, 10) == (0, nil))
            try terminal.type("u")
            try eventually("the question") { try terminal.text().contains("Undo rollback") }
            try terminal.type("y")
            try eventually("its undo in the list") { try terminal.text().contains("undid") }
            #expect(try cell(39, 10) == (5, "painter"))

            let broken = server.directory.path + "/broken.json"
            try "{}".write(toFile: broken, atomically: true, encoding: .utf8)
            try terminal.type("s")
            try eventually("the studio's form") { try terminal.text().contains("Skin studio") }
            try terminal.type("-l", "--", broken)
            try terminal.type("Enter")
            try eventually("why it doesn't open") {
                let text = try terminal.text()
                return text.contains("broken.json") && text.contains("Admin › Rollbacks")
            }
            try terminal.type("s")
            try eventually("the studio's form again") { try terminal.text().contains("a skin to edit") }
            try terminal.type("Enter")
            try eventually("the studio") { try terminal.text().contains("Base colors") }
            try terminal.type("C-q")
            try eventually("the page again") { try terminal.text().contains("Admin › Rollbacks") }
            try terminal.type("q")
            try eventually("the end") { try terminal.isOver() }
        }

        @Test("who has no role finds no such page at home, and is told whom it is for")
        func nobody() throws {
            let terminal = try client("nobody")
            try eventually("home") { try terminal.text().contains("PLAYING") }
            try eventually("the account is known") { try terminal.text().contains("points") }
            #expect(try !terminal.text().contains("a Admin"))
            try terminal.type("a")
            try eventually("the words") {
                try terminal.text().contains("This page is for moderators and admins; a host gives the role.")
            }
            try terminal.type("C-c")
            try eventually("the end") { try terminal.isOver() }
        }

        @Test("someone whose role is taken meanwhile is told so, and is home again")
        func loses() throws {
            try bot("deputy", [])
            func grant(_ role: String) throws {
                let process = try ChildProcess(
                    ChildProcess.path(of: "pixelwars-server"),
                    ["admin", "grant", "deputy", role, "--data", server.data], in: server.directory.path)
                _ = try process.output()
                try #require(try process.wait() == .exited(0), "\(process.errors)")
            }
            try grant("moderator")
            let terminal = try client("deputy")
            try eventually("home with the server's page") { try terminal.text().contains("a Admin") }
            try terminal.type("a")
            try eventually("the figures") { try terminal.text().contains("storage well") }
            try grant("player")
            try eventually("home again") {
                let text = try terminal.text()
                return text.contains("You are no moderator any more") && !text.contains("› Admin")
            }
            try terminal.type("C-c")
            try eventually("the end") { try terminal.isOver() }
        }

        @Test("in plain lines the same is read aloud")
        func flat() throws {
            let flat = try ChildProcess(
                ChildProcess.path(of: "pixelwars"),
                ["play", server.url, "--flat", "--page", "admin", "--profile", "host"],
                environment: ["XDG_STATE_HOME": server.directory.path + "/state", "TERM": "dumb"],
                in: server.directory.path)
            // A server that has just started has no second behind it.
            var figures: String?
            try eventually("figures") {
                try flat.say("admin live")
                while let line = try flat.line() {
                    if line.hasPrefix("admin: connections") { figures = line }
                    if line.hasPrefix("admin: memory") || line.hasPrefix("admin: the server has no") { break }
                }
                return figures != nil
            }
            #expect(figures?.contains(/connections \d+, at most \d+ in/) == true)
            for line in ["admin knobs", "admin accounts"] { try flat.say(line) }
            flat.endInput()
            let lines = try flat.output().split(separator: "\n")
            #expect(try flat.wait() == .exited(0), "\(flat.errors)")
            #expect(
                lines.contains { $0.hasPrefix("admin: max-players, 100, 100, a whole number") }, "\(lines)")
            #expect(lines.contains { $0.hasPrefix("admin: host, ") && $0.hasSuffix(", admin") }, "\(lines)")
        }
    }
}
