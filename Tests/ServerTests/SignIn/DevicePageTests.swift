import Crypto
import Engine
import Protocol
import Testing
import Transport

@testable import Server

@Suite("The pages of a terminal's sign-in")
struct DevicePageTests {
    private let view = DevicePageView(provider: "Google", formToken: "t0ken")

    private func ask(client: String? = "bot", linksTo: String? = nil) throws -> DeviceAsk {
        DeviceAsk(
            code: try #require(UserCode(typed: "BCDF-GHJK")), client: client, address: "203.0.113.9",
            ageSeconds: 130, linksTo: linksTo)
    }

    private func text(_ page: PageShell.Page) -> String {
        String(decoding: PageShell.response(page, host: "pixels.example.org").body, as: UTF8.self)
    }

    private func all() throws -> [PageShell.Page] {
        [
            view.form(code: nil, nil), view.form(code: "x", .unknownCode),
            view.form(code: nil, .locked(retryAfterMs: 5)), view.confirm(try ask()),
            view.confirm(try ask(linksTo: "Zoe")), view.leave(to: "https://id.example.org/a?b=c&d=e"),
            view.allowed(try ask()), view.denied(), DevicePageView.failure(Failure(.expiredToken, "Over.")),
        ]
    }

    @Test("load nothing, run nothing and are framed by nobody")
    func policy() throws {
        for page in try all() {
            let response = PageShell.response(page, host: "a")
            let policy = try #require(response.headers["Content-Security-Policy"])
            #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
            #expect(policy.contains("form-action 'self'; frame-ancestors 'none'; base-uri 'none'"))
            #expect(response.headers["X-Frame-Options"] == "DENY")
            #expect(response.headers["Cache-Control"] == "no-store")
            #expect(response.headers["Referrer-Policy"] == "no-referrer")
            #expect(response.headers["X-Content-Type-Options"] == "nosniff")
            let text = text(page)
            for word in ["<script", "javascript:", "onclick", "style=\"", "src=\"", "<img", "<link"] {
                #expect(!text.contains(word), "\(word) in \(page.title)")
            }
        }
    }

    @Test("have the one style that their policy allows")
    func style() throws {
        let text = text(view.denied())
        let start = try #require(text.firstRange(of: "<style>")).upperBound
        let end = try #require(text.firstRange(of: "</style>")).lowerBound
        let hash = Base64.encode(SHA256.hash(Array(text[start..<end].utf8)))
        let policy = PageShell.response(view.denied(), host: "a").headers["Content-Security-Policy"]
        #expect(policy?.contains("'sha256-\(hash)'") == true)
    }

    @Test("say who asks, from where and since when, and whom it would be linked to")
    func confirm() throws {
        let text = text(view.confirm(try ask(client: "pixelwars on a laptop", linksTo: "Zoe")))
        for word in [
            "BCDF-GHJK", "pixelwars on a laptop", "203.0.113.9", "2 minutes ago", "<b>Zoe</b>", "t0ken",
        ] {
            #expect(text.contains(word), "\(word)")
        }
        #expect(self.text(view.confirm(try ask(client: nil))).contains("doesn’t say"))
    }

    @Test("take no text for markup")
    func escaping() throws {
        let evil = "\"><script>alert('1')</script>&"
        let escaped = "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;"
        #expect(HTMLText.escaped(evil) == escaped)
        for page in [
            view.form(code: evil, nil), view.confirm(try ask(client: evil)),
            view.confirm(try ask(linksTo: evil)), view.allowed(try ask(linksTo: evil)),
            view.leave(to: evil), DevicePageView.failure(Failure(.banned, evil)),
        ] {
            #expect(text(page).contains(escaped))
            #expect(!text(page).contains("<script"))
        }
        let host = PageShell.response(view.denied(), host: evil).body
        #expect(!String(decoding: host, as: UTF8.self).contains("<script"))
    }

    @Test("lead on by themselves only to the provider")
    func next() throws {
        let refresh = "<meta http-equiv=\"refresh\" content=\"0;url=https://id.example.org/a?b=c&amp;d=e\">"
        let leading = try all().map { text($0) }.filter { $0.contains("http-equiv") }
        #expect(leading.count == 1)
        #expect(leading.first?.contains(refresh) == true)
    }

    @Test("say how long to wait")
    func locked() {
        #expect(text(view.form(code: nil, .locked(retryAfterMs: 2_500))).contains("Wait 3 seconds"))
        #expect(
            text(view.form(code: nil, .locked(retryAfterMs: 14 * 60_000 + 1))).contains("Wait 15 minutes"))
        let response = PageShell.response(view.denied(), status: 429, host: "a", retryAfterMs: 2_500)
        #expect(response.headers["Retry-After"] == "3")
    }
}
