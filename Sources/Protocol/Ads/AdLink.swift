/// What an ad's link may be: a URI of RFC 3986 with the scheme `https` and a named host.
///
/// A user before the host is refused, since `https://good.example@bad.example` is a way to be taken for another.
enum AdLink {
    private static let scheme = "https://"
    private static let alphanumerics = Array(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
    /// `pchar` of RFC 3986, section 3.3, with what parts path, query and fragment.
    private static let rest = alphanumerics + Array("-._~!$&'()*+,;=:@/?#%".utf8)

    /// Whether a text is one.
    static func isValid(_ text: String) -> Bool {
        guard text.utf8.count <= Limits.maxAdLinkBytes, text.utf8.starts(with: scheme.utf8) else {
            return false
        }
        let address = text.utf8.dropFirst(scheme.utf8.count)
        let ends = Array("/?#".utf8)
        let authority = address.prefix { !ends.contains($0) }
        let tail = Array(address.dropFirst(authority.count))
        return isAuthority(String(decoding: authority, as: UTF8.self)) && isTail(tail)
    }

    /// A host's name, and perhaps a port.
    private static func isAuthority(_ text: String) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
                let port = Int(parts[1]), (1...65535).contains(port)
            else { return false }
        }
        return parts[0].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { alphanumerics.contains($0) || $0 == UInt8(ascii: "-") }
        }
    }

    /// Path, query and fragment; nothing in them may be half an escape, or a second fragment.
    private static func isTail(_ bytes: [UInt8]) -> Bool {
        for (index, byte) in bytes.enumerated() {
            guard rest.contains(byte) else { return false }
            guard byte == UInt8(ascii: "%") else { continue }
            guard index + 2 < bytes.count, Hex.digit(bytes[index + 1]) != nil,
                Hex.digit(bytes[index + 2]) != nil
            else { return false }
        }
        return bytes.count { $0 == UInt8(ascii: "#") } <= 1
    }
}
