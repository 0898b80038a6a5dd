/// A program to start, and what it gets.
///
/// Its standard input is empty and its standard output is thrown away unless the order says otherwise.
public struct ProcessOrder: Hashable, Sendable {
    /// Which variables it sees.
    public enum Environment: Hashable, Sendable {
        /// Those of this program.
        case inherited
        /// No others than these, each `NAME=value`.
        case only([String])
    }

    /// Where its standard error goes.
    public enum Complaints: Hashable, Sendable {
        /// Into a file without a name: for a process that is over before that can grow large.
        case file
        /// Through a pipe, of which the end is kept: for one that may run for months. Who started it has to come
        /// by, since it waits where the pipe is full.
        case pipe
    }

    /// Its path, or a name to look up in `PATH`.
    public var program: String
    /// What follows its name.
    public var arguments: [String]
    /// Its variables.
    public var environment = Environment.inherited
    /// The bytes that a pipe to its standard input should hold; nil for no pipe, and then its input is empty.
    public var inputBytes: Int?
    /// Whether what it writes to its standard output is read by lines.
    public var hasOutput = false
    /// What becomes of its standard error.
    public var complaints = Complaints.file
    /// What it can read from the descriptor `giftDescriptor`, at most `maxGiftBytes`: a secret that neither its
    /// arguments nor its variables show.
    public var gift: [UInt8]?

    /// Where it finds the gift.
    public static let giftDescriptor: Int32 = 3
    /// What a pipe takes at once, whatever the system is set to: PIPE_BUF (pipe(7)).
    public static let maxGiftBytes = 4_096

    /// Orders a program, with nothing to read and nobody who reads it.
    public init(_ program: String, _ arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }
}
