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

    /// Whether sending it twice does what sending it once does (RFC 9110 §9.2.2).
    var isIdempotent: Bool { ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"].contains(method) }
}
