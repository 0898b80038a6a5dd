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

    /// The one way to write an address: IPv4 in dotted decimals, IPv6 as RFC 5952 has it, IPv4-mapped as IPv4.
    ///
    /// Brackets around an IPv6 address and a port behind either are left out; nil for text that is no address.
    public static func canonical(host text: String) -> String? {
        var host = text[...]
        if host.first == "[", let end = host.lastIndex(of: "]") {
            host = host[host.index(after: host.startIndex)..<end]
        } else if let colon = host.firstIndex(of: ":"),
            host[host.index(after: colon)...].allSatisfy(\.isNumber)
        {
            if host.filter({ $0 == "." }).count == 3 { host = host[..<colon] }
        }
        guard let list = AddressList(literal: String(host), port: 0) else { return nil }
        return list.withFirst { NetAddress($0)?.host }
    }

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

extension NetAddress {
    /// The address at the other end; nil where the connection is gone.
    static func peer(of tcp: UnsafeMutablePointer<uv_tcp_t>) -> NetAddress? {
        read { uv_tcp_getpeername(tcp, $0, $1) }
    }

    /// The address at our end.
    static func local(of tcp: UnsafeMutablePointer<uv_tcp_t>) -> NetAddress? {
        read { uv_tcp_getsockname(tcp, $0, $1) }
    }

    private static func read(
        _ get: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<Int32>) -> Int32
    ) -> NetAddress? {
        var storage = sockaddr_storage()
        var length = Int32(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                get(address, &length) == 0 ? NetAddress(UnsafePointer(address)) : nil
            }
        }
    }

    /// Reads a socket address; the pointer must lead to as many bytes as its family has.
    init?(_ address: UnsafePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        var name = [CChar](repeating: 0, count: 64)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            let v4 = raw.assumingMemoryBound(to: sockaddr_in.self)
            guard uv_ip4_name(v4, &name, name.count) == 0 else { return nil }
            port = Int(UInt16(bigEndian: v4.pointee.sin_port))
        case AF_INET6:
            let v6 = raw.assumingMemoryBound(to: sockaddr_in6.self)
            guard uv_ip6_name(v6, &name, name.count) == 0 else { return nil }
            port = Int(UInt16(bigEndian: v6.pointee.sin6_port))
        default: return nil
        }
        let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let mapped = "::ffff:"
        host = text.hasPrefix(mapped) && text.contains(".") ? String(text.dropFirst(mapped.count)) : text
    }
}
