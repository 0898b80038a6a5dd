/// What is made of the bytes that go to the terminal, besides sending them.
struct OutputOptions: Hashable, Sendable {
    /// The file for a recording (asciicast v2); none without one.
    var recording: String?
    /// Whether the figures of the output are printed at exit.
    var printsStats = false
    /// Whether they are printed as JSON.
    var statsAreJSON = false
}
