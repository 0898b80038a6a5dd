import Glibc
import Testing

@testable import Transport

@Suite("A host's commands, the caller's end")
struct LocalCallTests {
    typealias Outcome = Result<[UInt8]?, TransportError>

    /// Calls from a thread of its own while the test's thread runs the loop.
    private func call(
        _ line: [UInt8], _ place: SocketDirectory, on net: Loopback, timeoutMs: Int = Loopback.patienceMs,
        maxAnswerBytes: Int = 10_000_000, meanwhile: ((Thread) -> Void)? = nil
    ) throws -> Outcome? {
        var outcomes: [Outcome] = []
        let mailbox = try net.loop.makeMailbox { (outcome: Outcome) in outcomes.append(outcome) }
        let path = place.path
        let name = place.name
        let thread = Thread {
            let outcome = Outcome { () throws(TransportError) in
                try LocalCall.send(
                    line, directory: path, name: name, timeoutMs: timeoutMs, maxAnswerBytes: maxAnswerBytes)
            }
            mailbox.send(outcome)
        }
        let step = net.loop.makeTimer { meanwhile?(thread) }
        net.wait("outcome") {
            if meanwhile != nil { step.schedule(afterMs: 1) }
            return !outcomes.isEmpty
        }
        step.cancel()
        thread.join()
        mailbox.close()
        return outcomes.first
    }

    @Test(
        "a line of any size gets its whole answer, by a path of any length", arguments: [10, 2_000_000],
        [false, true])
    func exchange(count: Int, isLong: Bool) throws {
        let net = try Loopback()
        let place = try SocketDirectory(isLong: isLong)
        let line = [UInt8](repeating: 0x61, count: count)
        let listener = try place.listen(net.loop, maxRequestBytes: 2_000_000) {
            $0.respond($0.request + [0x0A] + $0.request)
        }
        let outcome = try call(line, place, on: net)
        // Compared outside of the expectation, which would print millions of numbers.
        let isWhole = outcome == .success(line + [0x0A] + line)
        #expect(isWhole)
        listener.close()
        net.close()
    }

    @Test("an empty answer is one, and no answer's lack")
    func emptyAnswer() throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        let listener = try place.listen(net.loop) { $0.respond([]) }
        #expect(try call([], place, on: net) == .success([]))
        listener.close()
        net.close()
    }

    @Test("there is no answer where nobody listens: no directory, no file, or a dead socket")
    func nobody() throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        #expect(try call([], place, on: net) == .success(nil))
        try place.leaveDeadSocket()
        #expect(try call([], place, on: net) == .success(nil))
        let missing = try LocalCall.send(
            [], directory: place.path + "/none", name: place.name, timeoutMs: 1_000, maxAnswerBytes: 1)
        #expect(missing == nil)
        net.close()
    }

    @Test(
        "a listener that takes no connection, says nothing, or doesn't end is given up in time",
        arguments: ["untaken", "", "part"])
    func timeout(said: String) throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        let server = try place.bindSocket()
        try #require(listen(server, 0) == 0)
        // A queue of 0 takes one connection: then the next one's caller has to wait for its place.
        let first = try SocketPeer(place)
        var taken: [Int32] = []
        let outcome = try call([0x61], place, on: net, timeoutMs: 200) { _ in
            let next = said == "untaken" ? -1 : accept(server, nil, nil)
            guard next >= 0 else { return }
            taken.append(next)
            send(next, said, said.utf8.count, Int32(MSG_NOSIGNAL))
        }
        if case .failure(let error) = outcome {
            #expect(error.code == .timedOut)
            #expect(error.message.contains(place.file))
        } else {
            Issue.record("\(String(describing: outcome))")
        }
        #expect(taken.count == (said == "untaken" ? 0 : 2))
        for descriptor in taken + [server] { close(descriptor) }
        first.close()
        net.close()
    }

    @Test("an answer over the limit is an error, one at the limit is not", arguments: [4, 5])
    func tooLarge(limit: Int) throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        let listener = try place.listen(net.loop) { $0.respond([1, 2, 3, 4, 5]) }
        let outcome = try call([], place, on: net, maxAnswerBytes: limit)
        if limit == 5 {
            #expect(outcome == .success([1, 2, 3, 4, 5]))
        } else if case .failure(let error) = outcome {
            #expect(error.code == .tooLarge)
        } else {
            Issue.record("\(String(describing: outcome))")
        }
        listener.close()
        net.close()
    }

    @Test("a listener that closes without an answer is a lost connection, and no signal")
    func closedAtOnce() throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        let listener = try place.listen(net.loop, maxConnections: 0) { _ in Issue.record("a request came") }
        // More than the system keeps for whoever never reads.
        let outcome = try call([UInt8](repeating: 0x61, count: 2_000_000), place, on: net)
        if case .failure(let error) = outcome {
            #expect(error.code == .connectionLost)
        } else {
            Issue.record("\(String(describing: outcome))")
        }
        listener.close()
        net.close()
    }

    @Test("signals that interrupt the call neither end nor prolong it", arguments: [true, false])
    func interrupted(isAnswered: Bool) throws {
        // Without SA_RESTART each signal breaks off what blocks.
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        try #require(sigaction(SIGUSR1, &action, nil) == 0)
        let net = try Loopback()
        let place = try SocketDirectory()
        var open: [LocalExchange] = []
        let listener = try place.listen(net.loop) { open.append($0) }
        var signals = 0
        let outcome = try call(
            [], place, on: net, timeoutMs: isAnswered ? Loopback.patienceMs : 100
        ) { thread in
            thread.interrupt(SIGUSR1)
            if !open.isEmpty { signals += 1 }
            if isAnswered && signals == 20 { open[0].respond([0x61]) }
        }
        if isAnswered {
            #expect(outcome == .success([0x61]))
        } else if case .failure(let error) = outcome {
            #expect(error.code == .timedOut && signals > 0)
        } else {
            Issue.record("\(String(describing: outcome))")
        }
        listener.close()
        net.close()
    }
}
