import Foundation
import Testing

/// An answer as it stood on the wire.
struct RawAnswer {
    var status: Int
    /// Names in lower case.
    var headers: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a JSON object.
    func json() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any], "\(text)")
    }

    /// The contract's error code; nil on an answer of another shape.
    var errorCode: String? {
        ((try? json())?["error"] as? [String: Any])?["code"] as? String
    }
}

/// HTTP/1.1 by hand, on one connection that is kept.
final class RawHTTP {
    let socket: RawSocket
    let host: String

    /// Connects; `host` is what the requests call the server, by default its address.
    init(port: UInt16, host: String? = nil) throws {
        socket = try RawSocket(port: port)
        self.host = host ?? "127.0.0.1:\(port)"
    }

    /// Sends a request and reads its answer.
    func call(
        _ method: String, _ target: String, token: String? = nil, headers: [String: String] = [:],
        body: String? = nil, within seconds: Double = 60
    ) throws -> RawAnswer {
        try send(method, target, token: token, headers: headers, body: body)
        return try answer(to: method, within: seconds)
    }

    func send(
        _ method: String, _ target: String, token: String? = nil, headers: [String: String] = [:],
        body: String? = nil
    ) throws {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n"
        if let token { head += "Authorization: Bearer \(token)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        try socket.send(head + "\r\n" + (body ?? ""))
    }

    /// Reads one answer.
    func answer(to method: String = "GET", within seconds: Double = 60) throws -> RawAnswer {
        let deadline = Deadline(seconds: seconds)
        let head = String(decoding: try socket.read(through: "\r\n\r\n", deadline), as: UTF8.self)
        let lines = head.components(separatedBy: "\r\n")
        let status = try #require(lines[0].wholeMatch(of: /HTTP\/1\.1 (\d{3}) .*/)?.1, "\(lines[0])")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() where !line.isEmpty {
            let match = try #require(line.wholeMatch(of: /([^:\s]+):\s*(.*?)\s*/), "\(line)")
            headers[match.1.lowercased()] = String(match.2)
        }
        let code = try #require(Int(status))
        let hasBody = method != "HEAD" && code != 101 && code != 204 && code != 304
        let count = hasBody ? Int(headers["content-length"] ?? "0") ?? 0 : 0
        return RawAnswer(
            status: code, headers: headers, body: try socket.read(count: count, deadline))
    }
}
