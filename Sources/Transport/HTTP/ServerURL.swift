/// Where a server is: `http`, `https`, `ws` or `wss`, a host, and a port that defaults to 80 or 443.
public struct ServerURL: Hashable, Sendable, CustomStringConvertible {
    /// The host's name or address, in lower case, an IPv6 address without brackets.
    public let host: String
    /// The port, 1 to 65535.
    public let port: Int
    /// Whether TLS is spoken.
    public let isSecure: Bool

    /// Reads `SCHEME://HOST[:PORT][/]`; nil where it is anything else.
    public init?(_ text: String) {
        guard let mark = text.firstRange(of: "://") else { return nil }
        switch text[..<mark.lowerBound].lowercased() {
        case "http", "ws": isSecure = false
        case "https", "wss": isSecure = true
        default: return nil
        }
        var rest = text[mark.upperBound...]
        if rest.hasSuffix("/") { rest.removeLast() }
        guard let (name, digits) = Self.split(rest) else { return nil }
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isHostByte) else { return nil }
        host = name.lowercased()
        if let digits {
            guard let number = Int(digits), (1...65_535).contains(number),
                digits.utf8.allSatisfy({ $0 >= 0x30 })
            else { return nil }
            port = number
        } else {
            port = isSecure ? 443 : 80
        }
    }

    /// The value of a `Host` header: the port stands in it where it isn't the default.
    public var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// The URL with `http` or `https`.
    public var description: String { (isSecure ? "https://" : "http://") + hostHeader }

    private static func split(_ text: Substring) -> (Substring, Substring?)? {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let name = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            if rest.isEmpty { return (name, nil) }
            return rest.hasPrefix(":") ? (name, rest.dropFirst()) : nil
        }
        guard let colon = text.firstIndex(of: ":") else { return (text, nil) }
        let name = text[..<colon]
        let digits = text[text.index(after: colon)...]
        return digits.contains(":") ? nil : (name, digits)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "%"):
            true
        default: false
        }
    }
}
