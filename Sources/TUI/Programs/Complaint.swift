import Arguments

/// A failure's last word, on stderr: a line for people, or the JSON that servers answer with, too.
struct Complaint: Hashable, Sendable {
    enum Code: String, Hashable, Sendable {
        case failed
        case usage
    }

    var code: Code
    var message: String

    /// The JSON for whoever asked for that.
    var json: String {
        OrderedJSON.fields([
            ("error", .fields([("code", .text(code.rawValue)), ("message", .text(message))]))
        ]).line
    }

    /// Says it; a command line that is wrong may still say how it wants to be told so.
    func say(to arguments: [String]) {
        if arguments.prefix(while: { $0 != "--" }).contains("--json") {
            Console.complain(json)
        } else {
            Console.complain(programName, message)
        }
    }
}
