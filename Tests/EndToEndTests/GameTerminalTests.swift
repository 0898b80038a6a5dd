import Glibc
import Testing

extension EndToEnd.OnTerminals {
    /// Click war and relay in the real client, beside real bots.
    @Suite struct GameTerminalTests {
        let server: TestServer

        init() throws {
            server = try TestServer(["--ads", "off"], canvas: "40x24")
        }

        private func open(profile: String) throws -> Terminal {
            try Terminal(
                columns: 120, rows: 40, program: "pixelwars",
                ["play", server.url, "--profile", profile, "--name", profile, "--page", "canvas"],
                environment: [
                    "XDG_STATE_HOME": server.directory.path + "/state", "LC_ALL": "C.UTF-8",
                    "COLORTERM": "truecolor",
                ], in: server.directory)
        }

        private func bot(_ profile: String, _ arguments: [String]) throws -> ChildProcess {
            try ChildProcess(
                ChildProcess.path(of: "pixelwars-bot"),
                arguments + ["--profile", profile, "--name", profile, server.url],
                environment: ["XDG_STATE_HOME": server.directory.path + "/state"],
                in: server.directory.path)
        }

        /// The right answer to a player's open puzzle, which only the server's database tells.
        private func rightAnswer(of name: String) throws -> String {
            let script = """
                import sqlite3, sys
                database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
                print(database.execute(
                    "SELECT answer FROM puzzles_readable WHERE name = ? AND solved_at IS NULL "
                    "ORDER BY assigned_at DESC LIMIT 1", (sys.argv[2],)).fetchone()[0])
                """
            let python = try ChildProcess(
                "/usr/bin/python3", ["-c", script, server.data + "/pixelwars.db", name],
                environment: [:], in: server.directory.path)
            let answer = try python.output()
            try #require(try python.wait() == .exited(0), "\(python.errors)")
            return answer.filter { $0 != "\n" }
        }

        @Test("clicks by keys reach the planet, and the screen says so")
        func clicks() throws {
            let terminal = try open(profile: "clicker")
            try eventually("the client's status line") { try terminal.text().contains("PLAYING") }
            try terminal.type("F3")
            try eventually("the planets") {
                let text = try terminal.text()
                return text.contains("Earth") && text.contains("Mars")
            }
            for _ in 0..<3 {
                try terminal.type("Space")
                // Apart as a person's are: closer together they are a key that is held down.
                poll(nil, 0, 150)
            }
            try eventually("the clicks' receipt") { try terminal.text().contains("3 pushed") }
            let planets = try #require(
                try RawHTTP(port: server.port).call("GET", "/api/click_games/current").json()["planets"]
                    as? [[String: Any]])
            #expect(planets.map { $0["clicks"] as? Int ?? 0 } == [3, 0])
        }

        @Test("four bots and a person at the keys play a relay from its lobby to its end")
        func relay() throws {
            let first = try bot(
                "bot-1", ["relay", "--create", "--players", "5", "--seconds", "20", "--answers", "mixed"])
            let terminal = try open(profile: "person")
            try eventually("the client's status line") { try terminal.text().contains("PLAYING") }
            try terminal.type("F4")
            let code: String = try eventually("the relay in the lobby") {
                try terminal.type("r")
                let row = try terminal.text().split(separator: "\n").first { $0.contains("bot-1") }
                return row?.split(separator: " ").map(String.init).first {
                    $0.count == 6 && $0.allSatisfy { "BCDFGHJKLMNPQRSTVWXZ".contains($0) }
                }
            }
            try terminal.type("c")
            try terminal.type(code.lowercased())
            try terminal.type("Enter")
            try eventually("the person in the ring") { try terminal.text().contains("2 of 8") }
            let others = try (2...4).map {
                try bot("bot-\($0)", ["relay", "--join", code, "--answers", "mixed"])
            }
            try eventually("the first puzzle") { try terminal.text().contains("5 of 5 still in") }
            try eventually("a word on a wrong answer") {
                // No puzzle has this answer; one a second is judged.
                try terminal.type("q", "q", "q", "Enter")
                poll(nil, 0, 1_100)
                return try terminal.text().contains("person answered wrong")
            }
            try eventually("a word on a right answer") {
                let answer = try rightAnswer(of: "person")
                try terminal.type("C-u")
                try terminal.type("-l", "--", answer)
                try terminal.type("Enter")
                poll(nil, 0, 1_100)
                return try terminal.text().contains("person solved one: +")
            }
            try eventually("what the bots did") { try terminal.text().contains("solved one: +") }
            try eventually("the result") {
                let text = try terminal.text()
                return text.contains("Time is up") || text.contains("last one standing")
                    || text.contains("All are out")
            }
            for process in [first] + others {
                let output = try process.output()
                #expect(try process.wait() == .exited(0))
                #expect(output.contains("\nended, "), "\(output.suffix(300))")
            }
            try terminal.type("Enter")
            try eventually("the lobby again") { try terminal.text().contains("CODE") }
            let board = try bot("bot-1", ["leaderboard", "relay"])
            let table = try board.output()
            #expect(try board.wait() == .exited(0))
            #expect(table.contains("bot-"), "\(table)")
        }
    }
}
