/// A request as a client sends it.
public struct HTTPClientRequest: Sendable {
    /// `GET`, `POST`, … in capitals.
    public var method: String
    /// Path and query.
    public var target: String
    /// Further header fields; `Host`, `Content-Length` and `Connection` are the transport's.
    public var headers: HTTPHeaders
    /// The whole body.
    public var body: [UInt8]

    /// Joins the parts.
    public init(method: String, target: String, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }
}

/// Requests to one server over one keep-alive connection, one after the other; confined to its loop's thread.
public final class HTTPClient {
    /// How a request went.
    public typealias Completion = (Result<HTTPResponse, TransportError>) -> Void

    /// Connects with the first request.
    ///
    /// - Parameter maxAnswerBytes: the longest body taken.
    public init(
        loop: EventLoop, url: ServerURL, tls: TLSClientSettings? = nil, maxAnswerBytes: Int = 64 * 1024 * 1024
    ) {}

    /// Queues a request; the completion is called exactly once, never from inside this call.
    ///
    /// - Parameter timeoutMs: from this call to the whole answer.
    public func send(_ request: HTTPClientRequest, timeoutMs: Int, completion: @escaping Completion) {}

    /// Drops the connection; requests under way fail with `cancelled`.
    public func close() {}
}
