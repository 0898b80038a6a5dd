import Foundation
import Protocol
import Testing

@Suite struct FeedbackTests {
    @Test(
        "a message is cleaned to one line of what shows",
        arguments: [
            ("hello", "hello"), ("  hello \n", "hello"), ("a\nb", "a b"), ("a\r\nb", "a b"), ("a\rb", "a b"),
            ("a\n\nb", "a  b"), ("a\tb", "a b"), ("a\u{2028}b\u{85}c", "a b c"), ("a\u{1b}[31mb", "a[31mb"),
            ("a\u{0}b\u{7f}c\u{9b}d", "abcd"), ("a\u{202e}b\u{2066}c\u{2069}", "abc"),
            ("a\u{200b}b\u{200d}c\u{feff}d\u{ad}e", "abcde"), ("\u{200b} \u{0}a\u{0} \u{200b}", "a"),
            ("\u{a0}a\u{a0}b\u{3000}", "a\u{a0}b"), ("Zoë 漢字 🙂", "Zoë 漢字 🙂"), ("\u{b}a\u{c}b", "ab"),
        ])
    func cleaned(text: String, clean: String) throws {
        let message = try #require(FeedbackMessage(text))
        #expect(Array(message.text.utf8) == Array(clean.utf8))
    }

    @Test(
        "a message of which nothing is left is none",
        arguments: ["", " ", "\n\t\r\n", "\u{0}", "\u{200b}\u{202e}", "\u{a0}"])
    func empty(text: String) {
        #expect(FeedbackMessage(text) == nil)
    }

    @Test("2,000 characters are the most, counted as a reader does, after cleaning")
    func longest() {
        for character in ["a", "é", "漢", "e\u{301}", "🇫🇷"] {
            let longest = String(repeating: character, count: 2_000)
            #expect(FeedbackMessage(longest)?.text == longest)
            #expect(FeedbackMessage(longest + character) == nil)
            #expect(FeedbackMessage("\n " + longest + "\u{0}\t")?.text == longest)
        }
    }

    @Test("few characters of endlessly many marks are too much")
    func marks() {
        #expect(FeedbackMessage("e" + String(repeating: "\u{301}", count: 40_000)) == nil)
    }

    @Test("a host's whole list of the longest messages fits into an answer")
    func list() throws {
        let marked = "/" + String(repeating: "\u{301}", count: Limits.maxFeedbackBytes / 2 - 1)
        let longest = try #require(FeedbackMessage(marked))
        #expect(FeedbackMessage(marked + "\u{301}") == nil)
        let account = AccountName(
            id: Identifier(rawValue: .max), name: String(repeating: "漢", count: Limits.maxNameCharacters))
        let entry = FeedbackEntry(
            id: .max, account: account, isGuest: false, message: longest.text, atMs: .max)
        #expect(try JSONEncoder().encode(entry).count * 500 < Limits.maxHostAnswerBytes)
    }

    @Test("cleaning a cleaned message changes nothing, and nothing in it commands or hides")
    func random() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<3_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<10 {
                let bound: UInt32 = Bool.random(using: &generator) ? 0x80 : 0x3000
                if let scalar = Unicode.Scalar(UInt32.random(in: 0..<bound, using: &generator)) {
                    text.append(scalar)
                }
            }
            guard let message = FeedbackMessage(String(text)) else { continue }
            #expect(FeedbackMessage(message.text) == message)
            #expect(
                message.text.unicodeScalars.allSatisfy {
                    $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
                })
            #expect(message.text.first?.isWhitespace == false && message.text.last?.isWhitespace == false)
        }
    }

    @Test("an entry of the host's list is written with the wire's names and comes back")
    func entry() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let account = AccountName(id: Identifier(rawValue: 1), name: "Ada")
        let entry = FeedbackEntry(id: 4, account: account, isGuest: true, message: "More dots!", atMs: 12)
        let bytes = try encoder.encode(entry)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"account":{"id":"0000000000001","name":"Ada"},"at_ms":12,"id":4,"is_guest":true,"#
                + #""message":"More dots!"}"#)
        #expect(try JSONDecoder().decode(FeedbackEntry.self, from: bytes) == entry)
        let gone = FeedbackEntry(id: 5, account: nil, isGuest: false, message: "Bye", atMs: 13)
        #expect(try JSONDecoder().decode(FeedbackEntry.self, from: try encoder.encode(gone)) == gone)
    }
}
