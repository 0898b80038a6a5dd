import Engine
import Protocol
import Testing

@Suite("Spectators who watch live")
struct SpectatorTests {
    private func desk(_ change: (inout EngineConfiguration) -> Void = { _ in }) -> Desk {
        var desk = Desk(recovered: Desk.withAccounts()) {
            $0.placeRate = Rate(perSecond: 0, burst: 1)
            $0.messageRate = Rate(perSecond: 0, burst: 1)
            $0.hasLiveSpectators = true
            change(&$0)
        }
        desk.play(1)
        return desk
    }

    private func watch(_ desk: inout Desk, guest number: UInt64) {
        desk.give(
            .opened(Desk.socket(number), Desk.guest(number), address: "10.0.0.2", play: false, relay: nil))
    }

    /// The streams that a socket was put into and taken out of by the last `give`.
    private func moves(_ desk: Desk, _ number: UInt64) -> [String] {
        desk.effects.compactMap { effect in
            switch effect {
            case .subscribe(Desk.socket(number), .canvas): "+players"
            case .subscribe(Desk.socket(number), .spectators): "+spectators"
            case .unsubscribe(Desk.socket(number), .canvas): "-players"
            case .unsubscribe(Desk.socket(number), .spectators): "-spectators"
            default: nil
            }
        }
    }

    private func spectatorFrames(_ desk: Desk) -> [PixelRun] {
        (desk.recorded ?? []).compactMap {
            if case .publish(.spectators, .pixels(let run)) = $0 { run } else { nil }
        }
    }

    @Test("get no frames where the host doesn't let them, and the head tells")
    func off() {
        var desk = desk { $0.hasLiveSpectators = false }
        watch(&desk, guest: 80)
        #expect(moves(desk, 80).isEmpty)
        desk.recorded = []
        desk.place(1, 0, 0, 5)
        desk.run(ms: 1_000)
        #expect(spectatorFrames(desk).isEmpty)
        guard case .canvas(let head) = desk.ask(.canvas) else {
            Issue.record("no head")
            return
        }
        #expect(!head.hasLiveSpectators && desk.engine.counts.liveSpectators == 0)
    }

    @Test("get merged frames a slower tick apart, a guest and an account that doesn't play alike")
    func slower() {
        var desk = desk()
        watch(&desk, guest: 80)
        #expect(moves(desk, 80) == ["+spectators"])
        desk.open(2)
        #expect(moves(desk, 2) == ["+spectators"])
        #expect(desk.engine.counts.liveSpectators == 2)
        guard case .canvas(let head) = desk.ask(.canvas) else {
            Issue.record("no head")
            return
        }
        #expect(head.hasLiveSpectators)
        desk.recorded = []
        for step in 0..<20 {
            desk.place(1, step % 3, 0, UInt8(step % 32))
            desk.run(ms: 50)
        }
        desk.run(ms: 1_000)
        let frames = spectatorFrames(desk)
        #expect((4...6).contains(frames.count), "in a second, a frame each 250 ms")
        #expect(frames.first?.from == 0 && frames.last?.to == 20)
        #expect(zip(frames, frames.dropFirst()).allSatisfy { $0.to == $1.from }, "frames join")
        #expect(frames.dropFirst().allSatisfy { $0.pixels.count <= 3 }, "each cell once, with its last color")
    }

    @Test("wake nobody while there are none of them, and begin where the first one comes")
    func nobody() {
        var desk = desk()
        desk.recorded = []
        desk.place(1, 0, 0, 5)
        desk.run(ms: 2_000)
        #expect(spectatorFrames(desk).isEmpty)
        watch(&desk, guest: 80)
        desk.place(1, 1, 0, 5)
        desk.run(ms: 2_000)
        #expect(spectatorFrames(desk).map(\.from) == [1])
        desk.lose(80)
        desk.place(1, 2, 0, 5)
        desk.run(ms: 2_000)
        #expect(spectatorFrames(desk).count == 1 && desk.engine.counts.liveSpectators == 0)
    }

    @Test("may not place, and are told so as ever")
    func readOnly() {
        var desk = desk()
        watch(&desk, guest: 80)
        desk.place(80, 0, 0, 5)
        #expect(desk.sent(to: 80).map(\.code) == [.signInRequired])
        desk.open(2)
        desk.place(2, 0, 0, 5)
        #expect(desk.sent(to: 2).map(\.code) == [.notPlaying])
    }

    @Test("who begins to play first gets what the players have, then their frames; leaving leads back")
    func moving() {
        var desk = desk()
        desk.open(2)
        desk.place(1, 0, 0, 1)
        desk.run(ms: 100)
        // Told to players at once, and to spectators only after their tick.
        desk.place(1, 1, 0, 2)
        desk.run(ms: 30)
        desk.say(2, .play)
        #expect(moves(desk, 2) == ["-spectators", "+players"])
        let merged = PixelRun(from: 1, to: 2, epoch: 1, pixels: [Pixel(x: 1, y: 0, color: 2)])
        #expect(desk.sent(to: 2).first == ServerEnvelope(.pixels(merged)))
        desk.say(2, .leave)
        #expect(moves(desk, 2) == ["-players", "+spectators"])
        #expect(desk.sent(to: 2) == [ServerEnvelope(replyTo: 1, .status(.afk))], "the players had it all")
        desk.say(2, .leave)
        #expect(moves(desk, 2).isEmpty)
    }

    @Test("whoever finds the line full watches on")
    func fullLine() {
        var desk = desk {
            $0.maxPlayers = 1
            $0.maxQueued = 0
        }
        desk.open(2, play: true)
        #expect(desk.sent(to: 2).last?.code == .queueFull)
        #expect(moves(desk, 2) == ["+spectators"])
    }

    @Test("whose play ends by idling is closed, not shown more frames")
    func idling() {
        var desk = desk()
        desk.recorded = []
        desk.run(ms: 130_000, hearing: [1])
        #expect(desk.heard(by: 1).last?.told.code == .afk)
        desk.effects = desk.recorded ?? []
        #expect(moves(desk, 1) == ["-players"])
    }

    @Test("who leave bytes unread get one merged frame once they have read them")
    func slowReaders() {
        var desk = desk()
        watch(&desk, guest: 80)
        watch(&desk, guest: 81)
        desk.place(1, 0, 0, 1)
        desk.run(ms: 300)
        desk.give(.backlog(Desk.socket(80), bytes: 900))
        #expect(moves(desk, 80) == ["-spectators"])
        for x in 1...3 {
            desk.place(1, x, 0, 7)
            desk.run(ms: 300)
        }
        desk.give(.backlog(Desk.socket(80), bytes: 0))
        let run = PixelRun(
            from: 1, to: 4, epoch: 1, pixels: (1...3).map { Pixel(x: $0, y: 0, color: 7) })
        #expect(desk.sent(to: 80) == [ServerEnvelope(.pixels(run))])
        #expect(moves(desk, 80) == ["+spectators"])
        desk.give(.backlog(Desk.socket(80), bytes: 10))
        desk.run(ms: 10_000)
        #expect(desk.closed(80) == .tooSlow)
        #expect(desk.engine.counts.liveSpectators == 1)
    }

    /// A client that takes every frame it is given and wants no gap between them.
    private struct Mirror {
        var topic: Topic?
        var cells: [UInt8]
        var version: Version

        mutating func take(_ run: PixelRun) {
            #expect(run.from <= version, "no gap: at \(version), a frame from \(run.from)")
            guard run.to > version else { return }
            for pixel in run.pixels { cells[pixel.y * 10 + pixel.x] = pixel.color }
            version = run.to
        }
    }

    @Test(
        "end with the same cells as everyone, however often they come, go, play, leave and fall behind",
        arguments: 0..<10 as Range<UInt64>)
    func alike(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var desk = desk { $0.snapshotEvery = 7 }
        var mirrors: [UInt64: Mirror] = [
            1: Mirror(topic: .canvas, cells: desk.engine.durableCells, version: 0)
        ]
        var behind: Set<UInt64> = []
        desk.isAutomatic = false
        var commit: CommitID?
        var frames = 0
        func perform() {
            for effect in desk.effects {
                switch effect {
                case .commit(let id, _): commit = id
                case .publish(let topic, .pixels(let run)):
                    frames += topic == .spectators ? 1 : 0
                    for number in mirrors.keys where mirrors[number]?.topic == topic {
                        mirrors[number]?.take(run)
                    }
                case .send(let id, let envelope):
                    switch envelope.message {
                    case .welcome(let welcome):
                        // Its client fetches the canvas as of then.
                        mirrors[id.rawValue] = Mirror(
                            cells: desk.engine.durableCells, version: welcome.canvas.version)
                    case .pixels(let run): mirrors[id.rawValue]?.take(run)
                    default: break
                    }
                case .subscribe(let id, .canvas): mirrors[id.rawValue]?.topic = .canvas
                case .subscribe(let id, .spectators): mirrors[id.rawValue]?.topic = .spectators
                case .unsubscribe(let id, .canvas), .unsubscribe(let id, .spectators):
                    mirrors[id.rawValue]?.topic = nil
                case .close(let id, _): mirrors[id.rawValue] = nil
                default: break
                }
            }
        }
        for _ in 0..<2_000 {
            let number = UInt64.random(in: 2...5, using: &random)
            let pixel = Pixel(
                x: Int.random(in: 0..<10, using: &random), y: Int.random(in: 0..<10, using: &random),
                color: UInt8.random(in: 0..<32, using: &random))
            switch Int.random(in: 0..<12, using: &random) {
            case 0 where mirrors[number] == nil: desk.open(number, play: Bool.random(using: &random))
            case 1 where mirrors[number] != nil:
                desk.lose(number)
                mirrors[number] = nil
                behind.remove(number)
            case 2 where mirrors[number] != nil: desk.say(number, .play)
            case 3 where mirrors[number] != nil: desk.say(number, .leave)
            case 4 where mirrors[number] != nil:
                let isBehind = behind.remove(number) == nil
                if isBehind { behind.insert(number) }
                desk.give(.backlog(Desk.socket(number), bytes: isBehind ? 100 : 0))
            case 5, 6:
                if let id = commit {
                    commit = nil
                    desk.give(.committed(id))
                }
            default: desk.place(1, pixel.x, pixel.y, pixel.color)
            }
            perform()
            behind.formIntersection(mirrors.keys)
            desk.pass(ms: Int64.random(in: 0..<60, using: &random))
            desk.give(.wake)
            perform()
        }
        for number in behind.sorted() {
            desk.give(.backlog(Desk.socket(number), bytes: 0))
            perform()
        }
        for _ in 0..<3 {
            if let id = commit {
                commit = nil
                desk.give(.committed(id))
                perform()
            }
            desk.pass(ms: 300)
            desk.give(.wake)
            perform()
        }
        #expect(frames > 50 && desk.engine.durableVersion > 300)
        #expect(mirrors.count > 1)
        for (number, mirror) in mirrors {
            #expect(mirror.version == desk.engine.durableVersion, "\(number)")
            #expect(mirror.cells == desk.engine.durableCells, "\(number)")
        }
    }
}
