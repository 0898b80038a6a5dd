/// A request as the listener read it.
public struct HTTPRequest: Sendable {
    /// `GET`, `POST`, … in capitals.
    public var method: String
    /// The request's target as written, `/path?query` or an absolute form.
    public var target: String
    /// The target's path, still percent-encoded, beginning with `/` (or `*`).
    public var path: String
    /// What follows the question mark, still percent-encoded.
    public var query: String?
    /// The header fields, trailers left out.
    public var headers: HTTPHeaders
    /// The whole body, chunks joined.
    public var body: [UInt8]
    /// Who sent it.
    public var remote: NetAddress
    /// Whether it came over TLS.
    public var isSecure: Bool

    /// Joins the parts.
    public init(
        method: String, target: String, path: String, query: String?, headers: HTTPHeaders, body: [UInt8],
        remote: NetAddress, isSecure: Bool
    ) {
        self.method = method
        self.target = target
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.remote = remote
        self.isSecure = isSecure
    }
}

/// An answer, on the server's way out or the client's way in.
public struct HTTPResponse: Sendable {
    /// The status code, 200 to 599.
    public var status: Int
    /// The header fields; `Content-Length`, `Connection` and `Date` are the transport's.
    public var headers: HTTPHeaders
    /// The whole body.
    public var body: [UInt8]

    /// Joins the parts.
    public init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why the listener refused a request by itself; the server turns it into its own form of answer.
public enum HTTPRefusal: Hashable, Sendable {
    /// Not HTTP, or HTTP that could be read in two ways.
    case malformed(String)
    /// A WebSocket handshake that RFC 6455 §4.2.1 doesn't allow.
    case badHandshake(String)
    /// A WebSocket version other than 13; the answer needs `Sec-WebSocket-Version: 13`, which is added.
    case unsupportedWebSocketVersion
    /// The head didn't come in time.
    case timedOut
    /// The body is longer than allowed.
    case bodyTooLarge
    /// The head is longer than allowed.
    case headTooLarge
    /// An `Expect` other than `100-continue`.
    case expectationFailed
    /// A version other than HTTP/1.0 and 1.1.
    case versionNotSupported

    /// The status code that stands for it.
    public var status: Int {
        switch self {
        case .malformed, .badHandshake: 400
        case .unsupportedWebSocketVersion: 426
        case .timedOut: 408
        case .bodyTooLarge: 413
        case .headTooLarge: 431
        case .expectationFailed: 417
        case .versionNotSupported: 505
        }
    }

    /// One sentence for the person behind the client.
    public var message: String {
        switch self {
        case .malformed(let reason): "The request is malformed: \(reason)."
        case .badHandshake(let reason): "The WebSocket handshake is not valid: \(reason)."
        case .unsupportedWebSocketVersion: "Only WebSocket version 13 is spoken here."
        case .timedOut: "The request took too long to arrive."
        case .bodyTooLarge: "The request's body is too long."
        case .headTooLarge: "The request's head is too long."
        case .expectationFailed: "Only the expectation 100-continue can be met."
        case .versionNotSupported: "Only HTTP/1.0 and HTTP/1.1 are spoken here."
        }
    }
}
