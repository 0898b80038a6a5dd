import Glibc
import Testing

extension EndToEnd.OnTerminals {
    /// The real client in a real terminal.
    @Suite struct TerminalTests {
        let server: TestServer

        init() throws {
            // Small enough to be seen whole, a cell a half block.
            server = try TestServer(["--ads", "off"], canvas: "40x24")
        }

        func open(_ arguments: [String], profile: String, environment: [String: String] = [:]) throws
            -> Terminal
        {
            var settings = [
                "XDG_STATE_HOME": server.directory.path + "/state", "LC_ALL": "C.UTF-8",
                "COLORTERM": "truecolor",
            ]
            settings.merge(environment) { $1 }
            return try Terminal(
                columns: 100, rows: 30, program: "pixelwars",
                arguments + ["--profile", profile, "--page", "canvas"],
                environment: settings, in: server.directory)
        }

        /// Where on the screen, in half characters, one color shows now that didn't before.
        func appeared(_ color: String, before: [[Terminal.Cell]], now: [[Terminal.Cell]]) -> [(
            x: Int, y: Int
        )] {
            var places: [(x: Int, y: Int)] = []
            for (row, line) in now.enumerated() {
                for (column, cell) in line.enumerated() {
                    let old =
                        row < before.count && column < before[row].count ? before[row][column] : .init()
                    if cell.halves.upper == color, old.halves.upper != color {
                        places.append((column, row * 2))
                    }
                    if cell.halves.lower == color, old.halves.lower != color {
                        places.append((column, row * 2 + 1))
                    }
                }
            }
            return places
        }

        @Test(
            "a bot's pixels appear in the client, in their place and in the right color",
            arguments: [
                ("truecolor", "2;190;0;57", "2;0;204;120"), ("", "5;124", "5;42"),
            ])
        func botsPixel(colorterm: String, red: String, green: String) throws {
            let terminal = try open(
                ["play", server.url], profile: "eye",
                environment: ["COLORTERM": colorterm, "TERM": "screen-256color"])
            try eventually("the client's canvas") {
                let text = try terminal.text()
                return text.contains("PLAYING") && text.contains("v0")
            }
            let bot = try Account(on: server).play(on: server)
            let empty = try terminal.screen()
            // Palette entry 6 is #be0039, entry 12 is #00cc78; xterm's nearest are 124 and 42.
            try bot.send(#"{"type":"place","id":1,"x":10,"y":4,"color":6}"#)
            #expect(try bot.message("placed")["version"] as? Int == 1)
            let first = try eventually("the first pixel") {
                appeared(red, before: empty, now: try terminal.screen()).first
            }
            let one = try terminal.screen()
            try bot.send(#"{"type":"place","id":2,"x":15,"y":9,"color":12}"#)
            let second = try eventually("the second pixel") {
                appeared(green, before: one, now: try terminal.screen()).first
            }
            // However far the view is zoomed, five cells across are as long as five cells down.
            #expect(second.x - first.x == second.y - first.y)
            #expect((second.x - first.x) % 5 == 0)
            try terminal.type("q")
            try eventually("the client's end") { try terminal.isOver() }
        }

        @Test("a pixel placed by keys reaches the server")
        func placing() throws {
            let terminal = try open(["play", server.url], profile: "hand")
            // The canvas comes after the status, and without one there is nowhere to place.
            try eventually("the client's canvas") {
                let text = try terminal.text()
                return text.contains("PLAYING") && text.contains("v0")
            }
            try terminal.type("Enter")
            let http = try RawHTTP(port: server.port)
            try eventually("the placed pixel") {
                try http.call("GET", "/api/canvas").json()["version"] as? Int == 1
            }
        }

        @Test("a killed client comes back to the same canvas as one that stayed")
        func killedAndBack() throws {
            let staying = try open(["play", server.url], profile: "one")
            let killed = try open(["play", server.url], profile: "two")
            let bot = try Account(on: server).play(on: server)
            for terminal in [staying, killed] {
                try eventually("the client's status line") { try terminal.text().contains("PLAYING") }
            }
            func paint(_ range: Range<Int>) throws {
                for cell in range {
                    try bot.send(
                        #"{"type":"place","id":\#(cell),"x":\#(cell % 40),"y":\#(cell / 40),"color":\#(1 + cell % 31)}"#
                    )
                    _ = try bot.message("placed")
                }
            }
            try paint(0..<200)
            Glibc.kill(try killed.programID(), SIGKILL)
            try eventually("the client's death") { try killed.isOver() }
            try paint(200..<400)
            let back = try open(["play", server.url], profile: "two")
            try eventually("the client's return") { try back.text().contains("PLAYING") }
            try paint(400..<500)
            /// The canvas as a terminal shows it, between the lines that tell of the client's state.
            func picture(_ terminal: Terminal) throws -> [[Terminal.Cell]] {
                Array(try terminal.screen()[2..<26])
            }
            try eventually("two equal pictures") {
                let first = try picture(staying)
                let second = try picture(back)
                return first == second && Set(first.joined().map(\.background)).count > 20
            }
        }

        @Test(
            "the client leaves a terminal as it found it, also when it is told to stop",
            arguments: [0, SIGTERM, SIGHUP])
        func restored(signal: Int32) throws {
            let terminal = try open(["watch", server.url], profile: "w")
            try eventually("the client's screen") { try terminal.text().contains("v") }
            if signal == 0 { try terminal.type("q") } else { Glibc.kill(try terminal.programID(), signal) }
            try eventually("the client's end") { try terminal.isOver() }
            // The alternate screen is gone with all that it showed.
            #expect(try !terminal.text().contains("▀"))
        }
    }
}
