import Glibc
import Testing

@testable import Transport

/// The other end of a connection by the system's own calls, byte by byte; nothing it does waits.
final class SocketPeer {
    private(set) var received: [UInt8] = []
    private(set) var didEnd = false
    private var descriptor: Int32

    /// Connects to a host's socket.
    init(_ place: SocketDirectory) throws {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_UNIX, type, 0)
        try #require(descriptor >= 0)
        let address = LocalAddress(directory: place.path, name: place.name)
        try #require(address.with { connect(descriptor, $0, $1) } == 0)
    }

    /// Connects to a port of `127.0.0.1` from another address of this machine.
    init(from host: String, toPort port: Int) throws {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_INET, type, 0)
        try #require(descriptor >= 0)
        let own = try #require(AddressList(literal: host, port: 0))
        let other = try #require(AddressList(literal: "127.0.0.1", port: port))
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try #require(own.withFirst { bind(descriptor, $0, length) } == 0)
        try #require(other.withFirst { connect(descriptor, $0, length) } == 0)
    }

    deinit { close() }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        let sent = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
        #expect(sent == bytes.count)
    }

    /// Ends this side only.
    func end() { shutdown(descriptor, Int32(SHUT_WR)) }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Takes what has come, at most so many bytes.
    ///
    /// - Returns: whether the peer has ended.
    @discardableResult
    func read(maxBytes: Int = .max) -> Bool {
        var left = maxBytes
        var part = [UInt8](repeating: 0, count: 64 * 1024)
        while left > 0 && !didEnd {
            let count = recv(descriptor, &part, min(part.count, left), Int32(MSG_DONTWAIT))
            if count > 0 {
                received += part[..<count]
                left -= count
            } else if count == 0 || errno == ECONNRESET {
                didEnd = true
            } else {
                break
            }
        }
        return didEnd
    }

    /// What was received, as text.
    var text: String { String(decoding: received, as: UTF8.self) }
}
