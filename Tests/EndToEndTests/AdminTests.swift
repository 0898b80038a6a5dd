import Foundation
import Glibc
import Testing

extension EndToEnd.OfServers {
    /// A host at the command line, beside a live server and without one.
    @Suite struct AdminTests {
        let server: TestServer
        let http: RawHTTP

        init() throws {
            server = try TestServer(["--max-players", "1"])
            http = try RawHTTP(port: server.port)
        }

        private func admin(_ words: String..., on data: String? = nil) throws -> (
            end: ProcessEnd, said: String, errors: String
        ) {
            let process = try ChildProcess(
                ChildProcess.path(of: "pixelwars-server"),
                ["admin"] + words + ["--data", data ?? server.data], in: server.directory.path)
            let said = try process.output()
            return (try process.wait(), said, process.errors)
        }

        private func listed(_ words: String...) throws -> [[String: Any]] {
            let process = try ChildProcess(
                ChildProcess.path(of: "pixelwars-server"),
                ["admin", "list", "--json", "--data", server.data] + words, in: server.directory.path)
            let said = try process.output()
            #expect(try process.wait() == .exited(0))
            let json = try JSONSerialization.jsonObject(with: Data(said.utf8)) as? [String: Any]
            return try #require(json?["accounts"] as? [[String: Any]])
        }

        @Test("lists who plays, waits and is connected, for people and for programs")
        func lists() throws {
            #expect(try admin("list").said == "Nobody is here.\n")
            let ada = try Account(on: server, name: "Ada")
            let bob = try Account(on: server, name: "Bob")
            let away = try Account(on: server, name: "Away")
            let playing = try ada.play(on: server)
            let waiting = try RawWebSocket(port: server.port, target: "/ws?play=1", token: bob.accessToken)
            _ = try waiting.message("status")
            let text = try admin("list").said
            #expect(text.contains(/(?m)^ID +NAME +STATE/))
            #expect(text.contains(try Regex("\(ada.id) +Ada +playing, \\d+ s left +player +yes +1")))
            #expect(text.contains(try Regex("\(bob.id) +Bob +queued 1 +player +yes +1")))
            #expect(!text.contains(away.id))
            let accounts = try listed()
            #expect(accounts.map { $0["name"] as? String } == ["Ada", "Bob"])
            #expect(accounts.last?["position"] as? Int == 1)
            #expect(try listed("--all").count == 3)
            withExtendedLifetime((playing, waiting)) {}
        }

        @Test("kicks by id or name: the place is free, the socket closed with 4005")
        func kicks() throws {
            let ada = try Account(on: server, name: "Ada")
            let socket = try ada.play(on: server)
            let kicked = try admin("kick", "aDA")
            #expect(kicked.end == .exited(0))
            #expect(kicked.said == "Ada was kicked.\n")
            #expect(try socket.closeCode() == 4005)
            let canvas = try http.call("GET", "/api/canvas").json()
            #expect(canvas["players"] as? Int == 0)
            #expect(try admin("kick", ada.id).said == "Ada is not here.\n")
            let unknown = try admin("kick", "Nobody")
            #expect(unknown.end == .exited(1))
            #expect(unknown.errors.contains("There is no account"))
        }

        @Test("grants roles that show at once and outlive the server, with a live one and without")
        func grants() throws {
            let ada = try Account(on: server, name: "Ada")
            #expect(try admin("grant", ada.id, "moderator").said == "Ada is moderator.\n")
            func roles() throws -> [String]? {
                let http = try RawHTTP(port: server.port)
                return try http.call("GET", "/api/me", token: ada.accessToken).json()["roles"] as? [String]
            }
            #expect(try roles() == ["player", "moderator"])
            try server.kill()
            #expect(try admin("grant", "Ada", "admin").said == "Ada is admin.\n")
            #expect(try admin("list").said.contains(try Regex("\(ada.id) +Ada +afk +admin +no +1")))
            try server.restart()
            #expect(try roles() == ["player", "moderator", "admin"])
            #expect(try admin("grant", "Ada", "player").end == .exited(0))
            #expect(try roles() == ["player"])
        }

        @Test("speaks through a socket that only the owner can open, and takes it along when it stops")
        func socket() throws {
            let path = server.data + "/control.sock"
            var status = stat()
            #expect(lstat(path, &status) == 0)
            #expect(status.st_mode & S_IFMT == S_IFSOCK)
            #expect(status.st_mode & 0o777 == 0o600)
            server.process.signal(SIGTERM)
            #expect(try server.process.wait() == .exited(0))
            #expect(lstat(path, &status) != 0)
        }

        @Test("tells wrong words from a directory that no server ever used")
        func misuse() throws {
            for words in [
                ["list", "x"], ["kick"], ["grant", "Ada"], ["grant", "Ada", "king"], ["banish", "Ada"],
            ] {
                let process = try ChildProcess(
                    ChildProcess.path(of: "pixelwars-server"), ["admin"] + words, in: server.directory.path)
                #expect(try process.output().isEmpty)
                #expect(try process.wait() == .exited(2), "\(words)")
            }
            let nowhere = try admin("list", on: server.directory.path + "/nowhere")
            #expect(nowhere.end == .exited(1))
            #expect(nowhere.errors.contains("no server has ever kept its data"))
            var status = stat()
            #expect(lstat(server.directory.path + "/nowhere", &status) != 0, "nothing is made by looking")
        }

        @Test("an option makes an admin whatever the database says")
        func option() throws {
            let ada = try Account(on: server, name: "Ada")
            try server.kill()
            try server.restart(adding: ["--admin", ada.id])
            let http = try RawHTTP(port: server.port)
            let me = try http.call("GET", "/api/me", token: ada.accessToken).json()
            #expect(me["roles"] as? [String] == ["player", "moderator", "admin"])
            #expect(try admin("grant", "Ada", "player").said.contains("by --admin"))
        }
    }
}
