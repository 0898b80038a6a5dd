import Testing

@testable import Transport

@Suite("Backlogs and broadcasts")
struct BacklogTests {
    @Test(
        "a slow reader's backlog is reported as it grows and once it is gone, and nothing is lost",
        arguments: [false, true])
    func backlog(isBroadcast: Bool) throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (peer, socket, heard) = try net.upgrade(accepted)
        peer.pause()
        let payload = (0..<60_000).map { UInt8(truncatingIfNeeded: $0) }
        let frame = EncodedFrame(binary: payload)
        for _ in 0..<200 {
            if isBroadcast { WebSocket.broadcast(frame, to: [socket]) } else { socket.send(frame) }
        }
        #expect(heard.backlogs.isEmpty, "no report from inside send")
        #expect(socket.backlogBytes > 0)
        net.wait("report") { !heard.backlogs.isEmpty }
        let first = try #require(heard.backlogs.first)
        #expect(first > 0)
        for _ in 0..<20 { socket.send(frame) }
        net.wait("growth") { heard.backlogs.count >= 2 }
        #expect(heard.backlogs[1] > first)
        peer.resume()
        net.wait("drained") { heard.backlogs.last == 0 && socket.backlogBytes == 0 }
        net.wait("all frames") { peer.received.count == 220 * frame.byteCount }
        let frames = try #require(RawPeer.frames(in: peer.received))
        #expect(frames.count == 220 && frames.allSatisfy { $0.payload == payload })
        net.close()
    }

    @Test("the system takes little from us for a peer that reads nothing, so that a backlog shows at once")
    func littleInTheSystem() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (peer, socket, heard) = try net.upgrade(accepted)
        peer.pause()
        let frame = EncodedFrame(binary: [UInt8](repeating: 1, count: 10_000))
        var sent = 0
        while heard.backlogs.isEmpty && sent < 4_000_000 {
            socket.send(frame)
            sent += frame.byteCount
            net.settle()
        }
        // What the peer's own system takes without its reading comes on top of our bound.
        #expect(sent < 1_000_000)
        net.close()
    }

    @Test("closing after the current frame leaves that frame whole, nothing behind it but the close frame")
    func closeAfterCurrentFrame() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (peer, socket, heard) = try net.upgrade(accepted)
        peer.pause()
        let payload = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        let frame = EncodedFrame(binary: payload)
        for _ in 0..<60 { socket.send(frame) }
        net.settle()
        socket.closeAfterCurrentFrame(code: 4009, reason: "too slow")
        socket.send(frame)
        peer.resume()
        net.wait("end") { peer.didEnd }
        let frames = try #require(RawPeer.frames(in: peer.received))
        #expect(frames.dropLast().allSatisfy { $0.payload == payload })
        #expect(frames.count < 60)
        #expect(frames.last?.opcode == 8)
        #expect(frames.last?.payload == [0x0F, 0xA9] + Array("too slow".utf8))
        peer.send(RawPeer.frame(8, [0x0F, 0xA9]))
        net.wait("over") { heard.isOver }
        #expect(heard.closes == [4009])
        net.close()
    }

    @Test("a reader that takes nothing after being evicted is dropped in the close time-out")
    func evictedAndStuck() throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.closeTimeoutMs = 30
        let accepted = try net.listenForSockets(limits: limits)
        let (peer, socket, heard) = try net.upgrade(accepted)
        peer.pause()
        let frame = EncodedFrame(binary: [UInt8](repeating: 1, count: 300_000))
        for _ in 0..<60 { socket.send(frame) }
        socket.closeAfterCurrentFrame(code: 4009)
        net.wait("over") { heard.isOver && net.listener?.connectionCount == 0 }
        #expect(heard.closes == [nil])
        net.close()
    }

    @Test("a broadcast reaches two hundred sockets with the same bytes")
    func broadcast() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        var peers: [RawPeer] = []
        for _ in 0..<200 { peers.append(try net.upgrade(accepted).peer) }
        let frame = EncodedFrame(binary: Array("to all".utf8))
        let sockets = ContiguousArray(accepted.sockets)
        for _ in 0..<3 { WebSocket.broadcast(frame, to: sockets) }
        let expected: [UInt8] = [0x82, 6] + Array("to all".utf8)
        net.wait("all of it everywhere") { peers.allSatisfy { $0.received.count == 3 * expected.count } }
        #expect(peers.allSatisfy { $0.received == expected + expected + expected })
        net.close()
    }

    @Test("a broadcast doesn't mind sockets that are closed")
    func broadcastToClosed() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (gone, _, heard) = try net.upgrade(accepted)
        let (there, _, _) = try net.upgrade(accepted)
        gone.close()
        net.wait("gone") { heard.isOver }
        WebSocket.broadcast(EncodedFrame(text: [0x61]), to: ContiguousArray(accepted.sockets))
        net.wait("delivered") { there.received == [0x81, 1, 0x61] }
        net.close()
    }
}
