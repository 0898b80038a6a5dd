import Testing

@testable import Transport

@Suite("Heartbeats")
struct HeartbeatTests {
    private static func limits(pingMs: Int, timeoutMs: Int) -> ListenerLimits {
        var limits = ListenerLimits()
        limits.pingIntervalMs = pingMs
        limits.pongTimeoutMs = timeoutMs
        return limits
    }

    // MARK: The rule, without a clock

    private static func rules(pingMs: Int, timeoutMs: Int) -> WebSocket.Limits {
        WebSocket.Limits(
            maxMessageBytes: 1, pingIntervalMs: pingMs, pongTimeoutMs: timeoutMs, closeTimeoutMs: 1)
    }

    /// Steps through a heartbeat as a loop's timers do.
    ///
    /// - Parameter hears: the times at which something comes, in order.
    /// - Returns: when pings went, and when the peer was given up, in milliseconds.
    private static func run(
        _ limits: WebSocket.Limits, untilMs endMs: Int, earlyUs: Int64 = 0, hears: [Int] = []
    ) -> (pings: [Int], gaveUp: Int?) {
        var heartbeat = Heartbeat(openedUs: 0)
        var hears = hears
        var pings: [Int] = []
        var nowUs = Int64(min(limits.pingIntervalMs, limits.pongTimeoutMs)) * 1000 - earlyUs
        while nowUs < Int64(endMs) * 1000 {
            while let next = hears.first, Int64(next) * 1000 <= nowUs {
                heartbeat.hear(at: Int64(next) * 1000)
                hears.removeFirst()
            }
            switch heartbeat.step(at: nowUs, limits: limits, isUnread: false) {
            case .ping(_, let nextMs):
                pings.append(Int((nowUs + 999) / 1000))
                nowUs += Int64(nextMs) * 1000 - earlyUs
            case .wait(let nextMs): nowUs += Int64(nextMs) * 1000 - earlyUs
            case .giveUp: return (pings, Int((nowUs + 999) / 1000))
            }
        }
        return (pings, nil)
    }

    @Test("a silent peer is pinged at each interval and given up when the time is over, to the millisecond")
    func silent() {
        let rules = Self.rules(pingMs: 1_667, timeoutMs: 5_000)
        let (pings, gaveUp) = Self.run(rules, untilMs: 10_000)
        #expect(pings == [1_667, 3_334])
        #expect(gaveUp == 5_000)
        let early = Self.run(rules, untilMs: 10_000, earlyUs: 900)
        #expect((2...3).contains(early.pings.count))
        #expect((5_000...5_001).contains(early.gaveUp ?? 0))
    }

    @Test("the time counts from what came last, whatever the pings are at")
    func lastHeard() {
        let (pings, gaveUp) = Self.run(
            Self.rules(pingMs: 1_667, timeoutMs: 5_000), untilMs: 20_000, hears: [100, 1_700, 4_000])
        #expect(pings == [1_667, 3_334, 5_001, 6_668, 8_335])
        #expect(gaveUp == 9_000)
    }

    @Test("a peer heard at each ping is never given up, at any interval", arguments: [1, 100, 333, 15_000])
    func answering(pingMs: Int) {
        let (pings, gaveUp) = Self.run(
            Self.rules(pingMs: pingMs, timeoutMs: 3 * pingMs), untilMs: 100 * pingMs,
            hears: (1...100).map { $0 * pingMs + pingMs / 2 })
        #expect(gaveUp == nil)
        #expect(pings.count >= 98)
    }

    @Test("no peer is given up unasked: not where we stood still, nor where pings are rarer than that")
    func unasked() {
        let limits = Self.rules(pingMs: 100, timeoutMs: 300)
        var heartbeat = Heartbeat(openedUs: 0)
        let late = heartbeat.step(at: 5_000_000, limits: limits, isUnread: false)
        guard case .ping(_, nextMs: 100) = late else {
            Issue.record("\(late)")
            return
        }
        guard case .ping = heartbeat.step(at: 5_100_000, limits: limits, isUnread: false) else {
            Issue.record("the peer had as little time to answer as we had to ask")
            return
        }
        #expect(heartbeat.step(at: 5_200_000, limits: limits, isUnread: true) == .wait(nextMs: 1))
        #expect(heartbeat.step(at: 5_201_000, limits: limits, isUnread: false) == .giveUp)
        let rare = Self.run(Self.rules(pingMs: 1_000, timeoutMs: 300), untilMs: 2_000)
        #expect(rare.pings == [300])
        #expect(rare.gaveUp == 600)
    }

    @Test("any of the latest pings may be answered, once, and settles those before it")
    func answers() throws {
        let limits = Self.rules(pingMs: 1, timeoutMs: 1_000)
        var heartbeat = Heartbeat(openedUs: 0)
        var payloads: [[UInt8]] = []
        for ms in 1...10 {
            if case .ping(let payload, _) = heartbeat.step(
                at: Int64(ms) * 1000, limits: limits, isUnread: false)
            {
                payloads.append(payload)
            }
        }
        try #require(payloads.count == 10)
        func roundTripMs(_ number: Int) -> Int64? {
            heartbeat.answer(payloads[number - 1], at: 20_000).map { $0 / 1000 }
        }
        #expect(roundTripMs(1) == nil && roundTripMs(2) == nil)
        #expect(roundTripMs(3) == 17)
        #expect(roundTripMs(3) == nil)
        #expect(roundTripMs(9) == 11)
        #expect(roundTripMs(4) == nil)
        #expect(heartbeat.answer([], at: 20_000) == nil)
        #expect(roundTripMs(10) == 10)
    }

    // MARK: On sockets

    @Test("a peer that never answers is dropped when its time is over, one that only answers pings stays")
    func halfOpen() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets(limits: Self.limits(pingMs: 100, timeoutMs: 400))
        let (answering, socket, heard) = try net.upgrade(accepted)
        let begin = net.loop.monotonicUs
        let (mute, _, silent) = try net.upgrade(accepted)
        var answered = 0
        func answer() {
            for frame in (RawPeer.frames(in: answering.received) ?? []).dropFirst(answered) {
                #expect(frame.opcode == 9)
                answered += 1
                answering.send(RawPeer.frame(10, frame.payload))
            }
        }
        net.wait("silent one dropped") {
            answer()
            return silent.isOver && mute.didEnd
        }
        #expect(net.loop.monotonicUs - begin >= 400_000)
        #expect(silent.closes == [nil])
        // However late the machine was: after the third ping there is no time for a fifth.
        let pings = try #require(RawPeer.frames(in: mute.received))
        #expect((1...4).contains(pings.count) && pings.allSatisfy { $0.opcode == 9 })
        net.wait("twelve pings answered") {
            answer()
            return heard.pongs >= 12 || heard.isOver
        }
        #expect(socket.isOpen)
        #expect(net.loop.monotonicUs - begin >= 1_200_000)
        net.close()
    }

    @Test("whatever a peer sends is life, though it answers no ping", arguments: [UInt8(0), 1, 2, 9, 10])
    func anyFrame(opcode: UInt8) throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets(limits: Self.limits(pingMs: 60, timeoutMs: 300))
        let (peer, socket, heard) = try net.upgrade(accepted)
        // An endless message's parts, or whole frames.
        if opcode == 0 { peer.send(RawPeer.frame(1, [], fin: false)) }
        let begin = net.loop.monotonicUs
        let speak = net.loop.makeTimer { peer.send(RawPeer.frame(opcode, [], fin: opcode != 0)) }
        net.wait("three times its time") {
            speak.schedule(afterMs: 20)
            return heard.isOver || net.loop.monotonicUs - begin > 900_000
        }
        #expect(socket.isOpen)
        #expect(heard.pongs == 0)
        // What comes as no message is reported as life all the same.
        let isMessage = opcode == 1 || opcode == 2
        #expect((heard.alive > 0) == !isMessage && heard.messages.isEmpty == !isMessage)
        net.close()
    }

    @Test("a peer isn't dropped for our own standing still, whether its answer waits or it wasn't asked")
    func stall() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets(limits: Self.limits(pingMs: 50, timeoutMs: 150))
        let (peer, socket, heard) = try net.upgrade(accepted)
        func standStill() {
            let end = net.loop.monotonicUs + 200_000
            while net.loop.monotonicUs < end {}
        }
        standStill()
        net.wait("ping") { RawPeer.frames(in: peer.received)?.isEmpty == false || heard.isOver }
        let ping = try #require(RawPeer.frames(in: peer.received)?.first)
        peer.send(RawPeer.frame(10, ping.payload))
        standStill()
        net.wait("pong") { heard.pongs == 1 || heard.isOver }
        #expect(socket.isOpen)
        net.close()
    }

    @Test("a pong that comes after the next ping still counts, and tells its own round trip")
    func latePong() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets(limits: Self.limits(pingMs: 30, timeoutMs: 60_000))
        let (peer, socket, heard) = try net.upgrade(accepted)
        net.wait("three pings") { (RawPeer.frames(in: peer.received)?.count ?? 0) >= 3 }
        let first = try #require(RawPeer.frames(in: peer.received)?.first)
        peer.send(RawPeer.frame(10, first.payload))
        peer.send(RawPeer.frame(10, first.payload))
        net.wait("pong") { heard.pongs == 1 && heard.alive >= 1 }
        net.settle()
        #expect(heard.pongs == 1)
        // Timers may be a millisecond early.
        #expect((socket.roundTripUs ?? 0) >= 58_000)
        net.close()
    }
}
