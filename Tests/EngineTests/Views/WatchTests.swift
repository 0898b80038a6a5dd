import Engine
import Protocol
import Testing

@Suite("Watching the canvas")
struct WatchTests {
    private let view = CanvasView(columns: 20, rows: 10)

    /// Begins to watch, each time as the next request.
    private func watch(
        _ desk: inout Desk, _ credential: Credential = .none, from address: String = "a", fps: Int = 10
    ) -> Answer? {
        desk.ask(.views(.watch(view, framesPerSecond: fps)), credential, from: address)
    }

    private func id(_ number: UInt64) -> RequestID { RequestID(rawValue: number) }

    private func drawings(_ desk: Desk) -> Int {
        desk.effects.count { if case .draw(.frame, _, _, _) = $0 { true } else { false } }
    }

    private func given(_ desk: Desk) -> [RequestID] {
        desk.effects.flatMap { if case .stream(let ids, _) = $0 { ids } else { [RequestID]() } }
    }

    /// A pixel that becomes durable.
    private func paint(_ desk: inout Desk, _ color: UInt8) {
        desk.place(1, 0, 0, color)
        desk.run(ms: 25)
    }

    @Test("gives one drawing to all who see the same, at their pace and no faster")
    func shared() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        for address in ["a", "b"] {
            guard case .view(.stream) = watch(&desk, from: address) else {
                Issue.record("no stream")
                return
            }
        }
        #expect(drawings(desk) == 0, "nobody has read the beginning yet")
        desk.give([.streamRead(id(1)), .streamRead(id(2))])
        #expect(drawings(desk) == 1)
        desk.give(.viewDrawn([1]))
        #expect(given(desk) == [id(1), id(2)])
        desk.give([.streamRead(id(1)), .streamRead(id(2))])
        paint(&desk, 3)
        #expect(drawings(desk) == 0, "a tenth of a second isn't over")
        desk.recorded = []
        desk.run(ms: 100)
        desk.effects = desk.recorded ?? []
        #expect(drawings(desk) == 1)
    }

    @Test("a still canvas is drawn again only so often that a lost peer is noticed")
    func still() {
        var desk = Desk()
        _ = watch(&desk)
        desk.give(.streamRead(id(1)))
        desk.give(.viewDrawn([1]))
        desk.give(.streamRead(id(1)))
        desk.recorded = []
        desk.run(ms: Int64(Limits.watchRepeatMs) - 100)
        desk.effects = desk.recorded ?? []
        #expect(drawings(desk) == 0)
        desk.run(ms: 200)
        desk.effects = desk.recorded ?? []
        #expect(drawings(desk) == 1)
    }

    @Test("whoever reads slowly is given nothing meanwhile, then the latest frame alone")
    func slow() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        _ = watch(&desk, from: "a")
        _ = watch(&desk, from: "b")
        desk.give([.streamRead(id(1)), .streamRead(id(2))])
        desk.give(.viewDrawn([1]))
        for color in 2...6 as ClosedRange<UInt8> {
            desk.give(.streamRead(id(1)))
            paint(&desk, color)
            desk.run(ms: 100)
            desk.give(.viewDrawn([color]))
            #expect(given(desk) == [id(1)])
        }
        desk.give(.streamRead(id(2)))
        let frames = desk.effects.compactMap {
            if case .stream(let ids, let bytes) = $0 { (ids, bytes) } else { nil }
        }
        #expect(frames.count == 1 && frames[0] == ([id(2)], [6]))
        desk.give(.streamRead(id(2)))
        #expect(given(desk).isEmpty)
    }

    @Test("is bounded by holder, by address and by views, and a stream that ends makes room")
    func bounds() {
        var desk = Desk { $0.spectatorCooldownMs = 0 }
        for _ in 0..<Limits.maxWatchersPerHolder { #expect(watch(&desk)?.code == nil) }
        #expect(watch(&desk)?.code == .rateLimited)
        #expect(watch(&desk, .valid(Desk.guest(7)))?.code == nil, "a guest of the address has its own")
        desk.give(.streamClosed(id(1)))
        #expect(watch(&desk)?.code == nil)
        var guest: UInt64 = 100
        while desk.engine.counts.watchers < Limits.maxWatchersPerAddress {
            #expect(watch(&desk, .valid(Desk.guest(guest)))?.code == nil)
            guest += 1
        }
        #expect(watch(&desk, .valid(Desk.guest(guest)))?.code == .rateLimited)
        #expect(watch(&desk, from: "b")?.code == nil)
        #expect(desk.engine.counts.watchedViews == 1)
        for columns in 3..<(2 + Limits.maxWatchedViews) {
            let other = Route.views(
                .watch(CanvasView(columns: columns, rows: 9), framesPerSecond: 1))
            #expect(desk.ask(other, from: "address \(columns)")?.code == nil)
        }
        let more = Route.views(.watch(CanvasView(columns: 99, rows: 9), framesPerSecond: 1))
        #expect(desk.ask(more, from: "c")?.code == .rateLimited)
        #expect(watch(&desk, from: "c")?.code == nil, "what is drawn anyway has room")
    }

    @Test("begins once a cooldown, in a bucket of its own")
    func cooldown() {
        var desk = Desk()
        #expect(desk.ask(.views(.text(view, ifNoneMatch: nil)))?.code == nil)
        #expect(watch(&desk, from: "10.0.0.1")?.code == nil)
        #expect(watch(&desk, from: "10.0.0.1")?.code == .cooldown)
    }

    @Test("ends with a last word when the server stops, and no stream begins then")
    func drain() {
        var desk = Desk()
        _ = watch(&desk)
        desk.give(.drain)
        let ended = desk.effects.compactMap { if case .endStream(let id) = $0 { id } else { nil } }
        #expect(ended == [id(1)])
        #expect(desk.engine.counts.watchers == 0)
        #expect(watch(&desk, from: "b")?.code == .shuttingDown)
    }

    @Test("a watcher that is gone wants nothing drawn")
    func gone() {
        var desk = Desk()
        _ = watch(&desk)
        desk.give([.streamRead(id(1)), .streamClosed(id(1))])
        #expect(drawings(desk) == 0)
        #expect(desk.engine.counts.watchers == 0)
        #expect(desk.engine.counts.watchedViews == 0)
    }
}
