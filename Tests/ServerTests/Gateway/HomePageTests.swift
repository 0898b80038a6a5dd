import Engine
import Protocol
import Testing
import Transport

@testable import Server

@Suite("The page for browsers")
struct HomePageTests {
    private func page(host: String, publicURL: String?) throws -> String {
        let size = try #require(CanvasSize(width: 3, height: 2))
        let canvas = CanvasAnswer(
            head: CanvasHead(size: size, epoch: 1, version: 7, palette: .standard), snapshotVersion: 7,
            players: 1, queued: 0)
        let request = HTTPRequest(
            method: "GET", target: "/", path: "/", query: nil, headers: [("host", host)], body: [],
            remote: NetAddress(host: "203.0.113.9", port: 1), isSecure: false)
        let address = PublicAddress(
            publicURL: publicURL, publicHosts: [], trustedProxies: [], listen: "127.0.0.1:8080")
        return String(
            decoding: HomePage.response(canvas, at: address.base(of: request)).body, as: UTF8.self)
    }

    @Test("names the address that the host set, whatever a request calls the server")
    func publicURL() throws {
        let page = try page(host: "evil.example", publicURL: "https://pixels.example.org")
        #expect(page.contains("<pre>pixelwars play https://pixels.example.org</pre>"))
        #expect(!page.contains("evil"))
    }

    @Test(
        "takes nothing from a request that a browser or a shell would act on",
        arguments: ["a\"><script>alert(1)</script>", "a;rm -rf ~", "$(id)", "a`id`", "a'b", "a&b", "a\\b"])
    func hostileHosts(host: String) throws {
        let page = try page(host: host, publicURL: nil)
        #expect(!page.contains(host))
        #expect(page.contains("<pre>pixelwars play http://127.0.0.1:8080</pre>"))
    }
}
