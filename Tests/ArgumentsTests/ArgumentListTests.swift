import Arguments
import Testing

@Suite struct ArgumentListTests {
    static let options = [
        ArgumentList.Option("listen", "HOST:PORT", help: "where"),
        ArgumentList.Option("admin", "ID", help: "who"),
        ArgumentList.Option("help", help: "this"),
    ]

    @Test func `options and operands may be mixed and repeated`() throws {
        let list = try ArgumentList(
            ["p", "watch", "--admin", "a", "--help", "--admin=b", "url", "--", "--listen"],
            options: Self.options)
        #expect(list.operands == ["watch", "url", "--listen"])
        #expect(list.values("admin") == ["a", "b"])
        #expect(list.value("admin") == "b")
        #expect(list.has("help"))
        #expect(list.value("listen") == nil)
    }

    @Test(arguments: [
        (["p", "--nonsense"], "unknown option --nonsense"),
        (["p", "x", "--nonsense=3"], "unknown option --nonsense=3"),
        (["p", "-q"], "unknown option -q"),
        (["p", "--listen"], "option --listen needs a value"),
        (["p", "--help=yes"], "option --help takes no value"),
    ])
    func `a wrong command line is refused in one line`(arguments: [String], message: String) {
        #expect(throws: ArgumentList.UsageError(message)) {
            try ArgumentList(arguments, options: Self.options)
        }
    }

    @Test func `help lines are aligned`() {
        #expect(
            ArgumentList.help(Self.options) == """
                  --listen HOST:PORT  where
                  --admin ID          who
                  --help              this
                """)
    }
}
