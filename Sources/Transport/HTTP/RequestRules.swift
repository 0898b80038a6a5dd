/// What a request's head must keep to beyond http-parser's own grammar, so that no one between the client and
/// us can have read it in another way (RFC 9112 §11.2).
enum RequestRules {
    /// The first rule a head breaks, or nil.
    static func fault(in head: MessageReader, version: (Int, Int)) -> HTTPRefusal? {
        guard version == (1, 1) || version == (1, 0) else { return .versionNotSupported }
        let hosts = head.headers.all("Host")
        if hosts.count > 1 { return .malformed("there is more than one Host") }
        if head.isHTTP11 && hosts.isEmpty { return .malformed("there is no Host") }
        if let host = hosts.first, !host.utf8.allSatisfy(isHostByte) {
            return .malformed("the Host is not valid")
        }
        let encodings = head.headers.all("Transfer-Encoding")
        let lengths = head.headers.all("Content-Length")
        if !encodings.isEmpty {
            if !lengths.isEmpty { return .malformed("there are both Content-Length and Transfer-Encoding") }
            if !head.isHTTP11 { return .malformed("HTTP/1.0 has no Transfer-Encoding") }
            guard encodings.count == 1, HTTPHeaders.isSame(encodings[0], "chunked") else {
                return .malformed("the only Transfer-Encoding taken is chunked")
            }
        }
        if lengths.count > 1 { return .malformed("there is more than one Content-Length") }
        if let length = lengths.first,
            length.isEmpty || !length.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        {
            return .malformed("the Content-Length is not a number")
        }
        if head.method == "CONNECT" { return .malformed("there is nothing to connect to") }
        if split(head.target) == nil { return .malformed("the target is not valid") }
        let expectations = head.headers.all("Expect")
        if let unknown = expectations.first(where: { !HTTPHeaders.isSame($0, "100-continue") }) {
            return unknown.isEmpty ? nil : .expectationFailed
        }
        return nil
    }

    /// A target's path and query; the origin, absolute and asterisk forms are taken (RFC 9112 §3.2).
    static func split(_ target: [UInt8]) -> (path: String, query: String?)? {
        guard target.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else { return nil }
        var text = String(decoding: target, as: UTF8.self)[...]
        if text == "*" { return ("*", nil) }
        for scheme in ["http://", "https://"] where text.prefix(scheme.count).lowercased() == scheme {
            text = text.dropFirst(scheme.count).drop { $0 != "/" && $0 != "?" }
            if !text.hasPrefix("/") { text = "/" + text }
        }
        guard text.hasPrefix("/") else { return nil }
        guard let mark = text.firstIndex(of: "?") else { return (String(text), nil) }
        return (String(text[..<mark]), String(text[text.index(after: mark)...]))
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "%"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
