/// What the program found out about the terminal when it began, for the person to read.
struct TerminalFacts: Hashable, Sendable {
    /// One of them: what, and how it is.
    struct Fact: Hashable, Sendable {
        var name: String
        var words: String
    }

    /// What `charset = auto` is here.
    var charset = Charset.unicode
    /// In the order that they are read.
    var facts: [Fact] = []
}
