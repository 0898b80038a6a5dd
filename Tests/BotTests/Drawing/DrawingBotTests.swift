import Files
import Glibc
import Protocol
import Raster
import Stage
import Testing

@testable import Bot

@Suite("A drawing bot", .serialized)
struct DrawingBotTests {
    /// A file of four pixels in a row, each of another color than the empty canvas.
    private final class Picture {
        private let directory: String
        let path: String

        init() throws {
            var template = Array("/tmp/pixelwars-picture-XXXXXX".utf8CString)
            directory = String(cString: try #require(mkdtemp(&template)))
            path = directory + "/picture.png"
            let size = try #require(CanvasSize(width: 4, height: 1))
            let png = try PNGCodec.encode(cells: [3, 4, 5, 6], size: size, palette: ScriptedCanvas.palette)
            try WholeFile.write(png, to: path, mode: 0o600)
        }

        deinit {
            unlink(path)
            rmdir(directory)
        }
    }

    @Test("waits in the queue, comes back where it was sent away, and asks again where the queue is full")
    func persistent() throws {
        let picture = try Picture()
        defer { withExtendedLifetime(picture) {} }
        let scene = try BotScene()
        defer { scene.end() }
        let queued = ServerMessage.status(.queued(position: 1, sinceMs: 0))
        let full = ServerMessage.error(Failure(.queueFull, "full", retryAfterMs: 20))
        scene.server.playAnswers = [full, full, queued]
        var placed = 0
        scene.server.receives = { [unowned server = scene.server] message in
            guard case .place = message else { return nil }
            placed += 1
            // The second pixel is the one that idling swallows.
            guard placed == 2 else { return nil }
            server.playAnswers = [full, queued]
            server.sendAway()
            return .ok
        }
        scene.start(BotCommand.Drawing(file: picture.path, x: 2, y: 3))
        for _ in 0..<2 {
            #expect(scene.run { if case .queued = scene.server.status { true } else { false } })
            scene.server.promote(.playing(idleDeadlineMs: nil))
            #expect(scene.run { scene.server.status != .playing(idleDeadlineMs: nil) || scene.isOver })
        }
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil)
        let cells = scene.server.canvas.cells
        #expect(Array(cells[(3 * 16 + 2)..<(3 * 16 + 6)]) == [3, 4, 5, 6])
        #expect(scene.server.handshakes == [true, true])
    }

    @Test("asks to play again after a restart of the server made everyone AFK")
    func restarted() throws {
        let picture = try Picture()
        defer { withExtendedLifetime(picture) {} }
        let scene = try BotScene()
        defer { scene.end() }
        var placed = 0
        scene.server.receives = { [unowned server = scene.server] message in
            guard case .place = message else { return nil }
            placed += 1
            guard placed == 2 else { return nil }
            server.status = .afk
            server.hangUp(.goingAway)
            return .ok
        }
        scene.start(BotCommand.Drawing(file: picture.path))
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil && Array(scene.server.canvas.cells[..<4]) == [3, 4, 5, 6])
        #expect(scene.server.handshakes == [true, false])
    }
}
