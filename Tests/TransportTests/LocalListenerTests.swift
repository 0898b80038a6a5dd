import Glibc
import Testing

@testable import Transport

@Suite("A host's commands, the listener's end")
struct LocalListenerTests {
    @Test(
        "a line is a request, answered now or later, and the connection ends behind the answer",
        arguments: [false, true], [false, true])
    func exchange(isLong: Bool, isLater: Bool) throws {
        let net = try Loopback()
        let place = try SocketDirectory(isLong: isLong)
        var open: [LocalExchange] = []
        let listener = try place.listen(net.loop) {
            open.append($0)
            if !isLater { $0.respond(Array("done".utf8)) }
        }
        let peer = try SocketPeer(place)
        peer.send("admin li")
        net.settle()
        #expect(open.isEmpty)
        // What comes behind the line is not a second request, and does no harm.
        peer.send("st\nmore\n")
        net.wait("request") { open.count == 1 }
        #expect(open.first?.request == Array("admin list".utf8))
        if isLater {
            // Who has said all that it has to say may end its side and still gets the answer.
            peer.end()
            net.settle()
            #expect(!peer.read() && peer.received.isEmpty)
            open[0].respond(Array("done".utf8))
        }
        open[0].respond(Array("twice".utf8))
        net.wait("answer and end") { peer.read() }
        #expect(peer.text == "done")
        net.wait("gone") { listener.connectionCount == 0 }
        #expect(open.count == 1)
        listener.close()
        net.close()
    }

    @Test("whose peer goes before its answer is told once; one that has its answer, or waits for it, is not")
    func gone() throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        var open: [LocalExchange] = []
        var gone: [[UInt8]] = []
        let listener = try place.listen(net.loop) { exchange in
            exchange.onGone = { [request = exchange.request] in gone.append(request) }
            open.append(exchange)
        }
        let peers = [try SocketPeer(place), try SocketPeer(place), try SocketPeer(place)]
        for (number, peer) in peers.enumerated() {
            peer.send("\(number)\n")
            net.wait("request") { open.count == number + 1 }
        }
        peers[1].end()
        peers[0].close()
        net.wait("gone") { gone == [Array("0".utf8)] }
        #expect(listener.connectionCount == 2)
        open[0].respond([0x61])
        for number in 1...2 {
            open[number].respond([0x61])
            net.wait("answer") { peers[number].read() }
            #expect(peers[number].text == "a")
        }
        net.wait("closed") { listener.connectionCount == 0 }
        #expect(gone.count == 1)
        listener.close()
        net.close()
    }

    @Test("lines may be empty or as long as allowed; a longer one ends its connection unasked")
    func lengths() throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        var requests: [[UInt8]] = []
        let listener = try place.listen(net.loop, maxRequestBytes: 10) {
            requests.append($0.request)
            $0.respond([0x6F, 0x6B])
        }
        let longest = Array("0123456789".utf8)
        for line in [[], longest] {
            let peer = try SocketPeer(place)
            peer.send(line)
            net.settle()
            peer.send("\n")
            net.wait("answer") { peer.read() }
            #expect(peer.text == "ok")
        }
        #expect(requests == [[], longest])
        for ending in ["", "\n"] {
            let peer = try SocketPeer(place)
            peer.send(longest)
            net.settle()
            peer.send("a" + ending)
            net.wait("dropped") { peer.read() }
            #expect(peer.received.isEmpty)
        }
        #expect(requests.count == 2)
        listener.close()
        net.close()
    }

    @Test(
        "who doesn't end a line in time is dropped; who did has all the time in the world",
        arguments: ["", "half"])
    func silence(said: String) throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        var open: [LocalExchange] = []
        let listener = try place.listen(net.loop, timeoutMs: 100) { open.append($0) }
        let asking = try SocketPeer(place)
        asking.send("whole\n")
        net.wait("request") { open.count == 1 }
        let silent = try SocketPeer(place)
        silent.send(said)
        net.wait("dropped") { silent.read() }
        #expect(listener.connectionCount == 1)
        open[0].respond([0x61])
        net.wait("answer") { asking.read() }
        #expect(asking.text == "a")
        listener.close()
        net.close()
    }

    @Test("who ends before its line did is dropped")
    func endsEarly() throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        let listener = try place.listen(net.loop) { _ in Issue.record("half a line was a request") }
        let peer = try SocketPeer(place)
        peer.send("half")
        net.wait("accepted") { listener.connectionCount == 1 }
        peer.end()
        net.wait("dropped") { peer.read() && listener.connectionCount == 0 }
        listener.close()
        net.close()
    }

    @Test("connections over the cap are closed at once, and room is given back")
    func cap() throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        let listener = try place.listen(net.loop, maxConnections: 2) { $0.respond([0x61]) }
        let peers = [try SocketPeer(place), try SocketPeer(place)]
        net.wait("two") { listener.connectionCount == 2 }
        let third = try SocketPeer(place)
        net.wait("third ends") { third.read() }
        peers[0].close()
        net.wait("one") { listener.connectionCount == 1 }
        let fourth = try SocketPeer(place)
        fourth.send("\n")
        net.wait("answer") { fourth.read() }
        #expect(fourth.text == "a")
        listener.close()
        net.close()
    }

    @Test("many megabytes reach a slow reader whole, and nobody waits for it")
    func slowReader() throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        let answer = (0..<6_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        // Far longer than a step, far shorter than all of them: it is for each step, not for the whole.
        let listener = try place.listen(net.loop, timeoutMs: 1_000) {
            $0.respond($0.request == Array("much".utf8) ? answer : [0x61])
        }
        let slow = try SocketPeer(place)
        slow.send("much\n")
        let quick = try SocketPeer(place)
        quick.send("little\n")
        net.wait("quick answer") { quick.read() }
        let begin = net.loop.monotonicUs
        let step = net.loop.makeTimer { slow.read(maxBytes: 150_000) }
        net.wait("slow answer") {
            step.schedule(afterMs: 30)
            return slow.didEnd
        }
        // Compared outside of the expectation, which would list the differences of millions.
        let isWhole = slow.received == answer
        #expect(isWhole)
        #expect(net.loop.monotonicUs - begin > 1_000_000)
        net.wait("gone") { listener.connectionCount == 0 }
        listener.close()
        net.close()
    }

    @Test("a reader that takes nothing of its answer in the time allowed is dropped")
    func stuckReader() throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        let answer = [UInt8](repeating: 7, count: 6_000_000)
        let listener = try place.listen(net.loop, timeoutMs: 50) { $0.respond(answer) }
        let stuck = try SocketPeer(place)
        stuck.send("\n")
        net.wait("accepted") { listener.connectionCount == 1 }
        net.wait("dropped") { listener.connectionCount == 0 }
        stuck.read()
        #expect(stuck.didEnd && stuck.received.count < answer.count)
        listener.close()
        net.close()
    }

    @Test("an answer to a peer that is gone does nothing")
    func gonePeer() throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        var open: [LocalExchange] = []
        let listener = try place.listen(net.loop) { open.append($0) }
        let gone = try SocketPeer(place)
        gone.send("\n")
        net.wait("request") { open.count == 1 }
        gone.close()
        net.settle()
        open[0].respond([UInt8](repeating: 7, count: 1_000_000))
        net.wait("noticed") { listener.connectionCount == 0 }
        let next = try SocketPeer(place)
        next.send("\n")
        net.wait("next request") { open.count == 2 }
        open[1].respond([0x61])
        net.wait("answer") { next.read() }
        #expect(next.text == "a")
        listener.close()
        net.close()
    }

    @Test(
        "an exchange that is answered with nothing, or forgotten, ends its connection",
        arguments: [true, false])
    func noAnswer(isForgotten: Bool) throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        let listener = try place.listen(net.loop) { if !isForgotten { $0.respond([]) } }
        let peer = try SocketPeer(place)
        peer.send("\n")
        net.wait("end") { peer.read() && listener.connectionCount == 0 }
        #expect(peer.received.isEmpty)
        listener.close()
        net.close()
    }
}
