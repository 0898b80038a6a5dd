import CUV
import Glibc

/// Takes a host's commands on a Unix domain socket that only its own user and root may reach; confined to its
/// loop's thread.
///
/// A connection carries one line and its answer. The listener lives, and its file lies there, until `close`.
public final class LocalListener {
    private unowned let loop: EventLoop
    /// Keeps the loop while it listens; a closed listener must not keep the loop that is to free it.
    private var keptLoop: EventLoop?
    private let address: LocalAddress
    private let file: LocalAddress.Identity?
    private let handle: UnsafeMutablePointer<uv_pipe_t>
    private let maxRequestBytes: Int
    private let maxConnections: Int
    private let timeoutMs: Int
    private let onRequest: (LocalExchange) -> Void
    private var connections: [ObjectIdentifier: LocalConnection] = [:]
    private var isClosed = false

    /// Begins to listen, in place of a socket that lies there under the name.
    ///
    /// - Parameters:
    ///   - directory: where the socket's file lies; the caller holds its lock, so that what lies there is stale.
    ///   - name: the file's name, at most 64 bytes.
    ///   - maxRequestBytes: the longest line, without its end; a longer one's connection is closed.
    ///   - maxConnections: one more is closed at once.
    ///   - timeoutMs: from accept to the whole line, and how long a peer may take nothing of its answer.
    ///   - onRequest: takes each line once it is whole.
    public init(
        loop: EventLoop, directory: String, name: String, maxRequestBytes: Int, maxConnections: Int,
        timeoutMs: Int, onRequest: @escaping (LocalExchange) -> Void
    ) throws(TransportError) {
        let address = LocalAddress(directory: directory, name: name)
        let descriptor = Self.bind(address)
        guard descriptor >= 0 else { throw TransportError(uv: descriptor, "listen on \(address.path)") }
        let handle = UnsafeMutablePointer<uv_pipe_t>.allocate(capacity: 1)
        uv_pipe_init(loop.uv, handle, 0)
        var status = uv_pipe_open(handle, descriptor)
        if status != 0 {
            Glibc.close(descriptor)
        } else {
            status = uv_listen(
                pw_pipe_stream(handle), 64,
                { server, status in
                    guard let data = server?.pointee.data else { return }
                    Unmanaged<LocalListener>.fromOpaque(data).takeUnretainedValue().accept(status)
                })
        }
        guard status == 0 else {
            _ = address.remove()
            uv_close(pw_pipe_handle(handle)) { UnsafeMutableRawPointer($0)?.deallocate() }
            throw TransportError(uv: status, "listen on \(address.path)")
        }
        self.loop = loop
        keptLoop = loop
        self.address = address
        file = address.identity
        self.handle = handle
        self.maxRequestBytes = maxRequestBytes
        self.maxConnections = maxConnections
        self.timeoutMs = timeoutMs
        self.onRequest = onRequest
        handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
    }

    deinit { handle.deallocate() }

    /// The connections that are open.
    public var connectionCount: Int { connections.count }

    /// Takes no further connections, drops those that are open, and removes the socket's file.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        // Whoever came after us may have put its own there.
        if let file, address.identity == file { _ = address.remove() }
        for connection in Array(connections.values) { connection.close() }
        uv_close(pw_pipe_handle(handle)) { handle in
            guard let data = handle?.pointee.data else { return }
            Unmanaged<LocalListener>.fromOpaque(data).release()
        }
        keptLoop = nil
    }

    private func accept(_ status: Int32) {
        loop.touch()
        // Out of descriptors: libuv has closed the connection with the one it keeps in reserve.
        guard status == 0, !isClosed else { return }
        let connection = LocalConnection(loop: loop)
        guard uv_accept(pw_pipe_stream(handle), connection.stream) == 0, connections.count < maxConnections,
            connection.isPeerTrusted
        else { return connection.close() }
        connections[ObjectIdentifier(connection)] = connection
        connection.start(
            LocalConnection.Plan(
                maxRequestBytes: maxRequestBytes, timeoutMs: timeoutMs, onRequest: onRequest,
                onClose: { [self] in connections[ObjectIdentifier($0)] = nil }))
    }

    /// Makes the socket and its file.
    ///
    /// - Returns: the descriptor, or libuv's code.
    private static func bind(_ address: LocalAddress) -> Int32 {
        guard address.status == 0 else { return address.status }
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { return -errno }
        var status = address.remove()
        // The file gets the socket's mode less the umask's bits: never more than the owner's, from its first
        // moment on; what the umask took from the owner is given back.
        if status == 0 { status = fchmod(descriptor, 0o600) == 0 ? 0 : -errno }
        if status == 0 { status = address.with { Glibc.bind(descriptor, $0, $1) == 0 ? 0 : -errno } }
        if status == 0 { status = address.restrict() }
        guard status != 0 else { return descriptor }
        Glibc.close(descriptor)
        return status
    }
}
