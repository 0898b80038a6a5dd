extension Manual {
    /// The manual page in roff, of man(7)'s macros.
    func page(release: String) -> String {
        var lines = [
            ".TH \(program.uppercased()) 1 \"\" \(Self.argument("\(program) \(release)")) \"Pixel Wars\"",
            ".SH NAME", Self.plain(program) + " \\- " + Self.plain(summary), ".SH SYNOPSIS",
        ]
        for (index, form) in forms.enumerated() {
            if index > 0 { lines.append(".br") }
            lines.append(".B " + Self.plain(program))
            if !form.words.isEmpty { lines.append(Self.plain(form.words)) }
        }
        lines.append(".SH DESCRIPTION")
        for (index, paragraph) in description.enumerated() {
            if index > 0 { lines.append(".PP") }
            lines += Self.wrapped(paragraph)
        }
        for form in forms where !form.help.isEmpty {
            let words = form.words.isEmpty ? program : "\(program) \(form.words)"
            lines += Self.item(Self.plain(words), form.help)
        }
        lines.append(".SH OPTIONS")
        for option in options {
            let value = option.valueName.map { " \\fI" + Self.plain($0) + "\\fR" } ?? ""
            let scope = option.commands.isEmpty ? "" : " (with \(option.commands.joined(separator: ", ")))"
            lines += Self.item("\\fB\(Self.plain("--" + option.name))\\fR" + value, option.help + scope)
        }
        lines += Self.section("ENVIRONMENT", variables) + Self.section("FILES", files)
        lines += Self.section("EXIT STATUS", exits) + Self.section("EXAMPLES", examples)
        if !others.isEmpty {
            lines.append(".SH SEE ALSO")
            for (index, other) in others.enumerated() {
                lines.append(".BR \(Self.plain(other)) (1)" + (index < others.count - 1 ? "," : ""))
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func section(_ title: String, _ entries: [Entry]) -> [String] {
        guard !entries.isEmpty else { return [] }
        return [".SH \(title)"] + entries.flatMap { item("\\fB\(plain($0.name))\\fR", $0.help) }
    }

    /// A tagged paragraph.
    private static func item(_ tag: String, _ help: String) -> [String] {
        [".TP", tag] + wrapped(help)
    }

    /// Lines as short as mandoc(1) wants them; none begins like a command.
    private static func wrapped(_ text: String) -> [String] {
        var lines: [String] = []
        for word in plain(text).split(separator: " ") {
            if let last = lines.last, last.utf8.count + 1 + word.utf8.count <= maxLineBytes {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append((word.hasPrefix(".") ? "\\&" : "") + word)
            }
        }
        return lines
    }

    private static let maxLineBytes = 78

    /// A text as an argument of a macro, in double quotes.
    private static func argument(_ text: String) -> String {
        "\"" + plain(text).split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\(dq")
            + "\""
    }

    /// A text in which nothing is a command to roff; a line in front of which none was.
    private static func plain(_ text: String) -> String {
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": safe += "\\e"
            case "-": safe += "\\-"
            case "'": safe += "\\(aq"
            case "`": safe += "\\(ga"
            case "^": safe += "\\(ha"
            case "~": safe += "\\(ti"
            case "\n": safe += " "
            case _ where scalar.value > 0x7e:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                safe += "\\[u" + String(repeating: "0", count: max(4 - digits.count, 0)) + digits + "]"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe.hasPrefix(".") ? "\\&" + safe : safe
    }
}
