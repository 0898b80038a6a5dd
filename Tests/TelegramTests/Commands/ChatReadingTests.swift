import Protocol
import Testing

@testable import Telegram

@Suite("A message's reading")
struct ChatReadingTests {
    private func read(_ text: String) -> ChatReading { ChatReading(text, bot: "PixelBot") }

    @Test("finds each command, whatever its case and the space around it")
    func commands() throws {
        #expect(read("/start") == .command(.start))
        #expect(read("  /Status\n") == .command(.status))
        #expect(read("/clear@PIXELBOT") == .command(.clear))
        #expect(read("/clear@otherbot") == .forAnother)
        #expect(ChatReading("/clear@otherbot", bot: nil) == .command(.clear))
        #expect(read("/snapshot now") == .command(.snapshot))
        #expect(read("/feedback") == .command(.feedback))
        #expect(read("/feedback ON") == .command(.tellFeedback(true)))
        #expect(read("/feedback off ") == .command(.tellFeedback(false)))
        #expect(read("/announce\nTwo\nlines ") == .command(.announce("Two\nlines")))
        #expect(read("/") == .unknown(""))
        #expect(read("/dance\u{202E}") == .unknown("dance"))
        #expect(read("clear") == .talk)
        #expect(read("") == .talk)
    }

    @Test(
        "takes a canvas's size with any cross",
        arguments: ["200x100", "200X100", "200×100", "200 x 100", "200*100", "200х100", "200Х100"])
    func sizes(text: String) throws {
        #expect(
            read("/newgame \(text)") == .command(.newGame(try #require(CanvasSize(width: 200, height: 100)))))
    }

    @Test(
        "refuses what is no canvas's size",
        arguments: [
            "", "200", "x", "200x", "0x5", "-1x5", "16385x1", "16384x16384", "1x2x3", "9999999x1", "2.5x3",
            "axb",
        ])
    func badSizes(text: String) {
        guard case .misused(let words) = read("/newgame \(text)") else {
            Issue.record("\(text)")
            return
        }
        #expect(words.contains("/newgame 200x100"))
    }

    @Test("takes names with spaces in quotes of any language, and a reason after them")
    func bans() {
        let none = HostCommand.noBanReason
        #expect(read("/ban Bob") == .command(.ban(account: "Bob", reason: none)))
        #expect(
            read("/ban Bob  too many\u{20}bots ") == .command(.ban(account: "Bob", reason: "too many bots")))
        for (open, close) in [("\"", "\""), ("“", "”"), ("«", "»"), ("„", "“"), ("„", "”")] {
            #expect(
                read("/ban \(open)Ada Lovelace\(close) why")
                    == .command(.ban(account: "Ada Lovelace", reason: "why")))
            #expect(
                read("/unban \(open)Ada Lovelace\(close)") == .command(.unban(account: "Ada Lovelace")))
        }
        #expect(read("/unban Ada Lovelace") == .command(.unban(account: "Ada Lovelace")))
        for text in [
            "/ban", "/ban ", "/ban \"Ada", "/ban \"\"", "/unban",
            "/ban Bob \(String(repeating: "x", count: 201))",
            "/ban Bob a\nb", "/feedback maybe", "/announce",
        ] {
            guard case .misused = read(text) else {
                Issue.record("\(text)")
                continue
            }
        }
    }
}

@Suite("Words for Telegram")
struct MessageTextTests {
    @Test("that fit are one message")
    func short() {
        #expect(MessageText.parts(of: "a\nb", maxUnits: 3) == ["a\nb"])
        #expect(MessageText.parts(of: "", maxUnits: 3) == [])
    }

    @Test("are cut at line ends, else anywhere between characters")
    func cut() {
        #expect(MessageText.parts(of: "aaa\nbbb\nccc", maxUnits: 8) == ["aaa\nbbb", "ccc"])
        #expect(MessageText.parts(of: "abcdef", maxUnits: 4) == ["abcd", "ef"])
        #expect(MessageText.parts(of: "ab😀😀", maxUnits: 3) == ["ab", "😀", "😀"])
    }

    @Test("lose nothing until there are too many, and say so then")
    func bounded() {
        let text = (0..<9).map { "line \($0)" }.joined(separator: "\n")
        #expect(MessageText.parts(of: text, maxUnits: 20).joined(separator: "\n") == text)
        let long = MessageText.parts(of: text, maxUnits: 8)
        #expect(long.count == Limits.maxTelegramParts)
        #expect(long.last?.hasSuffix("…") == true)
        #expect(long.allSatisfy { $0.utf16.count <= 8 })
    }

    @Test("of one endless character end all the same")
    func endless() {
        let character = "e" + String(repeating: "\u{301}", count: 50_000)
        let parts = MessageText.parts(of: character)
        #expect(parts.count == Limits.maxTelegramParts)
        #expect(parts.allSatisfy { $0.utf16.count <= 4_096 })
    }
}
