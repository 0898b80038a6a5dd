import CHTTPParser
import Glibc

/// Lays HTTP/1.1 messages out.
enum MessageWriter {
    /// An answer whole; a HEAD's keeps the length but not the body.
    static func response(_ response: HTTPResponse, isHead: Bool, closes: Bool, isHTTP11: Bool) -> ByteBlock {
        var head = "HTTP/1.1 \(response.status) \(reason(response.status))\r\nDate: \(HTTPDate.now())\r\n"
        append(response.headers, to: &head)
        if response.status == 426 {
            append(["Upgrade": "websocket", "Sec-WebSocket-Version": "13"], to: &head)
        }
        if response.status != 204 && response.status != 304 {
            head += "Content-Length: \(response.body.count)\r\n"
        }
        if closes {
            head += "Connection: close\r\n"
        } else if !isHTTP11 {
            head += "Connection: keep-alive\r\n"
        }
        let hasBody = !isHead && response.status != 204 && response.status != 304
        return block(head, hasBody ? response.body : [])
    }

    /// The head of an answer whose body comes in chunks, or to an old peer until the connection ends.
    static func streamHead(_ response: HTTPResponse, isHTTP11: Bool) -> ByteBlock {
        var head = "HTTP/1.1 \(response.status) \(reason(response.status))\r\nDate: \(HTTPDate.now())\r\n"
        append(response.headers, to: &head)
        if isHTTP11 { head += "Transfer-Encoding: chunked\r\n" }
        return block(head + "Connection: close\r\n", [])
    }

    /// The answer that turns a connection into a WebSocket.
    static func switching(key: String, subprotocol: String?) -> ByteBlock {
        var head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        head += "Sec-WebSocket-Accept: \(WebSocketHandshake.acceptance(of: key))\r\n"
        if let subprotocol { head += "Sec-WebSocket-Protocol: \(clean(subprotocol))\r\n" }
        return block(head, [])
    }

    /// A client's request whole.
    static func request(_ request: HTTPClientRequest, host: String, upgrade: Bool = false) -> ByteBlock {
        var head = "\(clean(request.method)) \(clean(request.target)) HTTP/1.1\r\nHost: \(host)\r\n"
        append(request.headers, to: &head, keepsConnection: upgrade)
        if !request.body.isEmpty || !["GET", "HEAD", "DELETE"].contains(request.method) {
            head += "Content-Length: \(request.body.count)\r\n"
        }
        return block(head, request.body)
    }

    private static func block(_ head: String, _ body: [UInt8]) -> ByteBlock {
        let head = Array((head + "\r\n").utf8)
        return ByteBlock(count: head.count + body.count) { memory in
            memory.copyBytes(from: head)
            UnsafeMutableRawBufferPointer(rebasing: memory[head.count...]).copyBytes(from: body)
        }
    }

    private static func append(_ headers: HTTPHeaders, to head: inout String, keepsConnection: Bool = false) {
        let ours =
            ["content-length", "transfer-encoding", "date", "host"] + (keepsConnection ? [] : ["connection"])
        for (name, value) in headers.fields where !ours.contains(where: { HTTPHeaders.isSame($0, name) }) {
            head += "\(clean(name)): \(clean(value))\r\n"
        }
    }

    /// Takes out what would end a line, so that no value can add a header of its own.
    private static func clean(_ text: String) -> String {
        text.utf8.contains { $0 < 0x20 || $0 == 0x7F }
            ? String(decoding: text.utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self) : text
    }

    private static func reason(_ status: Int) -> String {
        http_status_str(http_status(UInt32(clamping: status))).map { String(cString: $0) } ?? "Unknown"
    }
}

/// The `Date` header's form, RFC 9110 §5.6.7.
enum HTTPDate {
    /// The current time.
    static func now() -> String { text(time(nil)) }

    /// Seconds since 1970 as `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func text(_ seconds: time_t) -> String {
        var seconds = seconds
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let two = { (number: Int32) in number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(two(parts.tm_mday)) \(months[Int(parts.tm_mon) % 12]) \(1900 + parts.tm_year)"
        let clock = "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
        return "\(days[Int(parts.tm_wday) % 7]), \(date) \(clock) GMT"
    }
}
