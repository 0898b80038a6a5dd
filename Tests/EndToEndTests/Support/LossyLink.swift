import Foundation
import Glibc
import Synchronization
import Testing

/// A bad network on one machine: it carries TCP connections to a server, and delays, swallows and cuts them.
///
/// One thread carries all of them. What it takes it passes on in order and unchanged, or not at all.
final class LossyLink: Sendable {
    /// Where clients connect.
    let port: UInt16
    private let listener: Int32
    private let state: Mutex<State>

    private struct State {
        var serverPort: UInt16
        var isOver = false
        var cuts = 0
    }

    /// Opens a way to a server's port.
    init(to serverPort: UInt16) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let file = listener
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(file, $0, length) == 0 && listen(file, 256) == 0 && getsockname(file, $0, &length) == 0
            }
        }
        try #require(isBound)
        port = UInt16(bigEndian: address.sin_port)
        state = Mutex(State(serverPort: serverPort))
        Thread.detachNewThread { [self] in carry() }
    }

    /// Where the server is now.
    func lead(to serverPort: UInt16) { state.withLock { $0.serverPort = serverPort } }

    /// Connections that it cut so far.
    var cuts: Int { state.withLock { $0.cuts } }

    /// Ends it with all its connections.
    func end() { state.withLock { $0.isOver = true } }

    private func carry() {
        var pairs: [Pair] = []
        var generator = SystemRandomNumberGenerator()
        while !state.withLock({ $0.isOver }) {
            var watches = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
            for pair in pairs {
                for file in pair.files { watches.append(pollfd(fd: file, events: Int16(POLLIN), revents: 0)) }
            }
            // What is delayed is looked at each 2 ms.
            poll(&watches, nfds_t(watches.count), pairs.contains { $0.hasWaiting } ? 2 : 20)
            for (index, pair) in pairs.enumerated() {
                for side in 0...1 where watches[1 + 2 * index + side].revents != 0 {
                    pair.take(from: side, &generator)
                }
                pair.pass()
            }
            let gone = pairs.count { $0.isOver }
            pairs.removeAll { $0.isOver }
            state.withLock { $0.cuts += gone }
            if watches[0].revents != 0, let pair = accepted() { pairs.append(pair) }
        }
        close(listener)
    }

    private func accepted() -> Pair? {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return nil }
        guard let server = try? RawSocket(port: state.withLock { $0.serverPort }) else {
            close(client)
            return nil
        }
        return Pair(client: client, server: server)
    }
}

/// One connection of a link: a client's end and the server's.
private final class Pair {
    let files: [Int32]
    /// A reference keeps the server's end open.
    private let server: RawSocket
    private var waiting: [(dueMs: Int64, to: Int32, bytes: [UInt8])] = []
    /// When a connection that swallows everything is cut.
    private var endMs: Int64?
    private(set) var isOver = false

    init(client: Int32, server: RawSocket) {
        files = [client, server.file]
        self.server = server
    }

    deinit { close(files[0]) }

    var hasWaiting: Bool { !waiting.isEmpty || endMs != nil }

    /// Takes what one side sent, and decides what becomes of it.
    func take(from side: Int, _ generator: inout SystemRandomNumberGenerator) {
        guard !isOver else { return }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = recv(files[side], &buffer, buffer.count, Int32(MSG_DONTWAIT))
        guard count > 0 else {
            if count < 0, errno == EAGAIN { return }
            isOver = true
            return
        }
        guard endMs == nil else { return }
        let nowMs = Deadline.nowMs
        var kept = Array(buffer[..<count])
        switch Int.random(in: 0..<100, using: &generator) {
        case ..<6:
            isOver = true
            return
        case ..<12:
            // Some of it arrives, and then nothing more.
            kept.removeLast(Int.random(in: 1...kept.count, using: &generator))
            endMs = nowMs + Int64.random(in: 10...250, using: &generator)
        default: break
        }
        let delayMs =
            Int.random(in: 0..<3, using: &generator) == 0 ? Int64.random(in: 1...60, using: &generator) : 0
        // Bytes of one direction stay in order.
        let lastMs = waiting.last { $0.to == files[1 - side] }?.dueMs ?? 0
        waiting.append((max(nowMs + delayMs, lastMs), files[1 - side], kept))
    }

    /// Passes on what is due.
    func pass() {
        let nowMs = Deadline.nowMs
        for item in waiting where item.dueMs <= nowMs && !isOver {
            let sent = item.bytes.withUnsafeBytes {
                send(item.to, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if sent != item.bytes.count { isOver = true }
        }
        waiting.removeAll { $0.dueMs <= nowMs }
        if let endMs, endMs <= nowMs { isOver = true }
    }
}
