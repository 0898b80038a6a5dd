import Crypto
import Protocol
import Transport

/// What tells one browser from another: a random cookie, and tokens in forms that follow from it under a key of
/// the server's, so that another site, which can neither read nor set the cookie, can't send our forms.
struct BrowserMark {
    private static let purpose = Array("pixelwars-forms-v1".utf8)
    private static let byteCount = 32
    private static let lifeSeconds = 3_600

    private let key: [UInt8]

    /// Derives the key from the server's secret.
    init(serverSecret: [UInt8]) {
        key = HMACSHA256.authenticationCode(for: Self.purpose, key: serverSecret)
    }

    /// The cookie's name: with the prefix, a browser takes it from this very host over TLS alone (RFC 6265bis).
    static func cookieName(isSecure: Bool) -> String { isSecure ? "__Host-pixelwars" : "pixelwars_device" }

    /// The cookie that a browser shows; nil for none, several, or one that we never set.
    static func shown(_ headers: HTTPHeaders, isSecure: Bool) -> String? {
        let name = cookieName(isSecure: isSecure) + "="
        let values = headers.all("Cookie").flatMap { $0.split(separator: ";") }
            .map { $0.trimmingSpaces }.filter { $0.hasPrefix(name) }.map { String($0.dropFirst(name.count)) }
        guard values.count == 1, let value = values.first, Base64URL.decode(value)?.count == byteCount else {
            return nil
        }
        return value
    }

    /// A fresh cookie.
    static func draw() -> String { Base64URL.encode(SecureRandom.bytes(byteCount)) }

    /// The header that sets it; sent along when the provider sends the browser back, and never to other sites.
    static func setCookie(_ value: String, isSecure: Bool) -> String {
        cookieName(isSecure: isSecure) + "=\(value); Path=/; Max-Age=\(lifeSeconds); HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }

    /// What a form for this browser carries.
    func formToken(for cookie: String) -> String {
        Base64URL.encode(HMACSHA256.authenticationCode(for: Array(cookie.utf8), key: key))
    }

    /// Whether a form was made for the browser that sends it.
    func isOurs(formToken: String, of cookie: String?) -> Bool {
        guard let cookie else { return false }
        return Self.isSame(formToken, self.formToken(for: cookie))
    }

    /// Compares secrets in a time that tells nothing of them.
    static func isSame(_ left: String, _ right: String) -> Bool {
        constantTimeEquals(Array(left.utf8), Array(right.utf8))
    }
}
