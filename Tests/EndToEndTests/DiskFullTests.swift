import Foundation
import Glibc
import Testing

extension EndToEnd {
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
