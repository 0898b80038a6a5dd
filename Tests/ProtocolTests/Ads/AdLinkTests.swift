import Protocol
import Testing

@Suite struct AdLinkTests {
    private func ad(link: String) throws -> Ad {
        try Ad(json: Array(AdSamples.text(rest: #""seconds":1,"weight":1,"link":"\#(link)""#).utf8))
    }

    @Test(
        "a link to a named host over TLS is taken as it is",
        arguments: [
            "https://example.org", "https://example.org/", "https://EXAMPLE.org:8443/a/b.html",
            "https://xn--bcher-kva.example?q=1&r=a+b", "https://localhost#top", "https://a.b/%C3%A9?x=%20#y",
            "https://a.b/@user", "https://127.0.0.1/", "https://a.b/" + String(repeating: "c", count: 188),
        ])
    func taken(link: String) throws {
        #expect(try ad(link: link).link == link)
    }

    @Test(
        "any other link is refused",
        arguments: [
            "", "https://", "https:///path", "http://example.org", "HTTPS://example.org",
            "javascript:alert(1)",
            "//example.org", "https:/example.org", "https://good.example@bad.example", "https://a.b/ c",
            "https://bücher.example", "https://a.b/é", "https://a..b", "https://.a", "https://a.",
            "https://-a.b",
            "https://a-.b", "https://a_b.c", "https://a.b:", "https://a.b:0", "https://a.b:65536",
            "https://a.b:+80", "https://a.b:8x", "https://a.b:1:2", "https://[::1]/", "https://a.b/%2",
            "https://a.b/%", "https://a.b/%zz", "https://a.b/#a#b", "https://a.b/<c>", "https://a.b/\\\\",
            "https://a.b/\\u0007", "https://a.b/" + String(repeating: "c", count: 189),
        ])
    func refused(link: String) throws {
        let failure = try #require(throws: Failure.self) { try ad(link: link) }
        #expect(failure.message.contains(#""link""#), "\(failure.message)")
    }
}
