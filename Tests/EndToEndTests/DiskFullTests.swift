import Foundation
import Glibc
import Testing

extension EndToEnd.OfServers {
    /// A disk that has no room left.
    @Suite struct DiskFullTests {
        @Test(
            "a full disk refuses writes only, heals by itself when there is room, and loses nothing acknowledged",
            arguments: Scarcity.possible)
        private func full(_ scarcity: Scarcity) throws {
            let directory = try ScratchDirectory()
            let small =
                scarcity == .smallDisk ? try SmallDisk(at: directory.path + "/data", megabytes: 8) : nil
            let server = try TestServer(in: directory)
            let disk: any Scarce =
                small ?? FileSizeLimit(process: server.process.pid, directory: directory.path)
            let account = try Account(on: server)
            let socket = try account.play(on: server)
            let http = try RawHTTP(port: server.port)
            var colors: [Int: Int] = [:]

            /// Places one pixel; gives the answer's status.
            func place(_ number: Int) throws -> Int {
                let cell = number % 3_072
                let color = 1 + number % 31
                let answer = try http.call(
                    "POST", "/api/canvas/pixels", token: account.accessToken,
                    body: #"{"x":\#(cell % 64),"y":\#(cell / 64),"color":\#(color)}"#)
                if answer.status == 200 {
                    colors[cell] = color
                } else {
                    #expect(answer.errorCode == "storage_unavailable", "\(answer.text)")
                }
                return answer.status
            }

            for number in 0..<50 { #expect(try place(number) == 200) }
            try disk.fill()
            var number = 50
            while try place(number) == 200 {
                number += 1
                try #require(number < 20_000, "the disk is full, yet everything is acknowledged")
            }
            // Reads go on, and the server says how it is.
            #expect(try http.call("GET", "/api/canvas").json()["version"] as? Int == number)
            #expect(try http.call("GET", "/api/canvas.png").status == 200)
            #expect(try http.call("GET", "/healthz").status == 200)
            #expect(try http.call("GET", "/readyz").status == 503)

            try disk.makeRoom()
            try eventually("room for another pixel") { try place(number) == 200 }
            #expect(try http.call("GET", "/api/canvas").json()["version"] as? Int == number + 1)
            try server.kill()
            try server.restart()
            let again = try RawHTTP(port: server.port)
            for (cell, color) in colors {
                let pixel = try again.call("GET", "/api/canvas/pixels/\(cell % 64)/\(cell / 64)").json()
                #expect(pixel["color"] as? Int == color, "cell \(cell)")
            }
            try server.kill()
            withExtendedLifetime(socket) {}
        }

        @Test(
            "clicks that a full disk refused count once when they are sent again, and relays wait meanwhile",
            arguments: Scarcity.possible)
        private func games(_ scarcity: Scarcity) throws {
            let directory = try ScratchDirectory()
            let small =
                scarcity == .smallDisk ? try SmallDisk(at: directory.path + "/data", megabytes: 8) : nil
            let server = try TestServer(["--click-push-rate", "1"], in: directory)
            let disk: any Scarce =
                small ?? FileSizeLimit(process: server.process.pid, directory: directory.path)
            let account = try Account(on: server)
            let http = try RawHTTP(port: server.port)
            var clicks: [String: [Int]] = [:]

            /// Pushes a guest's only batch; gives the answer's status.
            func push(_ guest: (token: String, session: String), _ count: Int) throws -> Int {
                let answer = try http.call(
                    "POST", "/api/push_clicks", token: guest.token,
                    body: #"{"clicks":[\#(count),1],"batch_id":"only"}"#)
                if answer.status == 200 {
                    clicks[guest.session] = [count, 1]
                    #expect(try answer.json()["total"] as? Int == count + 1, "\(answer.text)")
                } else {
                    #expect(
                        answer.status == 503 && answer.errorCode == "storage_unavailable", "\(answer.text)")
                }
                return answer.status
            }

            func guest() throws -> (token: String, session: String) {
                let json = try http.call("POST", "/api/auth/guest", body: "{}").json()
                return (try #require(json["token"] as? String), try #require(json["session_id"] as? String))
            }

            func create() throws -> Int {
                try http.call("POST", "/api/relays", token: account.accessToken).status
            }

            for number in 1...10 { #expect(try push(guest(), number) == 200) }
            #expect(try create() == 200)
            try disk.fill()
            var refused = try guest()
            while try push(refused, 7) == 200 {
                refused = try guest()
                try #require(clicks.count < 20_000, "the disk is full, yet everything is acknowledged")
            }
            let others = try (0..<5).map { _ in try guest() }
            for other in [refused] + others { #expect(try push(other, 7) == 503) }
            #expect(try create() == 503)
            #expect(try http.call("GET", "/api/relays", token: account.accessToken).status == 200)
            // Nothing that was refused shows.
            #expect(try total(http) == clicks.values.joined().reduce(0, +))

            try disk.makeRoom()
            try eventually("room for clicks") { try push(refused, 7) == 200 }
            for other in [refused] + others + [refused] { #expect(try push(other, 7) == 200) }
            #expect(try create() == 200)
            try compare(clicks, http)
            try server.kill()
            try server.restart()
            try compare(clicks, try RawHTTP(port: server.port))
            try server.kill()
        }

        private func total(_ http: RawHTTP) throws -> Int {
            let game = try http.call("GET", "/api/click_games/current").json()
            return try #require(game["planets"] as? [[String: Any]])
                .reduce(0) { $0 + (($1["clicks"] as? Int) ?? 0) }
        }

        /// Holds the running game against each sign-in's acknowledged clicks.
        private func compare(_ clicks: [String: [Int]], _ http: RawHTTP) throws {
            let game = try http.call("GET", "/api/click_games/current").json()
            let id = try #require(game["game_id"] as? String)
            let stored = try http.call("GET", "/api/click_games/\(id)/contributions").json()
            var found: [String: [Int]] = [:]
            for planet in stored.values {
                found.merge(try #require(planet as? [String: [Int]])) { $0 + $1 }
            }
            #expect(found == clicks)
            #expect(try total(http) == clicks.values.joined().reduce(0, +))
        }
    }
}

/// How room runs out: on a small disk where the test may mount one, and by a limit that needs no right.
private enum Scarcity: String, CustomTestStringConvertible {
    case smallDisk = "a small disk (ENOSPC)"
    case fileSizeLimit = "a limit on files (EFBIG)"

    static let possible: [Scarcity] = (SmallDisk.isPossible ? [.smallDisk] : []) + [.fileSizeLimit]

    var testDescription: String { rawValue }
}

/// Room that a test takes and gives back.
private protocol Scarce {
    func fill() throws
    func makeRoom() throws
}

/// A running process's limit on the size of files it writes, set by util-linux's prlimit(1).
private struct FileSizeLimit: Scarce {
    let process: pid_t
    let directory: String

    func fill() throws { try set("1") }

    func makeRoom() throws { try set("unlimited") }

    private func set(_ softBytes: String) throws {
        let prlimit = try ChildProcess(
            "/usr/bin/prlimit", ["--pid", "\(process)", "--fsize=\(softBytes):"], in: directory)
        #expect(try prlimit.wait() == .exited(0), "\(prlimit.errors)")
    }
}

/// A file system in memory with a few megabytes, mounted for one test.
private final class SmallDisk: Scarce {
    let path: String
    private var balloon: String { path + "/balloon" }

    /// Whether this process may mount.
    static let isPossible: Bool = {
        guard geteuid() == 0, let directory = try? ScratchDirectory() else { return false }
        return (try? SmallDisk(at: directory.path + "/probe", megabytes: 1)) != nil
    }()

    init(at path: String, megabytes: Int) throws {
        self.path = path
        mkdir(path, 0o700)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m,mode=0700") == 0 else {
            throw TooLate(description: "mount: \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }

    /// Takes all the room that is left.
    func fill() throws {
        let file = open(balloon, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        try #require(file >= 0)
        defer { close(file) }
        let block = [UInt8](repeating: 0, count: 4_096)
        while write(file, block, block.count) > 0 {}
        try #require(errno == ENOSPC)
    }

    func makeRoom() throws {
        try #require(unlink(balloon) == 0)
    }
}
