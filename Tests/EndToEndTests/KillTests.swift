import Foundation
import Glibc
import Protocol
import Testing

extension EndToEnd.OfServers {
    /// `kill -9` under load: what was acknowledged is on the disk.
    ///
    /// The record of what was acknowledged is kept here, in another process than the one that is killed.
    @Suite struct KillTests {
        /// How often it is killed; `PIXELWARS_KILLS` asks for more than the usual twenty.
        static let kills =
            ProcessInfo.processInfo.environment["PIXELWARS_KILLS"].flatMap { Int($0) } ?? 20

        @Test("no acknowledged pixel is missing after the server is killed under load, again and again")
        func killed() throws {
            let server = try TestServer(["--max-connections-per-address", "1000", "--snapshot-every", "500"])
            var generator = SystemRandomNumberGenerator()
            var known = KnownCanvas(width: 64, height: 48)
            let accounts = try (0..<4).map { _ in try Account(on: server) }
            for round in 0..<Self.kills {
                var painters = try accounts.enumerated().map { number, account in
                    try Painter(
                        socket: account.play(on: server), rows: number * 12..<number * 12 + 12, round: round)
                }
                let enough = Int.random(in: 20...1_500, using: &generator)
                var acknowledged = 0
                while acknowledged < enough {
                    for index in painters.indices {
                        acknowledged += try painters[index].work(&known)
                    }
                }
                server.process.signal(SIGKILL)
                // What had left the server before it died was acknowledged too.
                for index in painters.indices { try painters[index].readTheRest(&known) }
                #expect(try server.process.wait() == .killed(by: SIGKILL))
                try server.restart()
                try known.compare(with: server, round: round)
            }
            #expect(known.acknowledged > Self.kills * 20)
        }
    }
}

/// What is known of the canvas by what the server acknowledged.
private struct KnownCanvas {
    let width: Int
    let height: Int
    /// Each cell's last acknowledged color.
    private var cells: [UInt8]
    /// What was asked for since and may or may not have been heard.
    private var pending: [Int: UInt8] = [:]
    private var version = 0
    private(set) var acknowledged = 0

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        cells = [UInt8](repeating: 0, count: width * height)
    }

    mutating func ask(cell: Int, color: UInt8) { pending[cell] = color }

    mutating func acknowledge(cell: Int, version: Int) throws {
        let color = pending.removeValue(forKey: cell)
        cells[cell] = try #require(color)
        self.version = max(self.version, version)
        acknowledged += 1
    }

    /// Holds the server's canvas against this one, and learns what became of what was pending.
    mutating func compare(with server: TestServer, round: Int) throws {
        let http = try RawHTTP(port: server.port)
        let head = try http.call("GET", "/api/canvas").json()
        let now = try #require(head["version"] as? Int)
        #expect(now >= version, "round \(round): the version fell")
        let answer = try http.call("GET", "/api/canvas/changes?from=\(now)")
        #expect(answer.status == 200)
        let snapshot = try http.call("GET", "/api/canvas/snapshot")
        let start = try #require(snapshot.headers["x-canvas-version"].flatMap { Int($0) })
        var found = try SnapshotCodec.inflate(snapshot.body, cellCount: cells.count)
        let changes = try http.call("GET", "/api/canvas/changes?from=\(start)").json()
        #expect(changes["from"] as? Int == start)
        #expect(changes["to"] as? Int == now)
        for pixel in try #require(changes["pixels"] as? [[Int]]) {
            found[pixel[1] * width + pixel[0]] = UInt8(pixel[2])
        }
        for cell in cells.indices where found[cell] != cells[cell] {
            let place = "cell \(cell % width),\(cell / width) of round \(round)"
            #expect(found[cell] == pending[cell], "\(place): an acknowledged pixel is missing")
        }
        cells = found
        version = now
        pending = [:]
    }
}

/// One player who paints its rows cell by cell, many at a time.
private struct Painter {
    private static let window = 40

    let socket: RawWebSocket
    private let first: Int
    private let count: Int
    private let color: UInt8
    private var asked = 0
    private var underWay: [Int: Int] = [:]

    init(socket: RawWebSocket, rows: Range<Int>, round: Int) {
        self.socket = socket
        first = rows.lowerBound * 64
        count = rows.count * 64
        color = UInt8(1 + round % 31)
    }

    /// Asks for more pixels and takes the answers that are here; gives their number.
    mutating func work(_ known: inout KnownCanvas) throws -> Int {
        // A cell is asked for once a round, so that its color tells whether it was heard.
        while underWay.count < Self.window, asked < count {
            let cell = first + asked
            known.ask(cell: cell, color: color)
            underWay[asked] = cell
            try socket.send(
                #"{"type":"place","id":\#(asked),"x":\#(cell % 64),"y":\#(cell / 64),"color":\#(color)}"#)
            asked += 1
        }
        var answers = 0
        while !underWay.isEmpty, answers == 0 || socket.http.socket.hasBytes {
            if try take(try socket.message(), &known) { answers += 1 }
        }
        return answers
    }

    /// Takes what is still to be read from a server that is dead.
    mutating func readTheRest(_ known: inout KnownCanvas) throws {
        do {
            while true { _ = try take(try socket.message(), &known) }
        } catch is ConnectionLost {}
    }

    private mutating func take(_ message: [String: Any], _ known: inout KnownCanvas) throws -> Bool {
        try #require(message["type"] as? String != "error", "\(message)")
        guard message["type"] as? String == "placed", let id = message["reply_to"] as? Int,
            let cell = underWay.removeValue(forKey: id)
        else { return false }
        try known.acknowledge(cell: cell, version: try #require(message["version"] as? Int))
        return true
    }
}
