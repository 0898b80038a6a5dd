import Testing

@testable import Server

@Suite struct LogTests {
    @Test func `a text line quotes what could be mistaken`() {
        let log = Log(level: .info, format: .text)
        let line = log.rendered(
            "T", .warning, "refused", ["code": "bad_request", "message": "a \"b\"\n\u{1b}[2J", "count": 3])
        #expect(line == "T warning refused code=bad_request message=\"a \\\"b\\\"\\u000a\\u001b[2J\" count=3")
    }

    @Test func `a JSON line is one object on one line`() {
        let log = Log(level: .info, format: .json)
        let line = log.rendered("T", .error, "x", ["who": "é\\\u{9f}", "n": -1])
        #expect(
            line == "{\"time\":\"T\",\"level\":\"error\",\"event\":\"x\",\"who\":\"é\\\\\\u009f\",\"n\":-1}")
    }

    @Test func `levels are ordered`() {
        #expect(LogLevel.allCases.sorted() == [.debug, .info, .warning, .error])
    }
}
