import CEpoll
import Glibc

/// All clients' sockets on one thread: epoll(7), one receive a readiness, frames scanned where they lie.
///
/// The transport of the real client keeps a queue, a codec and handlers for each socket. A load generator on the
/// machine it loads must cost less than the server it measures, so this one shares a single buffer among all.
final class LoadLoop {
    /// All clients, by number.
    private(set) var clients: [LoadClient] = []
    /// What has come so far.
    private(set) var tally = Tally()
    /// The placements under way.
    var flights: Flights
    /// How the server speaks.
    let dialect: any Dialect
    /// Takes what is answered to the clients that stay with HTTP.
    var answered: (_ client: LoadClient, _ status: Int, _ body: UnsafeRawBufferPointer) -> Void = { _, _, _ in
    }

    private let epoll: Int32
    private let port: Int
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
    private var events = [epoll_event](repeating: epoll_event(), count: 1024)
    private var waitingToSend: [LoadClient] = []
    private static let maxUpgradesUnderWay = 64

    /// Prepares for a server on the loopback.
    init(port: Int, dialect: any Dialect, cellCount: Int) throws(BenchFailure) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw BenchFailure("epoll_create1: \(String(cString: strerror(errno)))") }
        self.port = port
        self.dialect = dialect
        flights = Flights(cellCount: cellCount)
    }

    deinit {
        for client in clients where !client.isDropped { close(client.descriptor) }
        close(epoll)
        buffer.deallocate()
    }

    // MARK: Opening

    /// Opens a client for each request head, a few at a time, and waits until the server has taken all.
    ///
    /// - Parameter replicas: how many of them keep a whole copy; they are spread evenly over all.
    func open(_ heads: [[UInt8]], replicas: Int, timeoutMs: Int) throws(BenchFailure) {
        let deadline = MonotonicClock.nowUs + Int64(timeoutMs) * 1_000
        for (index, head) in heads.enumerated() {
            let keepsReplica = index * replicas / heads.count != (index + 1) * replicas / heads.count
            try connect(head, replica: keepsReplica ? dialect.makeReplica() : nil)
            while clients.count - readyCount >= Self.maxUpgradesUnderWay {
                try turnBefore(deadline)
            }
        }
        while readyCount < clients.count { try turnBefore(deadline) }
    }

    private var readyCount = 0

    private func turnBefore(_ deadline: Int64) throws(BenchFailure) {
        turn(timeoutMs: 10)
        guard tally.lost == 0 else { throw BenchFailure("the server turned a client away: \(refusal)") }
        guard MonotonicClock.nowUs < deadline else {
            throw BenchFailure("only \(readyCount) of \(clients.count) clients were taken in time")
        }
    }

    /// The first line of what the server said to a client it turned away.
    private var refusal: String {
        guard let client = clients.first(where: { $0.phase == .closed }) else { return "" }
        let line = client.incomplete.prefix { $0 != UInt8(ascii: "\r") }
        return line.isEmpty ? "closed with \(client.closeCode ?? 0)" : String(decoding: line, as: UTF8.self)
    }

    /// Opens one more client, without waiting for the server.
    func add(_ head: [UInt8]) throws(BenchFailure) -> LoadClient { try connect(head, replica: nil) }

    /// Opens one more client that stays with HTTP.
    func addExchanging() throws(BenchFailure) -> LoadClient {
        let client = try connect([], replica: nil)
        client.phase = .exchanging
        return client
    }

    /// Drops a client's connection as a network would, without a word to the server.
    func drop(_ client: LoadClient) {
        guard !client.isDropped else { return }
        client.isDropped = true
        client.phase = .closed
        client.isPlaying = false
        close(client.descriptor)
    }

    @discardableResult
    private func connect(_ head: [UInt8], replica: (any LoadReplica)?) throws(BenchFailure) -> LoadClient {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        let outcome = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else {
            throw BenchFailure("connect to port \(port): \(String(cString: strerror(errno)))")
        }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        let client = LoadClient(index: clients.count, descriptor: descriptor)
        client.replica = replica
        clients.append(client)
        pw_epoll_add(epoll, descriptor, UInt64(client.index))
        transmit(head, from: client)
        return client
    }

    // MARK: Turning

    /// Waits for something to read at most so long, and reads it.
    func turn(timeoutMs: Int32) {
        let count = epoll_wait(epoll, &events, Int32(events.count), timeoutMs)
        if count > 0 {
            for number in 0..<Int(count) {
                let key = withUnsafePointer(to: &events[number]) { pw_epoll_key($0) }
                receive(clients[Int(key)])
            }
        }
        if !waitingToSend.isEmpty {
            let waiting = waitingToSend
            waitingToSend = []
            for client in waiting where client.phase != .closed { transmit([], from: client) }
        }
    }

    /// Sends a placement.
    func place(cell: Int, color: UInt8, from client: LoadClient) {
        let payload = dialect.placement(cell: cell, color: color, number: tally.placed)
        tally.placed += 1
        flights.sent(cell: cell, color: color, nowUs: MonotonicClock.nowUs)
        transmit(FrameScanner.clientFrame(opcode: dialect.placementOpcode, payload: payload), from: client)
    }

    /// Sends a message on a WebSocket.
    func say(_ payload: [UInt8], opcode: UInt8, from client: LoadClient) {
        transmit(FrameScanner.clientFrame(opcode: opcode, payload: payload), from: client)
    }

    /// Sends a whole HTTP request.
    func request(_ bytes: [UInt8], from client: LoadClient) { transmit(bytes, from: client) }

    private func transmit(_ bytes: [UInt8], from client: LoadClient) {
        let all = client.unsent.isEmpty ? bytes : client.unsent + bytes
        client.unsent = []
        let sent = all.isEmpty ? 0 : send(client.descriptor, all, all.count, Int32(MSG_NOSIGNAL))
        guard sent < all.count else { return }
        client.unsent = Array(all[max(0, sent)...])
        waitingToSend.append(client)
    }

    private func receive(_ client: LoadClient) {
        let count = recv(client.descriptor, buffer.baseAddress, buffer.count, 0)
        guard count > 0 else {
            if count == 0 || (errno != EAGAIN && errno != EINTR) { lose(client) }
            return
        }
        let fresh = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        if client.incomplete.isEmpty {
            let used = take(fresh, for: client)
            if used < count, client.phase != .closed { client.incomplete = Array(fresh[used...]) }
        } else {
            client.incomplete.append(contentsOf: fresh)
            let joined = client.incomplete
            let used = joined.withUnsafeBytes { take($0, for: client) }
            if client.phase != .closed { client.incomplete = Array(joined[used...]) }
        }
    }

    private func lose(_ client: LoadClient) {
        guard client.phase != .closed else { return }
        client.phase = .closed
        client.isPlaying = false
        tally.lost += 1
        pw_epoll_remove(epoll, client.descriptor)
    }

    // MARK: Reading

    /// Takes what is whole and returns how many bytes that was.
    private func take(_ bytes: UnsafeRawBufferPointer, for client: LoadClient) -> Int {
        if client.phase == .exchanging { return takeAnswers(bytes, for: client) }
        var offset = 0
        if client.phase == .upgrading {
            guard let end = Upgrade.headEnd(in: bytes) else { return 0 }
            guard Upgrade.isAccepted(bytes) else {
                client.incomplete = Array(bytes)
                lose(client)
                return bytes.count
            }
            client.phase = .open
            if dialect.playsOnOpening { becomePlaying(client) }
            offset = end
        }
        var sums = Tally()
        scan: while true {
            switch FrameScanner.next(in: bytes, at: offset) {
            case .incomplete:
                break scan
            case .malformed:
                lose(client)
                break scan
            case .frame(let frame):
                let payload = UnsafeRawBufferPointer(rebasing: bytes[frame.payloadStart..<frame.end])
                if let span = dialect.pixels(opcode: frame.opcode, payload: payload) {
                    sums.frames += 1
                    sums.bytes += frame.end - offset
                    sums.pixels += note(span, payload, for: client)
                } else {
                    takeOther(frame.opcode, payload, for: client)
                }
                offset = frame.end
            }
        }
        tally.frames += sums.frames
        tally.bytes += sums.bytes
        tally.pixels += sums.pixels
        return offset
    }

    /// The same on a connection that stays with HTTP.
    private func takeAnswers(_ bytes: UnsafeRawBufferPointer, for client: LoadClient) -> Int {
        var offset = 0
        while offset < bytes.count {
            switch AnswerScanner.next(in: bytes, at: offset) {
            case .incomplete: return offset
            case .malformed:
                lose(client)
                return offset
            case .answer(let answer):
                let body = UnsafeRawBufferPointer(rebasing: bytes[answer.bodyStart..<answer.end])
                answered(client, answer.status, body)
                offset = answer.end
            }
        }
        return offset
    }

    /// Follows one frame of pixels and returns how many it brought.
    private func note(_ span: PixelSpan, _ payload: UnsafeRawBufferPointer, for client: LoadClient) -> Int {
        client.hash.update(payload)
        let from = span.from ?? client.reached
        let to = span.from == nil ? from + Version(span.count) : span.to
        if client.joinedAt == nil {
            client.joinedAt = from
        } else if from != client.reached {
            client.gaps += 1
        }
        client.reached = to
        let count = Int(to - from)
        client.pixels += count
        if let replica = client.replica {
            let now = MonotonicClock.nowUs
            replica.apply(payload) { cell, color in flights.seen(cell: cell, color: color, nowUs: now) }
        }
        return count
    }

    private func takeOther(_ opcode: UInt8, _ payload: UnsafeRawBufferPointer, for client: LoadClient) {
        switch opcode {
        case 8:
            if payload.count >= 2 { client.closeCode = UInt16(payload[0]) << 8 | UInt16(payload[1]) }
        case 9:
            transmit(FrameScanner.clientFrame(opcode: 10, payload: Array(payload)), from: client)
        case 1, 2:
            switch dialect.reply(to: client, payload) {
            case .playing: becomePlaying(client)
            case .acknowledged: tally.acknowledged += 1
            case .refused: tally.refused += 1
            case .other: break
            }
        default:
            break
        }
    }

    private func becomePlaying(_ client: LoadClient) {
        guard !client.isPlaying else { return }
        client.isPlaying = true
        readyCount += 1
    }
}
