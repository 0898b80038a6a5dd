/// What a program's user can read and complete, made of the tables that the program itself reads.
public struct Manual: Sendable {
    /// One way to call the program.
    public struct Form: Hashable, Sendable {
        /// What stands after the program's name.
        public let words: String
        /// What it does.
        public let help: String

        /// Joins the parts.
        public init(_ words: String, _ help: String) {
            self.words = words
            self.help = help
        }
    }

    /// A command, as shells complete it.
    public struct Command: Hashable, Sendable {
        /// Its words, such as `key export`.
        public let words: [String]
        /// What each of its operands may be.
        public let operands: [ArgumentList.Values]
        /// What it does.
        public let help: String

        /// Splits the words at spaces.
        public init(_ words: String, _ operands: [ArgumentList.Values] = [], help: String) {
            self.words = words.split(separator: " ").map(String.init)
            self.operands = operands
            self.help = help
        }
    }

    /// A name and what is to be known of it: a variable, a file, an exit status.
    public struct Entry: Hashable, Sendable {
        /// What it is called.
        public let name: String
        /// One or more sentences.
        public let help: String

        /// Joins the parts.
        public init(_ name: String, _ help: String) {
            self.name = name
            self.help = help
        }
    }

    /// The program's name.
    public let program: String
    /// What the program is, without a full stop and in lower case.
    public let summary: String
    /// The ways to call it.
    public let forms: [Form]
    /// Paragraphs about it.
    public let description: [String]
    /// Its commands.
    public let commands: [Command]
    /// Whether the first command is meant where none is named.
    public let hasDefault: Bool
    /// Its options.
    public let options: [ArgumentList.Option]
    /// The environment's variables that it reads.
    public let variables: [Entry]
    /// Files that it reads or writes by itself.
    public let files: [Entry]
    /// How the program ends.
    public let exits: [Entry]
    /// Examples: command lines with what they do.
    public let examples: [Entry]
    /// What belongs to it: other programs of the project.
    public let others: [String]

    /// Joins the parts.
    public init(
        program: String, summary: String, forms: [Form], description: [String] = [],
        commands: [Command] = [], hasDefault: Bool = false, options: [ArgumentList.Option],
        variables: [Entry] = [], files: [Entry] = [], exits: [Entry] = Manual.usualExits,
        examples: [Entry] = [], others: [String] = []
    ) {
        self.program = program
        self.summary = summary
        self.forms = forms
        self.description = description
        self.commands = commands
        self.hasDefault = hasDefault
        self.options = options
        self.variables = variables
        self.files = files
        self.exits = exits
        self.examples = examples
        self.others = others
    }

    /// How programs end, in this project.
    public static let usualExits = [
        Entry("0", "All went well."), Entry("1", "It failed; a line on standard error says why."),
        Entry("2", "The command line or a setting is wrong; nothing was started."),
    ]

    /// The options by which a program hands out its manual.
    public static let options: [ArgumentList.Option] = [
        .init(
            "completions", "SHELL", .words(Shell.allCases.map(\.rawValue)),
            help: "print what completes this program's words in bash, zsh or fish"),
        .init("man", help: "print the manual page: | man -l -"),
    ]

    /// The shells that complete words.
    enum Shell: String, CaseIterable {
        case bash, zsh, fish
    }

    /// The page or the completions that a command line asks for; nil where it asks for neither.
    ///
    /// - Parameter release: the version that the page names.
    /// - Throws: `UsageError` for a shell there is nothing for.
    public func answer(
        _ list: ArgumentList, release: String
    ) throws(ArgumentList.UsageError) -> String? {
        if let name = list.value("completions") {
            guard let shell = Shell(rawValue: name) else {
                throw .init("--completions takes bash, zsh or fish, not \(name)")
            }
            switch shell {
            case .bash: return bash
            case .zsh: return zsh
            case .fish: return fish
            }
        }
        return list.has("man") ? page(release: release) : nil
    }

    /// The ways to call the program, aligned, a line each.
    public var usage: String {
        let heads = forms.map { $0.words.isEmpty ? program : "\(program) \($0.words)" }
        let width = heads.map(\.count).max() ?? 0
        return zip(heads, forms).enumerated().map { index, line in
            let (head, form) = line
            let gap = String(repeating: " ", count: width - head.count + 3)
            return (index == 0 ? "usage: " : "       ") + head + (form.help.isEmpty ? "" : gap + form.help)
        }.joined(separator: "\n")
    }
}
