import Protocol

/// A JSON value as it stands in a person's file: members keep their order, and the file its numbers.
///
/// The protocol's own reader keeps neither; a file that is written back must look as its owner left it.
indirect enum OrderedJSON: Hashable, Sendable {
    case null
    case flag(Bool)
    /// A number's text, so that none changes by being read.
    case number(String)
    case text(String)
    case list([OrderedJSON])
    case object([Member])

    /// One member of an object.
    struct Member: Hashable, Sendable {
        var name: String
        var value: OrderedJSON
        /// Where its name stands, from 1; 0 for what no file holds yet.
        var line = 0
    }

    /// An object of these members.
    static func fields(_ members: [(name: String, value: OrderedJSON)]) -> OrderedJSON {
        .object(members.map { Member(name: $0.name, value: $0.value) })
    }

    /// The file's text: four spaces a level, lists that hold no objects on one line.
    var json: String {
        var text = ""
        write(to: &text, depth: 0)
        return text
    }

    /// The value on one line.
    var line: String {
        var text = ""
        write(to: &text, depth: nil)
        return text
    }

    /// How the value reads in a message, cut where it is long.
    var brief: String {
        let text = line
        return PlayerName.displayed(text.count > 40 ? text.prefix(39) + "…" : text)
    }

    /// - Parameter depth: how far the value stands inside others; nil for all of it on one line.
    private func write(to text: inout String, depth: Int?) {
        switch self {
        case .null: text += "null"
        case .flag(let flag): text += flag ? "true" : "false"
        case .number(let number): text += number
        case .text(let string): Self.quote(string, to: &text)
        case .list(let items):
            text += "["
            for (index, item) in items.enumerated() {
                if index > 0 { text += ", " }
                item.write(to: &text, depth: depth)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += depth == nil ? ", " : "," }
                Self.breakLine(&text, depth.map { $0 + 1 })
                Self.quote(member.name, to: &text)
                text += ": "
                member.value.write(to: &text, depth: depth.map { $0 + 1 })
            }
            if !members.isEmpty { Self.breakLine(&text, depth) }
            text += "}"
        }
    }

    private static func breakLine(_ text: inout String, _ depth: Int?) {
        guard let depth else { return }
        text += "\n" + String(repeating: "    ", count: depth)
    }

    private static func quote(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
