import Foundation
import Glibc
import Testing

extension EndToEnd.OfServers {
    /// Starting and stopping the real server.
    @Suite struct StartTests {
        let directory: ScratchDirectory

        init() throws {
            directory = try ScratchDirectory()
        }

        /// Starts a server that can't: gives its end and the one line that it left on stderr.
        func failing(_ options: [String]) throws -> (end: ProcessEnd, line: String) {
            let process = try TestServer.launch(options, directory)
            #expect(try process.output() == "")
            let end = try process.wait()
            let lines = process.errors.split(separator: "\n")
            #expect(lines.count == 1, "\(process.errors)")
            return (end, String(lines.first ?? ""))
        }

        @Test(
            "an option that makes no sense is named, nothing is started, and the exit code is 2",
            arguments: [
                (["--colour", "red"], "colour"), (["--canvas", "0x9"], "--canvas"),
                (["--canvas", "wide"], "--canvas"), (["--listen", "here"], "--listen"),
                (["--listen", "127.0.0.1:70000"], "--listen"), (["--place-rate", "fast"], "--place-rate"),
                (["--tls-cert", "cert.pem"], "--tls-key"), (["--log-level", "loud"], "--log-level"),
                (["surplus"], "surplus"), (["--tick-ms"], "tick-ms"),
            ])
        func usage(options: [String], named: String) throws {
            let (end, line) = try failing(["--data", directory.path + "/data"] + options)
            #expect(end == .exited(2))
            #expect(line.contains(named), "\(line)")
            #expect(access(directory.path + "/data", F_OK) != 0)
        }

        @Test("a variable of the environment is read, and an option beats it")
        func environment() throws {
            let process = try ChildProcess(
                ChildProcess.path(of: "pixelwars-server"), ["--print-config", "--tick-ms", "50"],
                environment: [
                    "PIXELWARS_TICK_MS": "40", "PIXELWARS_CANVAS": "12x34", "CLICK_PUSH_RATE": "7",
                ],
                in: directory.path)
            let text = try process.output()
            #expect(try process.wait() == .exited(0))
            #expect(text.contains("tick-ms = 50"))
            #expect(text.contains("canvas = 12x34"))
            #expect(text.contains("click-push-rate = 7"))
        }

        @Test("a second server on a live data directory is refused and leaves the first alone")
        func lockedDirectory() throws {
            let server = try TestServer(in: directory)
            let (end, line) = try failing(["--listen", "127.0.0.1:0", "--data", server.data])
            #expect(end == .exited(1))
            #expect(line.contains(server.data))
            #expect(try RawHTTP(port: server.port).call("GET", "/healthz").status == 200)
        }

        @Test("a port that is taken is named")
        func busyPort() throws {
            let server = try TestServer(in: directory)
            let (end, line) = try failing([
                "--listen", "127.0.0.1:\(server.port)", "--data", directory.path + "/other",
            ])
            #expect(end == .exited(1))
            #expect(line.contains("\(server.port)"), "\(line)")
        }

        @Test("a directory that can't be made is named")
        func badDirectory() throws {
            let file = try directory.write("file", "in the way")
            let (end, line) = try failing(["--listen", "127.0.0.1:0", "--data", file + "/data"])
            #expect(end == .exited(1))
            #expect(line.contains(file), "\(line)")
        }

        @Test(
            "a palette that can't be read is named",
            arguments: [
                nil, "", "{}", #"{"name":"x","colors":["red"]}"#, ##"{"name":"x","colors":["#ffffff"]}"##,
            ])
        func badPalette(text: String?) throws {
            let file =
                try text.map { try directory.write("palette.json", $0) } ?? directory.path + "/none.json"
            let (end, line) = try failing([
                "--listen", "127.0.0.1:0", "--data", directory.path + "/data", "--palette", file,
            ])
            #expect(end == .exited(1))
            #expect(line.contains(file), "\(line)")
        }

        @Test("a data directory that isn't ours is left as it is")
        func foreignDirectory() throws {
            mkdir(directory.path + "/data", 0o700)
            _ = try directory.write("data/pixelwars.db", "this is no database, but it may be dear to someone")
            let (end, line) = try failing(["--listen", "127.0.0.1:0", "--data", directory.path + "/data"])
            #expect(end == .exited(1))
            #expect(line.contains(directory.path + "/data"), "\(line)")
            #expect(try readFile(directory.path + "/data/pixelwars.db").hasPrefix("this is no database"))
        }

        @Test(
            "SIGTERM tells the clients, keeps what was acknowledged, and exits 0",
            arguments: [SIGTERM, SIGINT])
        func drain(signal: Int32) throws {
            let server = try TestServer(in: directory)
            let account = try Account(on: server)
            let socket = try account.play(on: server)
            try socket.send(#"{"type":"place","id":2,"x":3,"y":4,"color":5}"#)
            _ = try socket.message("placed")
            server.process.signal(signal)
            #expect(try socket.closeCode() == 1001)
            #expect(try server.process.wait() == .exited(0))
            #expect(throws: (any Error).self) { try RawSocket(port: server.port) }
            try server.restart()
            let pixel = try RawHTTP(port: server.port).call("GET", "/api/canvas/pixels/3/4").json()
            #expect(pixel["color"] as? Int == 5)
        }

        @Test("the data directory and what is in it belong to their owner alone")
        func modes() throws {
            let server = try TestServer(in: directory)
            _ = try Account(on: server)
            var status = stat()
            #expect(stat(server.data, &status) == 0 && status.st_mode & 0o777 == 0o700)
            let listing = try ChildProcess(
                "/usr/bin/find", [server.data, "-type", "f", "-perm", "/077"], in: directory.path)
            #expect(try listing.output() == "")
        }

        @Test(
            "every program tells its version and its options",
            arguments: [
                "pixelwars-server", "pixelwars", "pixelwars-bot", "pixelwars-bench", "pixelwars-sim",
            ])
        func help(program: String) throws {
            for option in ["--help", "--version"] {
                let process = try ChildProcess(
                    ChildProcess.path(of: program), [option], environment: ["HOME": directory.path],
                    in: directory.path)
                let text = try process.output()
                #expect(try process.wait() == .exited(0))
                #expect(text.contains(program), "\(text)")
            }
            let wrong = try ChildProcess(
                ChildProcess.path(of: program), ["--no-such-option"], environment: ["HOME": directory.path],
                in: directory.path)
            #expect(try wrong.wait() == .exited(2))
            #expect(wrong.errors.contains("no-such-option"))
        }
    }
}
