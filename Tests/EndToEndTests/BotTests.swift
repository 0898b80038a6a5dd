import Glibc
import Testing

extension EndToEnd.OfServers {
    /// The bot as a script uses it: lines in, lines out, and an exit code that tells how it went.
    @Suite struct BotTests {
        let directory: ScratchDirectory

        init() throws {
            directory = try ScratchDirectory()
        }

        private func bot(_ arguments: [String]) throws -> ChildProcess {
            try ChildProcess(
                ChildProcess.path(of: "pixelwars-bot"), arguments,
                environment: ["XDG_STATE_HOME": directory.path + "/state"], in: directory.path)
        }

        @Test("waits after the last line for every answer, prints each, and exits 0")
        func lines() throws {
            let server = try TestServer()
            let bot = try bot(["--play", server.url])
            for id in 1...30 {
                try bot.say(#"{"type":"place","id":\#(id),"x":\#(id),"y":2,"color":3}"#)
            }
            bot.endInput()
            let output = try bot.output()
            #expect(try bot.wait() == .exited(0))
            for id in 1...30 {
                #expect(output.contains(#""reply_to":\#(id),"#) || output.contains(#""reply_to":\#(id)}"#))
            }
            #expect(try RawHTTP(port: server.port).call("GET", "/api/canvas").json()["version"] as? Int == 30)
        }

        @Test("sends the other lines and exits 1 where one can't be sent")
        func skippedLine() throws {
            let server = try TestServer()
            let bot = try bot(["--play", server.url])
            try bot.say(String(repeating: " ", count: 5_000))
            try bot.say(#"{"type":"place","id":7,"x":1,"y":1,"color":3}"#)
            bot.endInput()
            let output = try bot.output()
            #expect(try bot.wait() == .exited(1))
            #expect(output.contains(#""placed""#))
            #expect(bot.errors.contains("line 1 is over 4096 bytes"), "\(bot.errors)")
        }

        @Test("exits 1 with one line where nobody answers")
        func nobody() throws {
            let server = try TestServer()
            try server.kill()
            let bot = try bot([server.url])
            #expect(try bot.output() == "")
            #expect(try bot.wait() == .exited(1))
            #expect(bot.errors.split(separator: "\n").count == 1, "\(bot.errors)")
        }

        @Test("exits 2 where it is called wrongly", arguments: [["draw"], ["--pace", "fast"], ["a", "b"]])
        func usage(arguments: [String]) throws {
            let bot = try bot(arguments)
            #expect(try bot.output() == "")
            #expect(try bot.wait() == .exited(2))
            #expect(bot.errors.contains("--help"), "\(bot.errors)")
        }
    }
}
