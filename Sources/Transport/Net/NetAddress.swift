import CUV
import Glibc

/// An IP address and port.
public struct NetAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address as text, an IPv6 one without brackets, an IPv4-mapped one as IPv4.
    public var host: String
    /// The port.
    public var port: Int

    /// Joins address and port.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `host:port`, an IPv6 address in brackets.
    public var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// The same as `text`.
    public var description: String { text }

    /// What limits count by: an IPv4 address as it is, an IPv6 address's first 64 bits as `a:b:c:d::/64`.
    public var limitKey: String { Self.limitKey(host: host) }

    /// The key that limits count an address by; text that isn't an address stands for itself.
    public static func limitKey(host: String) -> String {
        guard host.contains(":") else { return host }
        var address = in6_addr()
        guard uv_inet_pton(AF_INET6, host, &address) == 0 else { return host }
        let bytes = withUnsafeBytes(of: address) { Array($0) }
        if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] {
            return bytes.suffix(4).map { String($0) }.joined(separator: ".")
        }
        let groups = stride(from: 0, to: 8, by: 2).map { index in
            String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/64"
    }
}
