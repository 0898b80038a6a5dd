import Testing

@testable import Transport

@Suite("Addresses, URLs and headers")
struct AddressTests {
    @Test(
        "URLs of servers",
        arguments: [
            ("http://127.0.0.1:8080", "127.0.0.1", 8080, false, "127.0.0.1:8080"),
            ("wss://Example.ORG/", "example.org", 443, true, "example.org"),
            ("ws://h", "h", 80, false, "h"), ("https://[::1]:9", "::1", 9, true, "[::1]:9"),
        ])
    func urls(text: String, host: String, port: Int, isSecure: Bool, header: String) throws {
        let url = try #require(ServerURL(text))
        #expect(url.host == host && url.port == port && url.isSecure == isSecure && url.hostHeader == header)
    }

    @Test(
        "texts that are no server's URL",
        arguments: [
            "", "h:80", "ftp://h", "http://", "http://h:0", "http://h:65536", "http://h:x", "http://h:+8",
            "http://h/p", "http://[::1", "http://::1", "http://a b", "http://u@h",
        ])
    func noURLs(text: String) { #expect(ServerURL(text) == nil) }

    @Test(
        "limits count an IPv4 address as it is and an IPv6 one by its first half",
        arguments: [
            ("10.1.2.3", "10.1.2.3"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("::1", "0:0:0:0::/64"),
            ("::ffff:10.1.2.3", "10.1.2.3"),
        ])
    func limitKeys(host: String, key: String) { #expect(NetAddress(host: host, port: 1).limitKey == key) }

    @Test("header names compare without case, lists are read by their elements")
    func headers() {
        var headers: HTTPHeaders = ["Connection": "keep-alive , UPGRADE", "X": "1", "x": "2"]
        #expect(headers["x"] == "1" && headers.all("X") == ["1", "2"] && headers["Y"] == nil)
        #expect(headers.lists("connection", token: "upgrade") && !headers.lists("connection", token: "up"))
        headers["X"] = "3"
        #expect(headers.all("x") == ["3"])
        headers["x"] = nil
        #expect(headers["X"] == nil)
    }

    @Test("dates have RFC 9110's form")
    func dates() { #expect(HTTPDate.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT") }
}
