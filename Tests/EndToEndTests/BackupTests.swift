import Foundation
import Glibc
import Testing

extension EndToEnd.OfServers {
    /// A host's copies of a database, of a live server and on the way back.
    @Suite struct BackupTests {
        let server: TestServer
        let http: RawHTTP

        init() throws {
            server = try TestServer(["--snapshot-every", "500", "--tick-ms", "1"])
            http = try RawHTTP(port: server.port)
        }

        private func host(_ words: [String], on data: String? = nil) throws -> (end: ProcessEnd, said: String)
        {
            let process = try begin(words, on: data)
            let said = try process.output()
            let end = try process.wait()
            return (end, said + process.errors)
        }

        /// Begins a command in the test's own directory, which is what short names lead from.
        private func begin(_ words: [String], on data: String? = nil) throws -> ChildProcess {
            let program = ChildProcess.path(of: "pixelwars-server")
            return try ChildProcess(
                "/usr/bin/env",
                ["-C", server.directory.path, program] + words + ["--data", data ?? server.data],
                in: server.directory.path)
        }

        /// The color of the pixel that makes a version: the canvas's cells one after the other, again and again.
        private static func place(_ number: Int) -> (x: Int, y: Int, color: Int) {
            (number % 64, number / 64 % 48, 1 + number % 31)
        }

        private func paint(_ numbers: Range<Int>, with socket: RawWebSocket) throws {
            for number in numbers {
                let pixel = Self.place(number)
                try socket.send(#"{"type":"place","x":\#(pixel.x),"y":\#(pixel.y),"color":\#(pixel.color)}"#)
                _ = try socket.message("placed")
            }
        }

        @Test("a backup under load is one moment of the canvas, and comes back with everything")
        func underLoad() throws {
            let socket = try Account(on: server, name: "Ada").play(on: server)
            try paint(0..<200, with: socket)
            let file = server.directory.path + "/one.db"
            // By a name that leads from the directory of whoever asks, which isn't the server's business.
            let backup = try begin(["backup", "one.db"])
            try paint(200..<600, with: socket)
            let said = try backup.output()
            #expect(try backup.wait() == .exited(0), "\(backup.errors)")
            #expect(said.contains(/one\.db: \d+ bytes, checked\./))
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: server.directory.path).allSatisfy {
                    !$0.hasSuffix(".part")
                })
            let check = try host(["check", file])
            #expect(check.end == .exited(0), "\(check.said)")
            #expect(try host(["check"]).end == .exited(0))

            let elsewhere = server.directory.path + "/elsewhere"
            #expect(try host(["restore", file], on: elsewhere).end == .exited(0))
            let (process, port) = try serve(elsewhere)
            defer { process.signal(SIGKILL) }
            let restored = try RawHTTP(port: port)
            let version = try #require(try restored.call("GET", "/api/canvas").json()["version"] as? Int)
            #expect((200...600).contains(version))
            for number in [0, 150, version - 1, version, 599] {
                let pixel = Self.place(number)
                let there = try restored.call("GET", "/api/canvas/pixels/\(pixel.x)/\(pixel.y)").json()
                #expect(
                    there["color"] as? Int == (number < version ? pixel.color : 0), "\(number) at \(version)")
            }
            withExtendedLifetime(socket) {}
        }

        private func serve(_ data: String) throws -> (ChildProcess, UInt16) {
            let process = try ChildProcess(
                ChildProcess.path(of: "pixelwars-server"),
                ["--listen", "127.0.0.1:0", "--data", data, "--spectator-cooldown", "0"],
                in: server.directory.path)
            let line = try #require(try process.line())
            return (process, try #require(line.split(separator: ":").last.flatMap { UInt16($0) }))
        }

        @Test("a file is never replaced unasked, and what can't be written is told")
        func names() throws {
            #expect(try host(["backup", "one.db"]).end == .exited(0))
            let taken = try host(["backup", "one.db"])
            #expect(taken.end == .exited(1))
            #expect(taken.said.contains("exists: choose another name, or --force"))
            #expect(try host(["backup", "one.db", "--force"]).end == .exited(0))
            let nowhere = try host(["backup", "/nowhere/one.db"])
            #expect(nowhere.end == .exited(1))
            #expect(nowhere.said.contains("the server makes the copy: it must be able to write there"))
            #expect(try http.call("GET", "/readyz").status == 200)
        }

        @Test("restoring and migrating wait for the server's end, and say so")
        func refusesLive() throws {
            #expect(try host(["backup", "one.db"]).end == .exited(0))
            for words in [["restore", "one.db"], ["migrate"]] {
                let refused = try host(words)
                #expect(refused.end == .exited(1))
                #expect(
                    refused.said.contains(
                        /another server \(pid \d+\) uses this data directory: .*; stop it first/))
            }
        }

        @Test("a server that is killed while it copies leaves no backup, and starts again")
        func killed() throws {
            let socket = try Account(on: server).play(on: server)
            try paint(0..<50, with: socket)
            let backup = try begin(["backup", "one.db"])
            try server.kill()
            _ = try backup.output()
            // The copy may have been whole just before, and then it is one; it is never half of one.
            if try backup.wait() == .exited(0) {
                #expect(try host(["check", "one.db"]).end == .exited(0))
            } else {
                #expect(access(server.directory.path + "/one.db", F_OK) != 0)
            }
            try server.restart()
            #expect(try host(["backup", "two.db"]).end == .exited(0))
        }

        @Test("a disk without room ends a backup, and nothing of it stays")
        func full() throws {
            try server.kill()
            let limited = try ChildProcess(
                "/bin/sh",
                [
                    "-c", "cd \"$1\"; shift; ulimit -f 200; exec \"$@\"", "sh", server.directory.path,
                    ChildProcess.path(of: "pixelwars-server"),
                    "backup", "one.db",
                    "--data", server.data,
                ], in: server.directory.path)
            _ = try limited.output()
            #expect(try limited.wait() == .exited(1))
            #expect(limited.errors.contains("no room left"), "\(limited.errors)")
            let left = try FileManager.default.contentsOfDirectory(atPath: server.directory.path)
            #expect(left.allSatisfy { !$0.hasPrefix("one.db") }, "\(left)")
        }

        @Test("a database whose pages are damaged is found by a check")
        func damaged() throws {
            let socket = try Account(on: server).play(on: server)
            try paint(0..<300, with: socket)
            server.process.signal(SIGTERM)
            #expect(try server.process.wait() == .exited(0))
            #expect(try host(["check"]).end == .exited(0))
            let file = try FileHandle(forUpdating: URL(filePath: server.data + "/pixelwars.db"))
            let pages = try file.seekToEnd() / 4096
            for page in pages / 2..<pages {
                try file.seek(toOffset: page * 4096 + 8)
                try file.write(contentsOf: Data(repeating: 0xA5, count: 3_000))
            }
            try file.close()
            let check = try host(["check"])
            #expect(check.end == .exited(1))
            #expect(check.said.contains("WRONG pages: "))
            #expect(check.said.contains("the database is damaged"))
        }
    }
}
