import CGetopt
import Glibc
import Synchronization

/// A program's long options and operands, parsed by getopt_long(3).
public struct ArgumentList: Sendable {
    /// One long option that a program knows.
    public struct Option: Hashable, Sendable {
        /// Its name without the dashes.
        public let name: String
        /// What its value is called in the help; nil for an option that takes none.
        public let valueName: String?
        /// What its value may be, for shells that complete it.
        public let values: Values
        /// The commands that it goes with; none for all.
        public let commands: [String]
        /// One line of help.
        public let help: String

        /// Joins the parts.
        public init(
            _ name: String, _ valueName: String? = nil, _ values: Values = .any, with commands: [String] = [],
            help: String
        ) {
            self.name = name
            self.valueName = valueName
            self.values = values
            self.commands = commands
            self.help = help
        }
    }

    /// What a value or an operand may be.
    public enum Values: Hashable, Sendable {
        /// Anything.
        case any
        /// One of these.
        case words([String])
        /// A file's path.
        case file
        /// A directory's path.
        case directory
    }

    /// What is wrong with a command line, in one line for whoever typed it.
    public struct UsageError: Error, Hashable {
        /// The line.
        public let message: String
        /// Whether `--help` tells more about it.
        public let isExplained: Bool

        /// Takes the line.
        public init(_ message: String, isExplained: Bool = true) {
            self.message = message
            self.isExplained = isExplained
        }
    }

    /// Each option given, in order, with its value where it takes one.
    public let given: [(name: String, value: String?)]
    /// What stood beside the options, in order.
    public let operands: [String]

    /// Reads a command line; `arguments[0]` is the program's name.
    ///
    /// Options and operands may be mixed, `--` ends the options, and unambiguous prefixes of names are taken,
    /// as getopt_long(3) does it.
    /// - Throws: `UsageError` for an unknown or ambiguous option, a missing value, or one too many.
    public init(_ arguments: [String], options: [Option]) throws(UsageError) {
        let parsed = Self.turn.withLock { _ in
            Result { () throws(UsageError) in try Self.parse(arguments, options: options) }
        }
        (given, operands) = try parsed.get()
    }

    /// getopt(3) keeps its state in globals: one caller at a time.
    private static let turn = Mutex(())

    private static func parse(
        _ arguments: [String], options: [Option]
    ) throws(UsageError) -> (given: [(name: String, value: String?)], operands: [String]) {
        var cArguments: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        let originals = cArguments
        var names = options.map { strdup($0.name) }
        defer {
            originals.forEach { free($0) }
            names.forEach { free($0) }
        }
        var table = options.enumerated().map { index, known in
            option(
                name: names[index].map { UnsafePointer($0) },
                has_arg: known.valueName == nil ? no_argument : required_argument, flag: nil,
                val: Int32(index) + Self.firstIndex)
        }
        table.append(option(name: nil, has_arg: 0, flag: nil, val: 0))
        names.removeAll(keepingCapacity: false)

        var given: [(name: String, value: String?)] = []
        pw_getopt_restart()
        while true {
            let found = getopt_long(Int32(arguments.count), &cArguments, ":", &table, nil)
            if found == -1 { break }
            guard found >= Self.firstIndex else {
                throw UsageError(Self.complaint(found, cArguments, options))
            }
            let option = options[Int(found - Self.firstIndex)]
            given.append(
                (
                    option.name,
                    option.valueName == nil ? nil : pw_getopt_argument().map { String(cString: $0) }
                ))
        }
        let rest = cArguments[Int(pw_getopt_index())..<arguments.count]
        return (given, rest.compactMap { $0.map { String(cString: $0) } })
    }

    /// The last value given for an option that takes one.
    public func value(_ name: String) -> String? {
        given.last { $0.name == name }?.value
    }

    /// The whole number given for an option; nil where it wasn't given.
    ///
    /// - Throws: `UsageError` where it is none, or none of these.
    public func number(_ name: String, _ range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = value(name) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw UsageError(
                "--\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound), not \(text)")
        }
        return value
    }

    /// Every value given for a repeatable option, in order.
    public func values(_ name: String) -> [String] {
        given.compactMap { $0.name == name ? $0.value : nil }
    }

    /// Whether an option was given.
    public func has(_ name: String) -> Bool {
        given.contains { $0.name == name }
    }

    /// The options as lines of help, aligned.
    public static func help(_ options: [Option]) -> String {
        let heads = options.map { "  --\($0.name)" + ($0.valueName.map { " \($0)" } ?? "") }
        let width = (heads.map(\.count).max() ?? 0) + 2
        return zip(heads, options).map { head, option in
            head + String(repeating: " ", count: width - head.count) + option.help
        }.joined(separator: "\n")
    }

    /// Above every character, so that no index is taken for one of getopt's own answers.
    private static let firstIndex: Int32 = 1000

    private static func complaint(
        _ answer: Int32, _ arguments: [UnsafeMutablePointer<CChar>?], _ options: [Option]
    ) -> String {
        let option = pw_getopt_option()
        if option >= firstIndex {
            let name = options[Int(option - firstIndex)].name
            return answer == Int32(UInt8(ascii: ":"))
                ? "option --\(name) needs a value" : "option --\(name) takes no value"
        }
        let last = max(1, Int(pw_getopt_index()) - 1)
        let text = arguments.indices.contains(last) ? arguments[last].map { String(cString: $0) } : nil
        return "unknown option \(text ?? "")"
    }
}
