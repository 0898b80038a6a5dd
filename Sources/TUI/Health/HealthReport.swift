/// What `pixelwars health` found, for people and for programs.
struct HealthReport: Hashable, Sendable {
    /// One thing that was looked at.
    struct Fact: Hashable, Sendable {
        /// Its name in JSON; people read it with spaces.
        var name: String
        var value: OrderedJSON
        /// Why it is so, where something decided it.
        var reason: String?

        init(_ name: String, _ value: OrderedJSON, _ reason: String? = nil) {
            self.name = name
            self.value = value
            self.reason = reason
        }

        /// What people call it.
        var label: String { name.map { $0 == "_" ? " " : String($0) }.joined() }

        /// The value for people, with its reason.
        var words: String {
            let reason = reason.map { " (\($0))" } ?? ""
            switch value {
            case .null: return "none" + reason
            case .flag(let flag): return (flag ? "yes" : "no") + reason
            case .number(let number): return number + reason
            case .text(let text): return text + reason
            case .list, .object: return value.brief + reason
            }
        }
    }

    /// Facts about one thing.
    struct Section: Hashable, Sendable {
        var name: String
        var facts: [Fact]
    }

    var sections: [Section]
    /// What keeps the client from working as it should; none where all is well.
    var problems: [String]

    /// The report for people: a fact a line, and what is wrong at the end.
    var text: String {
        let width = sections.flatMap(\.facts).map(\.name.count).max() ?? 0
        var lines: [String] = []
        for section in sections {
            lines.append(section.name)
            for fact in section.facts {
                let gap = String(repeating: " ", count: width - fact.name.count + 2)
                lines.append("  \(fact.label)\(gap)\(fact.words)")
            }
        }
        lines += problems.isEmpty ? ["all is well"] : problems.map { "problem: \($0)" }
        return lines.joined(separator: "\n")
    }

    /// The report for programs: an object a section; `NAME_reason` beside what something decided.
    var json: String {
        var members = sections.map { section in
            var facts: [(name: String, value: OrderedJSON)] = []
            for fact in section.facts {
                facts.append((fact.name, fact.value))
                if let reason = fact.reason { facts.append((fact.name + "_reason", .text(reason))) }
            }
            return (name: section.name, value: OrderedJSON.fields(facts))
        }
        members.append(("problems", .list(problems.map { .text($0) })))
        return OrderedJSON.fields(members).json
    }
}
