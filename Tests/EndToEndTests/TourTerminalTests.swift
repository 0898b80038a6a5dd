import Foundation
import Glibc
import Testing

extension EndToEnd.OnTerminals {
    /// A first evening in the real client, by keys alone.
    @Suite struct TourTerminalTests {
        let server: TestServer

        init() throws {
            server = try TestServer(canvas: "96x64")
        }

        /// Has bots draw the project's picture, for someone to come to.
        private func draw() throws {
            let project = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
            let picture = project.joined(separator: "/") + "/assets/pictures/pixel-wars.png"
            let bots = try (0..<4).map { part in
                try ChildProcess(
                    ChildProcess.path(of: "pixelwars-bot"),
                    [
                        "draw", picture, "--profile",
                        "bot-\(part)", "--part", "\(part)/4", server.url,
                    ], environment: ["XDG_STATE_HOME": server.directory.path + "/state"],
                    in: server.directory.path)
            }
            for bot in bots {
                _ = try bot.output()
                try #require(try bot.wait() == .exited(0), "\(bot.errors)")
            }
        }

        /// Half blocks of the run's field, and where it begins on the screen.
        private struct Field {
            let pixels: [[String?]]

            /// Reads the field inside the frame that has a title; nil where there is no such frame.
            init?(_ terminal: Terminal, titled title: String, columns: Int, rows: Int) throws {
                let screen = try terminal.screen()
                let words = screen.map { String($0.map(\.character)) }
                guard let top = words.firstIndex(where: { $0.contains("─ \(title) ─") }),
                    let left = screen[top].firstIndex(where: { $0.character == "╭" || $0.character == "┌" }),
                    top + rows < screen.count, left + columns < screen[top].count
                else { return nil }
                pixels = (1...rows).flatMap { row -> [[String?]] in
                    let cells = screen[top + row][left + 1..<left + 1 + columns]
                    return [cells.map(\.halves.upper), cells.map(\.halves.lower)]
                }
            }

            /// The middle of all pixels whose color passes a test; nil where none does.
            func middle(where isMeant: (String) -> Bool) -> (x: Int, y: Int)? {
                var found: [(x: Int, y: Int)] = []
                for (y, row) in pixels.enumerated() {
                    for (x, color) in row.enumerated() where color.map(isMeant) ?? false {
                        found.append((x, y))
                    }
                }
                let xs = found.map(\.x)
                let ys = found.map(\.y)
                guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max()
                else { return nil }
                return ((left + right) / 2, (top + bottom) / 2)
            }

            /// Red, green and blue of a color as the terminal writes it.
            static func channels(_ color: String) -> [Int]? {
                let parts = color.split(separator: ";").compactMap { Int($0) }
                return parts.count == 4 && parts[0] == 2 ? Array(parts[1...]) : nil
            }
        }

        /// Goes on from the ad that stands before a page, as soon as its seconds are over.
        private func passAd(_ terminal: Terminal, until page: String) throws {
            try eventually("the ad before \(page)") { try terminal.text().contains("› Ad ") }
            try eventually("the end of the ad") { try terminal.text().contains("goes on to \(page)") }
            try terminal.type("Enter")
            try eventually("the page behind the ad: \(page)") {
                try terminal.text().contains("› \(page)")
            }
        }

        /// Presses a key again that was pressed last: on another screen it counts only when it isn't one held down.
        private func pressAnew(_ key: String, in terminal: Terminal) throws {
            poll(nil, 0, 800)
            try terminal.type(key)
        }

        /// Keys that move so far, none of them twice in a row: that would be a held key, which gets faster.
        private func keys(_ steps: Int, _ back: (String, String), _ forth: (String, String)) -> [String] {
            let pair = steps < 0 ? back : forth
            return (0..<abs(steps)).map { $0 % 2 == 0 ? pair.0 : pair.1 }
        }

        private func isDot(_ color: String) -> Bool {
            guard let rgb = Field.channels(color) else { return false }
            return rgb[0] > 200 && rgb[2] < 180
        }

        private func isCrosshair(_ color: String) -> Bool {
            guard let rgb = Field.channels(color) else { return false }
            return rgb.allSatisfy { $0 > 235 }
        }

        /// Aims at the dot by keys and shoots, until so many hits are told.
        private func hit(_ terminal: Terminal, toScore score: Int) throws {
            func isTold() throws -> Bool {
                let text = try terminal.text()
                return text.contains("Score") && (0..<score).allSatisfy { !text.contains("Score \($0) ") }
            }
            try eventually(within: 25, "hit \(score)") {
                guard let field = try Field(terminal, titled: "Shaky dot", columns: 60, rows: 18),
                    let aim = field.middle(where: isCrosshair), let dot = field.middle(where: isDot)
                else { return try isTold() }
                let moves =
                    keys(dot.x - aim.x, ("Left", "h"), ("Right", "l"))
                    + keys(dot.y - aim.y, ("Up", "k"), ("Down", "j"))
                if !moves.isEmpty { try terminal.type(moves) }
                for _ in 0..<4 { try terminal.type("Space") }
                return try isTold()
            }
        }

        @Test("from home by an ad to a shaky dot, a score, the shop, a skin and the canvas, by keys alone")
        func tour() throws {
            try draw()
            let terminal = try Terminal(
                columns: 120, rows: 40, program: "pixelwars",
                ["play", server.url, "--profile", "tourist", "--name", "tourist"],
                environment: [
                    "XDG_STATE_HOME": server.directory.path + "/state", "LC_ALL": "C.UTF-8",
                    "COLORTERM": "truecolor",
                ], in: server.directory)
            try eventually("home") {
                let text = try terminal.text()
                return text.contains("PLAYING") && text.contains("+10 for coming today")
            }
            try eventually("the canvas in small") {
                Set(try terminal.screen().flatMap { $0.map(\.foreground) }).count > 25
            }
            try eventually("no word over it") { try !terminal.text().contains("You are playing") }
            try terminal.type("4")
            try passAd(terminal, until: "Arcade")
            try terminal.type("Down")
            try terminal.type("Enter")
            try eventually("the run") { try terminal.text().contains("Score 0 ") }
            for score in 1...4 { try hit(terminal, toScore: score) }
            try eventually(within: 45, "the run's end") {
                try terminal.text().contains("Shaky dot: time is up")
            }
            #expect(try terminal.text().contains("1st of all time"))
            try terminal.type("F6")
            try passAd(terminal, until: "Shop")
            try eventually("the skins") { try terminal.text().contains("First Pixel") }
            let before = try terminal.screen()[0][40].background
            try terminal.type("Down")
            try eventually("the free skin's price") { try terminal.text().contains("It costs nothing.") }
            try terminal.type("Enter")
            try eventually("the question") { try terminal.text().contains("Buy First Pixel?") }
            try pressAnew("Enter", in: terminal)
            try eventually("the skin's owner") { try terminal.text().contains("1 of 15 skins") }
            try eventually("the offer to wear it") { try terminal.text().contains("It is yours.") }
            try pressAnew("Enter", in: terminal)
            try eventually("the skin, worn") { try terminal.text().contains("You wear it.") }
            try terminal.type("F2")
            try passAd(terminal, until: "Canvas")
            try eventually("the canvas in the skin's colors") {
                try terminal.text().contains("PLAYING") && terminal.screen()[0][40].background != before
            }
            try terminal.type("q")
            try eventually("the end") { try terminal.isOver() }
            try expectBooks()
        }

        /// What the database tells of the evening.
        private func expectBooks() throws {
            let script = """
                import sqlite3, sys
                database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
                def one(sql): return database.execute(sql).fetchone()
                account, points, skin = one("SELECT id, points, skin FROM accounts WHERE name = 'tourist'")
                booked, = one(f"SELECT sum(points) FROM point_entries WHERE account = {account}")
                score, pays = one("SELECT score, profile_points FROM arcade_games")
                seen, = one("SELECT count(*) FROM ad_impressions WHERE completed_at_ms IS NOT NULL")
                flags, = one("SELECT count(*) FROM flags")
                print(points == booked, pays == 3 * score, points == 10 + pays, skin, seen, flags)
                """
            let python = try ChildProcess(
                "/usr/bin/python3", ["-c", script, server.data + "/pixelwars.db"], environment: [:],
                in: server.directory.path)
            let output = try python.output()
            try #require(try python.wait() == .exited(0), "\(python.errors)")
            #expect(output == "True True True first-pixel 3 0\n")
        }
    }
}
