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
