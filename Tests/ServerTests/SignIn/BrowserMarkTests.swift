import Crypto
import Testing
import Transport

@testable import Server

@Suite("What tells browsers apart")
struct BrowserMarkTests {
    private let marks = BrowserMark(serverSecret: [UInt8](repeating: 1, count: 32))

    @Test("is a cookie for this host alone, over TLS by its name")
    func cookies() {
        let cookie = BrowserMark.draw()
        #expect(BrowserMark.draw() != cookie)
        let secure = BrowserMark.setCookie(cookie, isSecure: true)
        #expect(secure.hasPrefix("__Host-pixelwars=\(cookie); Path=/; "))
        #expect(secure.hasSuffix("HttpOnly; SameSite=Lax; Secure"))
        #expect(!secure.contains("Domain"))
        #expect(!BrowserMark.setCookie(cookie, isSecure: false).contains("Secure"))
    }

    @Test("is read where it stands once, among others, in the form that was set")
    func reading() {
        let cookie = BrowserMark.draw()
        func shown(_ lines: String..., isSecure: Bool = true) -> String? {
            BrowserMark.shown(HTTPHeaders(lines.map { ("cookie", $0) }), isSecure: isSecure)
        }
        #expect(shown("a=b; __Host-pixelwars=\(cookie); c=d") == cookie)
        #expect(shown("a=b", "__Host-pixelwars=\(cookie)") == cookie)
        #expect(shown("__Host-pixelwars=\(cookie)", isSecure: false) == nil)
        #expect(shown("pixelwars_device=\(cookie)") == nil)
        #expect(shown("__Host-pixelwars=\(cookie); __Host-pixelwars=\(cookie)") == nil)
        #expect(shown("__Host-pixelwars=short") == nil)
        #expect(shown("x__Host-pixelwars=\(cookie)") == nil)
        #expect(shown() == nil)
    }

    @Test("is in forms as a token that only this server makes for this cookie")
    func tokens() {
        let cookie = BrowserMark.draw()
        let token = marks.formToken(for: cookie)
        #expect(marks.isOurs(formToken: token, of: cookie))
        #expect(!marks.isOurs(formToken: token, of: nil))
        #expect(!marks.isOurs(formToken: token, of: BrowserMark.draw()))
        #expect(!marks.isOurs(formToken: "", of: cookie))
        #expect(!marks.isOurs(formToken: cookie, of: cookie))
        let other = BrowserMark(serverSecret: [UInt8](repeating: 2, count: 32))
        #expect(!other.isOurs(formToken: token, of: cookie))
    }
}
