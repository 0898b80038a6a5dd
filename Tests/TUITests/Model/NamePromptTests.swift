import Protocol
import Testing

@testable import TUI

@Suite struct NamePromptTests {
    @Test("the prompt takes what can be shown, and no more than a name may have")
    func bounded() {
        var prompt = NamePrompt()
        prompt.add("a\u{1b}[31m\u{202e}b\u{200b}")
        #expect(prompt.typed == "a[31mb")
        prompt.add(String(repeating: "日", count: 100))
        #expect(prompt.count == Limits.maxNameCharacters)
        prompt.add("x")
        #expect(prompt.typed.last == "日")
    }

    @Test("a mark joins the letter before it and counts no more")
    func marks() {
        var prompt = NamePrompt()
        prompt.add("\u{301}")
        #expect(prompt.typed == "", "a mark needs a letter")
        prompt.add("e")
        prompt.add("\u{301}")
        #expect(prompt.count == 1)
        #expect(prompt.verdict == .good)
        prompt.removeLast()
        #expect(prompt.typed == "")
    }

    @Test("a pasted name loses the blanks and line ends around it, not those inside")
    func paste() {
        var prompt = NamePrompt(typed: "Ada")
        prompt.removeLast()
        prompt.paste("\n a Love\tlace \r\n")
        #expect(prompt.typed == "Ada Love lace")
        #expect(prompt.verdict == .good)
    }

    @Test(
        "the verdict agrees with the rule that the server has",
        arguments: [
            "", "Ada", " Ada", "Ada ", "日本語", "a\u{a0}b", "e\u{301}\u{301}\u{301}\u{301}\u{301}", "שלום",
        ])
    func verdict(name: String) {
        let prompt = NamePrompt(typed: name)
        #expect((prompt.verdict == .good) == (PlayerName.validated(name) != nil))
    }

    @Test("while the server is asked nothing can be typed; its refusal stays until something is")
    func asking() {
        var prompt = NamePrompt(typed: "Ada")
        prompt.ask()
        prompt.add("x")
        prompt.removeLast()
        #expect(prompt.typed == "Ada")
        prompt.refuse("That name is taken")
        #expect(!prompt.isAsking)
        #expect(prompt.refusal == "That name is taken")
        prompt.add("x")
        #expect(prompt.refusal == nil)
    }

    @Test(
        "a name that the server gave is told from one that was chosen",
        arguments: [
            ("player-k3x9q", true), ("player-0123456789abc", true), ("player-", false), ("player-one", false),
            ("Player-k3x9q", false), ("player-k3x9q!", false), ("Ada", false),
        ])
    func given(name: String, expected: Bool) {
        #expect(NamePrompt.isGiven(name) == expected)
    }
}
