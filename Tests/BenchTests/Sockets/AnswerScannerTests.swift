import Testing

@testable import Bench

@Suite("Finding HTTP answers in a stream")
struct AnswerScannerTests {
    private func next(_ text: String, at offset: Int = 0) -> AnswerScanner.Outcome {
        Array(text.utf8).withUnsafeBytes { AnswerScanner.next(in: $0, at: offset) }
    }

    private static let first = "HTTP/1.1 200 OK\r\nX-Other: 9\r\nContent-Length: 2\r\n\r\nab"
    private static let second = "HTTP/1.1 429 Too Many Requests\r\ncontent-length:0\r\n\r\n"

    @Test("answers that follow each other are found one by one, whatever the case of the header")
    func sequence() {
        let text = Self.first + Self.second
        let end = Self.first.utf8.count
        #expect(next(text) == .answer(.init(status: 200, bodyStart: end - 2, end: end)))
        let all = text.utf8.count
        #expect(next(text, at: end) == .answer(.init(status: 429, bodyStart: all, end: all)))
    }

    @Test("an answer cut anywhere is incomplete")
    func cut() {
        for length in 0..<Self.first.utf8.count {
            let start = String(decoding: Self.first.utf8.prefix(length), as: UTF8.self)
            #expect(next(start) == .incomplete, "after \(length) bytes")
        }
    }

    @Test(
        "a head without a status or a length that can be read is malformed",
        arguments: [
            "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Lengthy: 5\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1234567890\r\n\r\n", "\r\n\r\n",
        ])
    func malformed(text: String) {
        #expect(next(text) == .malformed)
    }
}
