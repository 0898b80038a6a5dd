import Glibc
import Testing

@testable import Transport

@Suite("The socket of a host's commands, as a file")
struct LocalSocketTests {
    @Test("the socket is its owner's alone, whatever the umask", arguments: [mode_t(0), 0o022, 0o777])
    func mode(mask: mode_t) throws {
        let place = try SocketDirectory()
        let done = try EventLoop()
        var results: [String] = []
        let mailbox = try done.makeMailbox { (result: String) in results.append(result) }
        let path = place.path
        let name = place.name
        // On a thread that has left the process's umask to the others.
        let thread = Thread { mailbox.send(Self.modeUnder(mask, directory: path, name: name)) }
        #expect(done.run(until: { !results.isEmpty }, timeoutMs: Loopback.patienceMs))
        thread.join()
        mailbox.close()
        #expect(results == ["140600"])
    }

    /// The file's mode in octal, where a listener is made under a umask of this thread's own.
    private static func modeUnder(_ mask: mode_t, directory: String, name: String) -> String {
        typealias Unshare = @convention(c) (Int32) -> Int32
        guard let symbol = dlsym(nil, "unshare") else { return "no unshare" }
        // CLONE_FS of unshare(2).
        guard unsafeBitCast(symbol, to: Unshare.self)(0x200) == 0 else { return "unshare refused" }
        umask(mask)
        guard let loop = try? EventLoop(),
            let listener = try? LocalListener(
                loop: loop, directory: directory, name: name, maxRequestBytes: 1, maxConnections: 1,
                timeoutMs: 1, onRequest: { _ in })
        else { return "no listener" }
        defer { listener.close() }
        var facts = stat()
        guard lstat("\(directory)/\(name)", &facts) == 0 else { return "no file" }
        return String(facts.st_mode, radix: 8)
    }

    @Test("what an earlier server left under the name is replaced", arguments: [true, false])
    func stale(isSocket: Bool) throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        if isSocket { try place.leaveDeadSocket() } else { try place.leaveFile([1]) }
        let before = try #require(place.facts)
        let listener = try place.listen(net.loop) { $0.respond([0x61]) }
        #expect(place.facts?.st_mode == S_IFSOCK | 0o600)
        #expect(before.st_mode != S_IFSOCK | 0o600)
        let peer = try SocketPeer(place)
        peer.send("\n")
        net.wait("answer") { peer.read() }
        #expect(peer.text == "a")
        listener.close()
        net.close()
    }

    @Test("a place that can't be listened at is said with its path", arguments: [true, false])
    func refused(isMissing: Bool) throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        // A directory of the name is nothing that a server left, and stays.
        if !isMissing { try #require(mkdir(place.file, 0o700) == 0) }
        let directory = isMissing ? place.path + "/none" : place.path
        do throws(TransportError) {
            _ = try LocalListener(
                loop: net.loop, directory: directory, name: place.name, maxRequestBytes: 1,
                maxConnections: 1, timeoutMs: 1, onRequest: { _ in })
            Issue.record("it listens")
        } catch {
            #expect(error.code == .system)
            #expect(error.message.contains("\(directory)/\(place.name)"))
        }
        if !isMissing { #expect(rmdir(place.file) == 0) }
        net.close()
    }

    @Test("a closed listener's file is gone, its connections are dropped, and late answers do nothing")
    func closed() throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        var open: [LocalExchange] = []
        let listener = try place.listen(net.loop) { open.append($0) }
        let asking = try SocketPeer(place)
        asking.send("\n")
        let silent = try SocketPeer(place)
        net.wait("both") { open.count == 1 && listener.connectionCount == 2 }
        listener.close()
        listener.close()
        #expect(place.facts == nil)
        #expect(listener.connectionCount == 0)
        net.wait("dropped") { asking.read() && silent.read() }
        open[0].respond([0x61])
        net.settle()
        #expect(asking.received.isEmpty)
        net.close()
    }

    @Test("a closed listener leaves the file of the one that took its place")
    func replaced() throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        let former = try place.listen(net.loop) { $0.respond(Array("former".utf8)) }
        let latter = try place.listen(net.loop) { $0.respond(Array("latter".utf8)) }
        former.close()
        let peer = try SocketPeer(place)
        peer.send("\n")
        net.wait("answer") { peer.read() }
        #expect(peer.text == "latter")
        latter.close()
        #expect(place.facts == nil)
        net.close()
    }

    @Test("a closed listener lets its loop go, with its connections")
    func freed() throws {
        weak var weakLoop: EventLoop?
        weak var weakListener: LocalListener?
        let place = try SocketDirectory()
        do {
            let loop = try EventLoop()
            var open: [LocalExchange] = []
            let listener = try place.listen(loop) { open.append($0) }
            weakLoop = loop
            weakListener = listener
            let peer = try SocketPeer(place)
            peer.send("\n")
            #expect(loop.run(until: { open.count == 1 }, timeoutMs: Loopback.patienceMs))
            listener.close()
        }
        #expect(weakLoop == nil)
        #expect(weakListener == nil)
    }

    @Test("root and our own user may command, nobody else")
    func users() {
        #expect(LocalConnection.isTrusted(user: 0, own: 1_000))
        #expect(LocalConnection.isTrusted(user: 1_000, own: 1_000))
        #expect(!LocalConnection.isTrusted(user: 1_001, own: 1_000))
        #expect(!LocalConnection.isTrusted(user: .max, own: 0))
    }

    /// Whom a process of ours can become: only root can become another user.
    private static let reachableUsers: [uid_t] = geteuid() == 0 ? [0, 65_534] : [geteuid()]

    @Test(
        "our own process is answered, and another user's turned away even where the file lets it in",
        arguments: reachableUsers)
    func foreigner(user: uid_t) throws {
        let net = try Loopback()
        let place = try SocketDirectory()
        var requests = 0
        let listener = try place.listen(net.loop) {
            requests += 1
            $0.respond([0x61])
        }
        try #require(chmod(place.path, 0o755) == 0 && chmod(place.file, 0o666) == 0)
        let script =
            "import os,socket,sys; os.setuid(\(user)); s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])\n"
            + "try:\n s.sendall(b'x\\n'); got=s.recv(9)\nexcept OSError: got=b''\n"
            + "sys.exit(10+len(got))"
        var process: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = []
        for argument in ["python3", "-c", script, place.file] { arguments.append(strdup(argument)) }
        arguments.append(nil)
        defer { arguments.forEach { free($0) } }
        try #require(posix_spawnp(&process, "python3", nil, nil, &arguments, environ) == 0)
        var status: Int32 = -1
        let watch = net.loop.makeTimer {}
        net.wait("its end") {
            watch.schedule(afterMs: 5)
            return waitpid(process, &status, WNOHANG) == process
        }
        let isOurs = user == geteuid()
        #expect(status == (isOurs ? 11 : 10) << 8)
        #expect(requests == (isOurs ? 1 : 0))
        listener.close()
        net.close()
    }
}
