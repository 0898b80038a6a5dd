import CUV

/// Takes connections on one port and turns what they send into exchanges; confined to its loop's thread.
///
/// It lives, and its port is taken, until `stopAccepting` or `closeAll`.
public final class HTTPListener {
    /// The port in use, also where 0 was asked for.
    public let port: Int

    let limits: ListenerLimits
    let refusal: (HTTPRefusal) -> HTTPResponse
    let onRequest: (HTTPExchange) -> Void
    /// Whether it has stopped taking connections.
    private(set) var isStopping = false

    private let loop: EventLoop
    private let tls: TLSContext?
    private let handle: UnsafeMutablePointer<uv_tcp_t>
    private var streams: [ObjectIdentifier: TCPStream] = [:]
    private var countByAddress: [String: Int] = [:]

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - host: an address or a name, such as `127.0.0.1` or `localhost`.
    ///   - port: 0 picks a free one.
    ///   - tls: nil speaks plain HTTP.
    ///   - refusal: gives the answer for what the listener refuses by itself.
    ///   - onRequest: takes each request once its body is whole.
    public init(
        loop: EventLoop, host: String, port: Int, tls: TLSServerSettings? = nil,
        limits: ListenerLimits = ListenerLimits(),
        refusal: @escaping (HTTPRefusal) -> HTTPResponse = HTTPListener.plainRefusal,
        onRequest: @escaping (HTTPExchange) -> Void
    ) throws(TransportError) {
        let context: TLSContext? = if let tls { try TLSContext(server: tls) } else { nil }
        let address = try AddressList.resolveNow(loop: loop, host: host, port: port)
        let handle = UnsafeMutablePointer<uv_tcp_t>.allocate(capacity: 1)
        uv_tcp_init(loop.uv, handle)
        var status = address.withFirst { uv_tcp_bind(handle, $0, 0) }
        if status == 0 {
            status = uv_listen(
                pw_tcp_stream(handle), 4096,
                { server, status in
                    guard let data = server?.pointee.data else { return }
                    Unmanaged<HTTPListener>.fromOpaque(data).takeUnretainedValue().accept(status)
                })
        }
        guard status == 0, let bound = NetAddress.local(of: handle) else {
            uv_close(pw_tcp_handle(handle)) { $0?.deallocate() }
            throw TransportError(uv: status, "listen on \(NetAddress(host: host, port: port).text)")
        }
        self.loop = loop
        self.tls = context
        self.handle = handle
        self.limits = limits
        self.refusal = refusal
        self.onRequest = onRequest
        self.port = bound.port
        handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
    }

    deinit { handle.deallocate() }

    /// The connections that are open, WebSockets among them.
    public var connectionCount: Int { streams.count }

    /// Takes no further connections and closes those that wait idle for a request; the others live on, their
    /// next answers say `Connection: close`.
    public func stopAccepting() {
        guard !isStopping else { return }
        isStopping = true
        uv_close(pw_tcp_handle(handle)) { handle in
            guard let data = handle?.pointee.data else { return }
            Unmanaged<HTTPListener>.fromOpaque(data).release()
        }
        for stream in openStreams { (stream.owner as? HTTPConnection)?.drain() }
    }

    /// Drops every connection at once and takes no further ones.
    public func closeAll() {
        stopAccepting()
        for stream in openStreams {
            stream.fail(TransportError(.cancelled, "the listener was closed"))
        }
    }

    /// The connections as they are now.
    var openStreams: [TCPStream] { Array(streams.values) }

    /// The answer to a refusal where the server has none of its own: a line of text.
    public static func plainRefusal(_ refusal: HTTPRefusal) -> HTTPResponse {
        HTTPResponse(
            status: refusal.status, headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: Array((refusal.message + "\n").utf8))
    }

    private func accept(_ status: Int32) {
        loop.touch()
        // Out of descriptors: libuv has closed the connection with the one it keeps in reserve.
        guard status == 0, !isStopping else { return }
        let stream = TCPStream(loop: loop)
        guard uv_accept(pw_tcp_stream(handle), stream.stream) == 0,
            let remote = NetAddress.peer(of: stream.tcp)
        else { return stream.close() }
        let isCounted =
            limits.maxConnectionsPerAddress > 0 && !limits.uncappedAddresses.contains(remote.host)
        let key = isCounted ? remote.limitKey : ""
        let isOverCap =
            streams.count >= limits.maxConnections
            || (!key.isEmpty && countByAddress[key, default: 0] >= limits.maxConnectionsPerAddress)
        guard !isOverCap else { return stream.close() }
        var session: TLSSession?
        if let tls {
            session = tls.accept()
            guard session != nil else { return stream.close() }
        }
        streams[ObjectIdentifier(stream)] = stream
        if !key.isEmpty { countByAddress[key, default: 0] += 1 }
        stream.onClose = { [self] stream in
            streams[ObjectIdentifier(stream)] = nil
            guard !key.isEmpty, let count = countByAddress[key] else { return }
            countByAddress[key] = count > 1 ? count - 1 : nil
        }
        _ = HTTPConnection(listener: self, stream: stream, tls: session)
    }
}
