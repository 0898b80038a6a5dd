import Glibc
import Testing

extension EndToEnd.OnTerminals {
    /// The client in words, over pipes and in a terminal that can do nothing but lines.
    @Suite struct FlatTests {
        let server: TestServer

        init() throws {
            server = try TestServer(["--ads", "off"])
        }

        private func open(_ command: String, profile: String = "ears", url: String? = nil) throws
            -> ChildProcess
        {
            try ChildProcess(
                ChildProcess.path(of: "pixelwars"),
                [command, url ?? server.url, "--flat", "--profile", profile],
                environment: ["XDG_STATE_HOME": server.directory.path + "/state", "TERM": "dumb"],
                in: server.directory.path)
        }

        /// Its next line that begins so; those before it are passed over.
        @discardableResult
        private func heard(_ start: String, _ process: ChildProcess) throws -> String {
            while let line = try process.line() {
                if line.hasPrefix(start) { return line }
            }
            throw TooLate(description: "it ended without \(start); stderr: \(process.errors)")
        }

        @Test("a script's lines are done in their order, and its end waits for the last answer")
        func script() throws {
            let flat = try open("play")
            for line in [
                "go 3 4", "color black", "place", "right 2", "place", "look", "undo", "boards clicks",
            ] {
                try flat.say(line)
            }
            flat.endInput()
            let lines = try flat.output().split(separator: "\n")
            #expect(try flat.wait() == .exited(0), "\(flat.errors)")
            let last = [
                "cursor: 3,4 white", "color: black, number 4", "pixel: placed 3,4 black, version 1",
                "cursor: 5,4 white", "pixel: placed 5,4 black, version 2",
                "canvas: row 4, 0 to 15: 3 white, black, white, cursor on black, 10 white",
                "pixel: taken back, version 3", "board: clicks of all time: nobody yet",
            ]
            #expect(
                lines.filter { line in last.contains { $0 == line } }.map(String.init) == last, "\(lines)")
            #expect(lines.allSatisfy { $0.contains(/^[a-z ]+: ./) }, "\(lines)")
            #expect(
                !lines.contains {
                    $0.unicodeScalars.contains { $0.value < 32 || (0x2500...0x259f).contains($0.value) }
                })
            let canvas = try RawHTTP(port: server.port).call("GET", "/api/canvas").json()
            #expect(canvas["version"] as? Int == 3)
        }

        @Test("what others do is heard, and a name that is taken")
        func others() throws {
            let flat = try open("play")
            try heard("status: playing", flat)
            try heard("color: ", flat)
            let other = try Account(on: server, name: "Grace").play(on: server)
            try other.send(#"{"type":"place","id":1,"x":7,"y":8,"color":4}"#)
            #expect(try heard("pixel: ", flat) == "pixel: 7,8 is black now")
            for line in ["go 7 8", "who"] { try flat.say(line) }
            try heard("cursor: 7,8 black, placed by Grace ", flat)
            try flat.say("follow")
            try heard("news: Following Grace", flat)
            try other.send(#"{"type":"place","id":2,"x":20,"y":9,"color":7}"#)
            try heard("cursor: 20,9 red, placed by Grace ", flat)
            try flat.say("name Grace")
            #expect(try heard("error: ", flat) == "error: That name is taken")
            try flat.say("quit")
            #expect(try flat.wait() == .exited(0))
        }

        @Test("two play a relay by its code")
        func relay() throws {
            let one = try open("play", profile: "one")
            try one.say("new private")
            let code = try heard("relay: code ", one).dropFirst("relay: code ".count).prefix(11)
            let two = try open("play", profile: "two")
            try two.say("join \(code)")
            try heard("relay: code \(code), waiting for players", two)
            try one.say("start")
            try heard("relay: what you solve goes to ", one)
            try heard("puzzle: ", two)
            try two.say("answer no such thing")
            #expect(try heard("puzzle: Wrong", two).contains("try again"))
            try two.say("exit")
            try heard("relay: you left the room", two)
            for process in [one, two] {
                process.endInput()
                _ = try process.output()
                #expect(try process.wait() == .exited(0), "\(process.errors)")
            }
        }

        @Test("who looks on without a word hears what there is, and that is all")
        func watching() throws {
            let flat = try open("watch")
            flat.endInput()
            let output = try flat.output()
            #expect(try flat.wait() == .exited(0), "\(flat.errors)")
            #expect(output.contains("canvas: 64 by 48, version 0\n"))
        }

        @Test("where nobody answers it exits 1 with one line")
        func nobody() throws {
            try server.kill()
            let flat = try open("watch")
            flat.endInput()
            _ = try flat.output()
            #expect(try flat.wait() == .exited(1))
            #expect(flat.errors.split(separator: "\n").count == 1, "\(flat.errors)")
        }

        @Test("a terminal that knows nothing but lines is enough")
        func terminal() throws {
            let terminal = try Terminal(
                columns: 100, rows: 40, program: "pixelwars", ["play", server.url, "--flat"],
                environment: [
                    "XDG_STATE_HOME": server.directory.path + "/state", "LC_ALL": "C.UTF-8", "TERM": "dumb",
                ], in: server.directory)
            try eventually("the canvas") { try terminal.text().contains("canvas: 64 by 48, version 0") }
            try terminal.type("g", "o", "Space", "1", "Space", "2", "Enter")
            try eventually("the cursor") { try terminal.text().contains("cursor: 1,2 white") }
            // The end of input, as a person types it.
            try terminal.type("C-d")
            try eventually("the end") { try terminal.isOver() }
        }
    }
}
