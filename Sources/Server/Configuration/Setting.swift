import Arguments
import Engine
import Protocol

/// One thing a host can set: its option, its environment variable, and how its text becomes a value.
struct Setting: Sendable {
    /// The option's name without the dashes.
    let name: String
    /// The environment variables that the option beats, the first of them beating the others.
    let variables: [String]
    /// What the value is called in the help; nil for an option that takes none, and is 1 where it is given.
    let valueName: String?
    /// What the value may be, for shells that complete it.
    let values: ArgumentList.Values
    /// One line of help.
    let help: String
    /// Whether it may be given more than once (in its variable: separated by commas).
    let isRepeatable: Bool
    /// Puts a text into the configuration, or says what it should have been.
    let apply: @Sendable (String, inout ServerConfiguration) -> Problem?
    /// The value as text, for `--print-config`; one a value for a repeatable setting.
    let show: @Sendable (ServerConfiguration) -> [String]

    /// What a value should have been, as in "a whole number from 1 to 100".
    struct Problem: Sendable, Equatable {
        let wanted: String
    }

    init(
        _ name: String, _ valueName: String?, variable: String? = nil, values: ArgumentList.Values? = nil,
        help: String, isRepeatable: Bool = false,
        apply: @escaping @Sendable (String, inout ServerConfiguration) -> Problem?,
        show: @escaping @Sendable (ServerConfiguration) -> [String]
    ) {
        self.name = name
        self.valueName = valueName
        self.values = values ?? Self.values(of: valueName)
        self.help = help
        self.isRepeatable = isRepeatable
        self.apply = apply
        self.show = show
        let own = "PIXELWARS_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
        variables = [own] + (variable.map { [$0] } ?? [])
    }

    /// What a value may be, as far as its name tells: a file, a directory, or one of `a|b`.
    private static func values(of name: String?) -> ArgumentList.Values {
        switch name {
        case nil: .any
        case "FILE": .file
        case "DIR": .directory
        case let name?: name.contains("|") ? .words(name.split(separator: "|").map(String.init)) : .any
        }
    }

    /// The option that sets it.
    var option: ArgumentList.Option { ArgumentList.Option(name, valueName, values, help: help) }

    /// A whole number within bounds.
    static func number(
        _ name: String, _ valueName: String, variable: String? = nil, _ bounds: ClosedRange<Int>,
        help: String,
        _ field: any WritableKeyPath<ServerConfiguration, Int> & Sendable
    ) -> Setting {
        Setting(name, valueName, variable: variable, help: help) { text, configuration in
            guard let value = Int(text), bounds.contains(value) else {
                return Problem(wanted: "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
            }
            configuration[keyPath: field] = value
            return nil
        } show: {
            [String($0[keyPath: field])]
        }
    }

    /// A whole number that a knob of the same name can be set to while the server runs.
    static func number(
        _ knob: Knob, _ valueName: String, help: String,
        _ field: any WritableKeyPath<ServerConfiguration, Int> & Sendable
    ) -> Setting {
        guard case .number(let bounds) = knob.range else {
            preconditionFailure("\(knob.rawValue) is no number")
        }
        return number(knob.rawValue, valueName, bounds, help: help, field)
    }

    /// A switch, off unless it is given; its variable is 1 or 0.
    static func flag(
        _ name: String, help: String, _ field: any WritableKeyPath<ServerConfiguration, Bool> & Sendable
    ) -> Setting {
        Setting(name, nil, help: help) { text, configuration in
            guard text == "1" || text == "0" else { return Problem(wanted: "1 or 0") }
            configuration[keyPath: field] = text == "1"
            return nil
        } show: {
            [$0[keyPath: field] ? "1" : "0"]
        }
    }

    /// A file's path; none unless it is given.
    static func file(
        _ name: String, help: String, _ field: any WritableKeyPath<ServerConfiguration, String?> & Sendable
    ) -> Setting {
        Setting(name, "FILE", help: help) { text, configuration in
            guard !text.isEmpty else { return Problem(wanted: "a file") }
            configuration[keyPath: field] = text
            return nil
        } show: {
            $0[keyPath: field].map { [$0] } ?? []
        }
    }

    /// A rate `R:BURST`, or `0` for none.
    static func rate(
        _ name: String, help: String, _ field: any WritableKeyPath<ServerConfiguration, Rate> & Sendable
    ) -> Setting {
        Setting(name, "R:BURST", help: help + " (0: no limit)") { text, configuration in
            guard let rate = Rate(text: text) else {
                return Problem(wanted: Rate.wanted)
            }
            configuration[keyPath: field] = rate
            return nil
        } show: {
            [$0[keyPath: field].text]
        }
    }

    /// A list of texts, each checked.
    static func list(
        _ name: String, _ valueName: String, help: String, wanted: String,
        _ field: any WritableKeyPath<ServerConfiguration, [String]> & Sendable,
        read: @escaping @Sendable (String) -> String?
    ) -> Setting {
        Setting(name, valueName, help: help + " (repeatable)", isRepeatable: true) { text, configuration in
            guard let value = read(text) else { return Problem(wanted: wanted) }
            configuration[keyPath: field].append(value)
            return nil
        } show: {
            $0[keyPath: field]
        }
    }
}
