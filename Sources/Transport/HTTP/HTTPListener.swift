/// Takes connections on one port and turns what they send into exchanges; confined to its loop's thread.
public final class HTTPListener {
    /// The port in use, also where 0 was asked for.
    public let port: Int
    /// The connections that are open, WebSockets among them.
    public var connectionCount: Int { 0 }

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
        self.port = port
    }

    /// Takes no further connections and closes those that wait idle for a request; the others live on, their
    /// next answers say `Connection: close`.
    public func stopAccepting() {}

    /// Drops every connection at once.
    public func closeAll() {}

    /// The answer to a refusal where the server has none of its own: a line of text.
    public static func plainRefusal(_ refusal: HTTPRefusal) -> HTTPResponse {
        HTTPResponse(
            status: refusal.status, headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: Array((refusal.message + "\n").utf8))
    }
}
