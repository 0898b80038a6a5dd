import Glibc
import Testing

/// A blocking TCP connection written for these tests alone, so that they share no code with what they test.
final class RawSocket {
    let file: Int32
    private var unread: [UInt8] = []

    init(port: UInt16) throws {
        file = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if connected != 0 { throw TooLate(description: "connect: \(String(cString: strerror(errno)))") }
        var on: Int32 = 1
        setsockopt(file, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(file) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 { throw ConnectionLost() }
            sent += count
        }
    }

    /// Tells the peer that nothing more comes.
    func finishSending() { shutdown(file, Int32(SHUT_WR)) }

    /// Bytes up to and with a mark.
    func read(through mark: String, _ deadline: Deadline) throws -> [UInt8] {
        let mark = Array(mark.utf8)
        while true {
            if unread.count >= mark.count,
                let start = (0...unread.count - mark.count).first(where: {
                    unread[$0..<$0 + mark.count].elementsEqual(mark)
                })
            {
                return take(start + mark.count)
            }
            try fill(deadline)
        }
    }

    /// So many bytes.
    func read(count: Int, _ deadline: Deadline) throws -> [UInt8] {
        while unread.count < count { try fill(deadline) }
        return take(count)
    }

    /// Everything until the peer closes.
    func readToEnd(_ deadline: Deadline) throws -> [UInt8] {
        do {
            while true { try fill(deadline) }
        } catch is ConnectionLost {
            return take(unread.count)
        }
    }

    /// Whether bytes are here to be read without waiting.
    var hasBytes: Bool {
        var watch = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        return !unread.isEmpty || poll(&watch, 1, 0) > 0
    }

    private func take(_ count: Int) -> [UInt8] {
        defer { unread.removeFirst(count) }
        return Array(unread[..<count])
    }

    private func fill(_ deadline: Deadline) throws {
        var watch = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        guard poll(&watch, 1, deadline.leftMs) > 0 else {
            throw TooLate(description: "the server answered nothing")
        }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(file, &buffer, buffer.count, 0)
        guard count > 0 else { throw ConnectionLost() }
        unread += buffer[..<count]
    }
}

/// The peer closed the connection.
struct ConnectionLost: Error {}
