import Protocol
import Testing

@testable import TUI

@Suite struct FlatWordsTests {
    @Test("no refusal is told in terms of keys", arguments: ErrorCode.allCases)
    func refusals(code: ErrorCode) {
        let words = KeyBindings().words(for: Failure(code, "the server's own words")).words.spoken
        #expect(!words.contains("Press"), "\(words)")
        #expect(!words.contains("Enter"), "\(words)")
        // A letter by itself is a key's.
        #expect(!words.contains(/\b[b-hj-z]\b(?! s)/), "\(words)")
    }

    @Test(
        "how long ago something was is told in the largest unit",
        arguments: [
            (-5, "just now"), (1_999, "just now"), (2_000, "2 seconds ago"), (60_000, "1 minute ago"),
            (150_000, "2 minutes ago"), (3_600_000, "1 hour ago"), (200_000_000, "2 days ago"),
        ] as [(Int64, String)])
    func ago(milliseconds: Int64, words: String) {
        #expect(FlatWords.ago(milliseconds: milliseconds) == words)
    }

    @Test("a line bears its role, nothing that commands a terminal, and ASCII alone where asked for")
    func line() {
        let announcement = Announcement(.news, "a\u{1b}[31m b\nc – 3 × 4 … 世")
        #expect(announcement.line == "news: a[31m b c – 3 × 4 … 世")
        #expect(announcement.asciiLine == "news: a[31m b c - 3 x 4 ... ?")
        #expect(Announcement.Role.allCases.allSatisfy { $0.rawValue.allSatisfy(\.isASCII) })
    }
}
