import Crypto
import Transport

#if canImport(Server)
    // Where it is fuzzed, what it needs of the server is compiled beside it.
    @testable import Server
#endif

/// What must hold for any cookies at all: what is read of them is one that this server could have set, and with no form
/// token but its own is a form taken.
enum CookieProperty: String, CaseIterable, Sendable {
    /// `Cookie` headers, a line each, after a byte that says whether the page came over TLS.
    case cookie

    private static let marks = BrowserMark(serverSecret: [UInt8](repeating: 1, count: 32))

    /// What is broken; nil where all is well.
    func broken(by bytes: [UInt8]) -> String? {
        let isSecure = bytes.first.map { $0 & 1 == 1 } ?? false
        let lines = bytes.dropFirst().split(separator: UInt8(ascii: "\n"))
            .map { String(decoding: $0, as: UTF8.self) }
        let headers = HTTPHeaders(lines.map { ("Cookie", $0) })
        guard let cookie = BrowserMark.shown(headers, isSecure: isSecure) else { return nil }
        guard Base64URL.decode(cookie)?.count == 32 else { return "\(cookie) was never set" }
        guard
            lines.contains(where: { $0.contains(BrowserMark.cookieName(isSecure: isSecure) + "=" + cookie) })
        else { return "\(cookie) isn't there" }
        for line in lines where Self.marks.isOurs(formToken: line, of: cookie) {
            if line != Self.marks.formToken(for: cookie) { return "\(line) is taken for a form of ours" }
        }
        return nil
    }
}
