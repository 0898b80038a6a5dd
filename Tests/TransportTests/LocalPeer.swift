import Glibc
import Testing

@testable import Transport

/// A directory for one test's socket, removed with it.
final class SocketDirectory {
    /// Short enough for a socket's address, or longer than any.
    let path: String
    private let root: String
    let name = "control.sock"

    init(isLong: Bool = false) throws {
        var template = Array("/tmp/pixelwars-local-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = isLong ? "\(root)/\(String(repeating: "d", count: 200))" : root
        if isLong { try #require(mkdir(path, 0o700) == 0) }
    }

    deinit {
        unlink(file)
        if path != root { rmdir(path) }
        rmdir(root)
    }

    var file: String { "\(path)/\(name)" }

    /// What lies under the socket's name; nil where nothing does.
    var facts: stat? {
        var facts = stat()
        return lstat(file, &facts) == 0 ? facts : nil
    }

    /// Leaves a socket there that nobody listens at, as a killed server does.
    func leaveDeadSocket() throws { close(try bindSocket()) }

    /// A socket bound there that does only what the test makes it do; the test closes it.
    func bindSocket() throws -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        try #require(LocalAddress(directory: path, name: name).with { bind(descriptor, $0, $1) } == 0)
        return descriptor
    }

    func leaveFile(_ bytes: [UInt8]) throws {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL, 0o644)
        defer { close(descriptor) }
        try #require(write(descriptor, bytes, bytes.count) == bytes.count)
    }

    func listen(
        _ loop: EventLoop, maxRequestBytes: Int = 1_000, maxConnections: Int = 8,
        timeoutMs: Int = Loopback.patienceMs, onRequest: @escaping (LocalExchange) -> Void
    ) throws -> LocalListener {
        try LocalListener(
            loop: loop, directory: path, name: name, maxRequestBytes: maxRequestBytes,
            maxConnections: maxConnections, timeoutMs: timeoutMs, onRequest: onRequest)
    }
}

/// The other end of a local connection, byte by byte; nothing it does waits.
final class LocalPeer {
    private(set) var received: [UInt8] = []
    private(set) var didEnd = false
    private var descriptor: Int32

    init(_ place: SocketDirectory) throws {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_UNIX, type, 0)
        try #require(descriptor >= 0)
        let address = LocalAddress(directory: place.path, name: place.name)
        try #require(address.with { connect(descriptor, $0, $1) } == 0)
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
