import Files
import Foundation
import Protocol
import Synchronization
import Testing

@testable import Server

@Suite("A broadcast")
struct BroadcastTests {
    private func board(_ width: Int = 4, _ height: Int = 2) throws -> BroadcastBoard {
        let size = try #require(CanvasSize(width: width, height: height))
        return BroadcastBoard(size: size, cells: [UInt8](repeating: 0, count: size.cellCount), version: 0)
    }

    @Test("hands over the whole canvas first, then what changed, each change once")
    func news() throws {
        let board = try board()
        board.take(.pixels(PixelRun(from: 0, to: 1, epoch: 1, pixels: [Pixel(x: 1, y: 1, color: 9)])))
        let first = board.takeNews()
        #expect(first.whole == [0, 0, 0, 0, 0, 9, 0, 0] && first.changed.isEmpty && first.version == 1)
        board.take(.pixels(PixelRun(from: 1, to: 3, epoch: 1, pixels: [Pixel(x: 0, y: 0, color: 3)])))
        let second = board.takeNews()
        #expect(second.whole == nil && second.version == 3)
        #expect(second.changed.map(\.cell) == [0] && second.changed.map(\.color) == [3])
        #expect(board.takeNews().changed.isEmpty)
    }

    @Test("shows a new canvas whole, in its own size")
    func reset() throws {
        let board = try board()
        _ = board.takeNews()
        board.take(.canvasReset(epoch: 2, version: 10, width: 3, height: 3))
        let news = board.takeNews()
        #expect(news.whole == [UInt8](repeating: 0, count: 9) && news.size.width == 3 && news.version == 10)
    }

    @Test("hands over all that it takes while its canvas is being copied")
    func copies() throws {
        let board = try board(512, 512)
        let isDone = Atomic(false)
        let painted = Mutex<[UInt8]>([])
        let painter = Thread {
            var cells: [UInt8] = []
            for round in 0... {
                // Read before the news are taken: what was told until then is in them.
                let isLast = isDone.load(ordering: .acquiring)
                if !isLast, round % 2 == 0 { board.showWhole() }
                let news = board.takeNews()
                if let whole = news.whole { cells = whole }
                for (cell, color) in news.changed { cells[Int(cell)] = color }
                if isLast { break }
            }
            painted.withLock { $0 = cells }
        }
        painter.start()
        var truth = [UInt8](repeating: 0, count: 512 * 512)
        var random = SystemRandomNumberGenerator()
        for version in Version(0)..<30_000 {
            if version == 10_000 {
                board.take(.canvasReset(epoch: 2, version: version, width: 256, height: 512))
                truth = [UInt8](repeating: 0, count: 256 * 512)
            }
            let width = truth.count / 512
            let pixel = Pixel(
                x: Int.random(in: 0..<width, using: &random), y: Int.random(in: 0..<512, using: &random),
                color: UInt8.random(in: 0..<32, using: &random))
            truth[pixel.y * width + pixel.x] = pixel.color
            board.take(.pixels(PixelRun(from: version, to: version + 1, epoch: 1, pixels: [pixel])))
        }
        isDone.store(true, ordering: .releasing)
        while painted.withLock({ $0.isEmpty }) { sched_yield() }
        #expect(painted.withLock { $0 } == truth)
    }

    @Test("keeps no more changes than a limit, and shows the whole canvas instead")
    func overflow() throws {
        let board = try board(300, 300)
        _ = board.takeNews()
        for round in 0..<2 {
            let pixels = (0..<40_000).map { Pixel(x: $0 % 300, y: $0 / 300, color: UInt8(round + 1)) }
            board.take(.pixels(PixelRun(from: 0, to: 40_000, epoch: 1, pixels: pixels)))
        }
        let news = board.takeNews()
        #expect(news.changed.isEmpty && news.whole?[39_999] == 2 && news.whole?[40_000] == 0)
    }

    @Test("an encoder that goes is waited for twice as long each time, up to a minute, until one lasted")
    func pauses() {
        var pause = RestartPause()
        #expect((0..<8).map { _ in pause.next(afterMs: 10) } == [1, 2, 4, 8, 16, 32, 60, 60])
        #expect(pause.next(afterMs: 60_000) == 1)
    }

    @Test("the key stands in no argument, and the log and the settings show the host alone")
    func secrecy() {
        var settings = BroadcastSettings(url: "rtmps://a.example.org:443/live2/PATHKEY")
        settings.keyFile = "/etc/key"
        #expect(settings.host == "rtmps://a.example.org:443")
        let arguments = settings.arguments(preset: 3)
        #expect(arguments.contains("/dev/fd/3") && !arguments.contains { $0.contains("/etc/key") })
    }

    @Test("what an encoder says is told without the key, the address's path and its password")
    func complaints() {
        let bare = BroadcastSettings(url: "rtmp://ada:pa55@a.example.org/live2/PATHKEY")
        #expect(bare.host == "rtmp://a.example.org")
        for said in [
            "rtmp://ada:pa55@a.example.org/live2/PATHKEY: Connection refused", "live2/PATHKEY is in use",
            "stream PATHKEY is in use", "ada:pa55 may not publish",
        ] {
            let told = bare.hidingSecrets(in: said, key: "")
            #expect(!told.contains("PATHKEY") && !told.contains("pa55") && told.contains("…"), "\(told)")
        }
        let keyed = BroadcastSettings(url: "rtmp://a.example.org/live")
        #expect(keyed.hidingSecrets(in: "stream s3cret is live", key: "s3cret") == "stream … is …")
        let long = String(repeating: "x", count: 1_000) + " s3cret"
        #expect(keyed.hidingSecrets(in: long, key: "s3cret").count == 300)
    }

    @Test("an encoder gets whole pictures and the key, says what is wrong, and ends when it is told to")
    func encoder() throws {
        let directory =
            FileManager.default.temporaryDirectory.path + "/broadcast-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let script =
            "cat /dev/fd/3 >\(directory)/key; cat >\(directory)/pictures; echo 'first line' >&2; echo last words >&2"
        let encoder = try EncoderProcess(program: "/bin/sh", arguments: ["-c", script], key: "s3cret")
        let picture = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        var rest = picture[...]
        while !rest.isEmpty { rest = rest.dropFirst(try encoder.write(rest, waitMs: 1000)) }
        let end = encoder.end(withinMs: 10_000)
        #expect(end.reason == "last words")
        #expect(try WholeFile.read(directory + "/pictures", maxBytes: 4_000_000) == picture)
        #expect(try WholeFile.read(directory + "/key", maxBytes: 100) == Array("rtmp_playpath=s3cret\n".utf8))
    }

    @Test("an encoder that doesn't go is killed when its time is over, not later")
    func stubborn() throws {
        let script = "trap '' TERM INT HUP; exec 2>&-; exec sleep 600 <&-"
        let encoder = try EncoderProcess(program: "/bin/sh", arguments: ["-c", script], key: "")
        let duration = ContinuousClock().measure { _ = encoder.end(withinMs: 1_000) }
        #expect(duration >= .seconds(1) && duration < .milliseconds(1_900))
    }

    @Test("an encoder that isn't there, or goes, is told with a reason")
    func failures() throws {
        #expect(throws: EncoderProcess.Failure.self) {
            _ = try EncoderProcess(program: "/no/such/encoder", arguments: [], key: "")
        }
        let gone = try EncoderProcess(
            program: "/bin/sh", arguments: ["-c", "echo connection refused >&2; exit 1"], key: "")
        let failure = #expect(throws: EncoderProcess.Failure.self) {
            while true { _ = try gone.write([UInt8](repeating: 1, count: 1000)[...], waitMs: 100) }
        }
        #expect(failure?.reason == "connection refused")
        #expect(gone.end(withinMs: 1000).reason == "connection refused")
    }
}
