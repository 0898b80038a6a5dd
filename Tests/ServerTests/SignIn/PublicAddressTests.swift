import Testing
import Transport

@testable import Server

@Suite("The address that is handed out")
struct PublicAddressTests {
    private func request(
        _ headers: [(String, String)], isSecure: Bool = false, from host: String = "203.0.113.9"
    ) -> HTTPRequest {
        HTTPRequest(
            method: "GET", target: "/device", path: "/device", query: nil, headers: HTTPHeaders(headers),
            body: [], remote: NetAddress(host: host, port: 1), isSecure: isSecure)
    }

    private func address(_ publicURL: String? = nil, hosts: [String] = []) -> PublicAddress {
        PublicAddress(
            publicURL: publicURL, publicHosts: hosts, trustedProxies: ["10.0.0.1"], listen: "127.0.0.1:8080")
    }

    @Test("is the host's own, whatever a request names")
    func set() {
        let address = address("https://pixels.example.org")
        #expect(address.base(of: request([("host", "evil.example")])) == "https://pixels.example.org")
        #expect(address.isSecure(request([])))
    }

    @Test(
        "is the one that a request names, where that is one",
        arguments: [
            ("pixels.example.org", "http://pixels.example.org"), ("[::1]:8080", "http://[::1]:8080"),
            ("A:81", "http://a:81"), ("evil.example/path", "http://127.0.0.1:8080"),
            ("a\"><script>", "http://127.0.0.1:8080"), ("a b", "http://127.0.0.1:8080"),
            ("", "http://127.0.0.1:8080"),
            ("u@a", "http://127.0.0.1:8080"),
        ])
    func named(host: String, base: String) {
        #expect(address().base(of: request([("host", host)])) == base)
    }

    @Test("names no other host than those that the server answers to")
    func hosts() {
        let address = address(hosts: ["pixels.example.org", "b"])
        #expect(address.base(of: request([("host", "B")])) == "http://b")
        #expect(address.base(of: request([("host", "evil")])) == "http://pixels.example.org")
    }

    @Test("is https over TLS, or where a trusted proxy says so")
    func schemes() {
        let proxied = [("host", "a"), ("x-forwarded-proto", "https")]
        #expect(address().base(of: request([("host", "a")], isSecure: true)) == "https://a")
        #expect(address().base(of: request(proxied, from: "10.0.0.1")) == "https://a")
        #expect(address().base(of: request(proxied)) == "http://a")
    }
}
