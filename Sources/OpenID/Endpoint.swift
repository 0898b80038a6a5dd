import Protocol

/// An address of a provider's: `https`, or `http` on this machine alone.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// `https://host` or `https://host:port`, without a path.
    public let origin: String
    /// The path, from its first slash, and the query.
    public let target: String

    /// Reads an absolute address without user, fragment or anything that isn't printable ASCII; nil for others.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count <= Limits.maxURLBytes, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            !bytes.contains(UInt8(ascii: "#")), !bytes.contains(UInt8(ascii: "\\")),
            let mark = text.firstRange(of: "://")
        else { return nil }
        let scheme = text[..<mark.lowerBound].lowercased()
        let rest = text[mark.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<end].lowercased()
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        guard scheme == "https" || (scheme == "http" && Self.isLoopback(authority)) else { return nil }
        origin = "\(scheme)://\(authority)"
        target = rest[end...].first == "/" ? String(rest[end...]) : "/" + rest[end...]
    }

    /// Whether it is spoken to over TLS.
    var isSecure: Bool { origin.hasPrefix("https://") }

    /// The whole address.
    public var description: String { origin + target }

    /// Whether a host with its port is this machine by its very text; other names could lead anywhere.
    private static func isLoopback(_ authority: String) -> Bool {
        let host: Substring
        if authority.hasPrefix("[") {
            host = authority.prefix { $0 != "]" }.dropFirst()
        } else {
            host = authority.prefix { $0 != ":" }
        }
        if host == "localhost" || host == "::1" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }
}
