import Protocol
import Stage
import Testing
import Transport

@testable import Bot

@Suite("A bot that passes lines on", .serialized)
struct RequeueTests {
    @Test("ends with status 1 and a line where idling ended its play")
    func sentAway() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.start(BotCommand.Lines(wantsToPlay: true))
        #expect(scene.run { scene.server.sockets.count == 1 })
        scene.server.sendAway()
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == "you were away too long")
        #expect(try scene.said() == ["welcome afk", "playing", "afk"])
    }

    @Test("ends well where all was said and answered before idling ended its play", arguments: [true, false])
    func done(requeues: Bool) throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.server.receives = { [unowned server = scene.server] message in
            guard message == .heartbeat else { return nil }
            server.sendAway()
            return .ok
        }
        scene.start(BotCommand.Lines(wantsToPlay: true, requeues: requeues))
        try scene.say(#"{"type":"place","id":1,"x":1,"y":2,"color":3}"#)
        scene.endInput()
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil && scene.server.handshakes == [true])
        #expect(try scene.said().contains("placed"))
    }

    @Test("plays again where it re-queues, and goes on with the lines that came meanwhile")
    func requeues() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.start(BotCommand.Lines(wantsToPlay: false, requeues: true))
        try scene.say(#"{"type":"play","id":1}"#)
        #expect(scene.run { scene.server.status == .playing(idleDeadlineMs: nil) })
        scene.server.playAnswers = [.status(.queued(position: 1, sinceMs: 0))]
        // The line is in the pipe before the bot is sent away, and can't be lost with the old connection.
        scene.server.receives = { [unowned server = scene.server] message in
            guard message == .undo else { return nil }
            server.receives = nil
            server.sendAway()
            return .ok
        }
        try scene.say(#"{"type":"undo"}"#)
        #expect(scene.run { scene.server.handshakes == [false, true] })
        // Whoever waits can't place yet.
        try scene.say(#"{"type":"place","id":2,"x":1,"y":2,"color":3}"#)
        var earlyPlaces = 0
        scene.server.receives = {
            if case .place = $0 { earlyPlaces += 1 }
            return nil
        }
        scene.loop.run(until: { earlyPlaces > 0 }, timeoutMs: 100)
        #expect(earlyPlaces == 0)
        scene.server.promote(.playing(idleDeadlineMs: nil))
        scene.endInput()
        #expect(scene.run { scene.isOver })
        #expect(
            try scene.said() == [
                "welcome afk", "playing", "afk", "welcome afk", "queued 1", "playing", "pixels", "placed",
            ])
        #expect(scene.complaint == "some answers didn't come")
    }

    @Test("asks again each time, and ends well where nothing was lost")
    func again() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.start(BotCommand.Lines(wantsToPlay: true, requeues: true))
        for round in 1...3 {
            #expect(scene.run { scene.server.sockets.count == round && scene.server.status != .afk })
            scene.server.sendAway()
        }
        #expect(scene.run { scene.server.sockets.count == 4 })
        scene.endInput()
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint == nil && scene.server.handshakes == [true, true, true, true])
    }

    @Test("doesn't come back from a close that means something else")
    func replaced() throws {
        let scene = try BotScene()
        defer { scene.end() }
        scene.start(BotCommand.Lines(wantsToPlay: true, requeues: true))
        #expect(scene.run { scene.server.sockets.count == 1 })
        scene.server.hangUp(.replaced)
        #expect(scene.run { scene.isOver })
        #expect(scene.complaint != nil && scene.server.sockets.count == 1)
    }
}
