import Protocol
import Testing

@testable import TUI

@Suite struct FlatSessionTests {
    @Test("coming in is told line by line: connection, name, state, canvas, cursor")
    func start() throws {
        var sample = try FlatSample()
        try sample.connect()
        #expect(
            sample.said == [
                "help: Pixel Wars in words: say help for the commands, quit to end",
                "connection: connected to 127.0.0.1:8080", "account: you are Ada", "status: playing",
                "canvas: 100 by 60, version 12", "cursor: 50,30 white", "color: red",
            ])
    }

    @Test("a line that comes before the canvas waits for it, and so do those behind")
    func waitsForCanvas() throws {
        var sample = try FlatSample()
        for line in ["go 3 4", "color 7", "place"] { sample.say(line) }
        #expect(sample.commands.isEmpty)
        try sample.connect()
        #expect(sample.commands.contains(.place(request: 1, Pixel(x: 3, y: 4, color: 7))))
        #expect(sample.said.suffix(2) == ["cursor: 3,4 white", "color: red, number 7"])
    }

    @Test("what needs nobody is answered before there is a connection")
    func needsNobody() throws {
        var sample = try FlatSample()
        sample.say("help place")
        sample.say("status")
        #expect(sample.said.contains("help: place: places a pixel at the cursor"))
        #expect(sample.said.contains("canvas: not here yet"))
        sample.say("quit")
        #expect(sample.session.isOver)
    }

    @Test("a pixel is told when it is saved, and the next line waits until then")
    func place() throws {
        var sample = try FlatSample.playing()
        sample.say("go 3 4")
        sample.say("place")
        sample.say("right")
        #expect(sample.said == ["cursor: 3,4 white"])
        sample.hear(.placed(request: 1, version: 13))
        #expect(sample.said.suffix(2) == ["pixel: placed 3,4 red, version 13", "cursor: 4,4 white"])
        sample.hear(.changed([Pixel(x: 3, y: 4, color: 7)], version: 13))
        sample.pass(milliseconds: 60_000)
        #expect(!sample.said.contains { $0.contains("3,4 is") }, "one's own pixel is told once")
    }

    @Test("a refused pixel is told why, and undo that it was done")
    func refused() throws {
        var sample = try FlatSample.playing()
        sample.say("place")
        sample.hear(.refused(request: 1, Failure(.rateLimited, "slow", retryAfterMs: 400)))
        #expect(sample.said == ["warning: Wait 0.4 s"])
        sample.say("undo")
        #expect(sample.commands.last == .undo(request: 2))
        sample.hear(.placed(request: 2, version: 14))
        #expect(sample.said.last == "pixel: taken back, version 14")
    }

    @Test("pixels of others are summed: one line in ten seconds, where asked for one a second")
    func bursts() throws {
        var sample = try FlatSample.playing()
        for step in 0..<200 {
            sample.hear(.changed([Pixel(x: 5 + step % 10, y: 20, color: 1)], version: 13 + Int64(step)))
            sample.pass(milliseconds: 100)
        }
        #expect(sample.said.count <= 4, "\(sample.said)")
        #expect(sample.said.contains { $0.hasPrefix("pixels: ") && $0.hasSuffix("near 9,20") })
        sample.forget()
        sample.say("verbose on")
        for step in 0..<50 {
            sample.hear(.changed([Pixel(x: 5 + step % 10, y: 20, color: 2)], version: 300 + Int64(step)))
            sample.pass(milliseconds: 100)
        }
        #expect((4...8).contains(sample.said.count), "\(sample.said)")
    }

    @Test("what led to the canvas that a person finds is no news; what happened in a gap is")
    func catchingUp() throws {
        var sample = try FlatSample()
        sample.session.begin(at: 40)
        try sample.connect()
        sample.forget()
        sample.hear(.changed([Pixel(x: 1, y: 1, color: 4)], version: 40))
        sample.pass(milliseconds: 20_000)
        #expect(sample.said.isEmpty)
        sample.session.begin(at: 60)
        sample.hear(.changed([Pixel(x: 2, y: 1, color: 4)], version: 60))
        #expect(sample.said == ["pixel: 2,1 is black now"])
    }

    @Test("a person in the queue hears each place once, and is told what placing needs")
    func queued() throws {
        var sample = try FlatSample()
        try sample.connect(.queued)
        sample.hear(.status(.queued(position: 3, sinceMs: GameSamples.startMs), idleLeftMs: nil))
        sample.forget()
        sample.say("place")
        #expect(sample.said == ["warning: Waiting for a place"])
        sample.hear(.status(.queued(position: 2, sinceMs: GameSamples.startMs), idleLeftMs: nil))
        sample.pass(milliseconds: 3_000)
        sample.hear(.status(.playing(idleDeadlineMs: 0), idleLeftMs: 120_000))
        #expect(
            sample.said.suffix(2).first?.hasPrefix("status: queued, 2nd in line") == true, "\(sample.said)")
        #expect(sample.said.last == "status: playing")
    }

    @Test("the end of play by idling is told three times before it comes")
    func idling() throws {
        var sample = try FlatSample.playing()
        sample.hear(.status(.playing(idleDeadlineMs: 0), idleLeftMs: 30_000))
        sample.pass(milliseconds: 29_000)
        #expect(
            sample.said
                == [20, 10, 5].map {
                    "status: playing, \($0) seconds until you count as away; place a pixel to stay"
                })
    }

    @Test("leaving takes one word, and what has no place to leave says so")
    func leave() throws {
        var sample = try FlatSample.playing()
        sample.say("leave")
        #expect(sample.commands == [.leave])
        sample.hear(.status(.afk, idleLeftMs: nil))
        #expect(sample.said == ["status: you left; play asks for a place"])
        sample.say("leave")
        #expect(sample.said.last == "warning: You have no place to leave")
        sample.say("place")
        #expect(sample.said.last == "warning: say play to play")
        sample.say("play")
        #expect(sample.commands.last == .play)
    }

    @Test("whose a pixel is is asked and told with how long ago it was placed")
    func who() throws {
        var sample = try FlatSample.playing()
        sample.say("go 3 4")
        sample.say("who")
        #expect(sample.commands == [.ask(.cell(Place(x: 3, y: 4)))])
        let placedMs = GameSamples.startMs - 120_000
        sample.hear(
            .canvas(
                .cell(
                    PixelAnswer(
                        pixel: Pixel(x: 3, y: 4, color: 7), version: 9, account: GameSamples.account(1),
                        placedAtMs: placedMs))))
        #expect(sample.said.last == "cursor: 3,4 red, placed by Grace 2 minutes ago")
        sample.say("look")
        sample.say("who")
        sample.hear(.canvas(.failed(.cell(Place(x: 3, y: 4)), Failure(.banned, ""))))
        #expect(sample.said.last == "error: You are banned here")
    }

    @Test("a player is followed from pixel to pixel until the person goes another way")
    func follow() throws {
        var sample = try FlatSample.playing()
        let grace = GameSamples.account(1)
        func pixel(_ x: Int, _ version: Version) -> PixelAnswer {
            PixelAnswer(
                pixel: Pixel(x: x, y: 4, color: 7), version: version, account: grace,
                placedAtMs: GameSamples.startMs)
        }
        sample.say("go 3 4")
        sample.say("follow")
        sample.pass(milliseconds: 300)
        #expect(sample.commands == [.ask(.cell(Place(x: 3, y: 4)))])
        sample.hear(.canvas(.cell(pixel(3, 9))))
        #expect(sample.said.last == "news: Following Grace")
        #expect(sample.commands.last == .ask(.latest(of: grace.id)))
        sample.hear(.canvas(.latest(pixel(7, 20), of: grace.id)))
        #expect(sample.said.last == "cursor: 7,4 red, placed by Grace just now")
        sample.forget()
        sample.pass(milliseconds: 2_100)
        #expect(sample.commands == [.ask(.latest(of: grace.id))])
        sample.hear(.canvas(.latest(pixel(7, 20), of: grace.id)))
        #expect(sample.said.isEmpty, "the same pixel is no news")
        sample.hear(.canvas(.latest(pixel(8, 21), of: grace.id)))
        #expect(sample.said == ["cursor: 8,4 red, placed by Grace 2 seconds ago"])
        #expect(sample.session.model.cursor == Place(x: 8, y: 4))
        sample.say("left")
        sample.forget()
        sample.pass(milliseconds: 10_000)
        #expect(sample.commands.isEmpty)
        sample.say("follow nobody seen")
        #expect(sample.said.last == "warning: Nobody seen is called so: say who at a pixel to hear its owner")
    }

    @Test("marks are kept, lead back, and are forgotten; the edge of the canvas is told")
    func marks() throws {
        var sample = try FlatSample.playing()
        sample.say("mark Barn")
        guard case .desk(.keep(let kept))? = sample.commands.last else {
            Issue.record("\(sample.commands)")
            return
        }
        #expect(kept.items.map(\.name) == ["Barn"])
        for line in ["go 500 2", "go barn", "marks", "go shed", "unmark barn", "marks"] { sample.say(line) }
        #expect(
            sample.said == [
                "news: Bookmarked Barn", "warning: that is the canvas's edge", "cursor: 99,2 black",
                "cursor: 50,30 white", "cursor: Barn at 50,30 white",
                "error: there is no mark shed; say marks",
                "news: Barn is forgotten", "cursor: no marks",
            ])
    }

    @Test("a name goes through the prompt's rules, and its refusal is told")
    func name() throws {
        var sample = try FlatSample.playing()
        sample.say("name Grace")
        #expect(sample.commands == [.rename("Grace")])
        sample.hear(.renameRefused(Failure(.nameTaken, "")))
        #expect(sample.said == ["error: That name is taken"])
        sample.say("name " + String(repeating: "x", count: 40))
        sample.hear(.renamed(String(repeating: "x", count: 24)))
        #expect(sample.said.last == "news: You are \(String(repeating: "x", count: 24)) now")
        #expect(sample.session.model.overlay == .none)
    }

    @Test("watchers are told what they can't do")
    func watching() throws {
        var sample = try FlatSample(purpose: .watch)
        sample.hear(.link(.watching))
        sample.hear(.replaced(try SampleModels.image(width: 100, height: 60), epoch: 1, version: 12))
        for line in ["place", "play", "click", "shop", "name Ada"] {
            sample.forget()
            sample.say(line)
            #expect(sample.said.last?.hasPrefix("warning: Watch") == true, "\(line): \(sample.said)")
        }
    }
}
