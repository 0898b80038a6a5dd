import Testing

/// The house's rules about names and documents.
@Suite struct NamingTests {
    static let swift = SourceTree.swift(under: "Sources") + SourceTree.swift(under: "Tests")

    @Test("folders are nouns of the domain, not drawers for odds and ends")
    func folders() {
        let vague: Set<String> = [
            "utils", "util", "utilities", "common", "helpers", "helper", "manager", "managers", "misc", "new",
            "shared", "extensions", "stuff",
        ]
        let wrong = Self.swift.filter { $0.folders.contains { vague.contains($0.lowercased()) } }.map(\.path)
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test("no type bears its module's name: then nothing else in the module could be named in full")
    func moduleNames() throws {
        var wrong: [String] = []
        for file in SourceTree.swift(under: "Sources") {
            let folders = file.folders
            guard folders.count > 1 else { continue }
            let declared = try Regex(
                #"^\s*(?:\w+\s+)*(?:struct|class|enum|actor|protocol|typealias)\s+\#(folders[1])\b"#)
            for line in file.lines where codeOnly(line).contains(declared) {
                wrong.append("\(file.path): \(line)")
            }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test("every link in a document leads to a file of the project")
    func links() {
        var wrong: [String] = []
        for file in SourceTree.all where file.path.hasSuffix(".md") {
            for match in file.text.matches(of: /\]\(([^)\s]+)\)/) {
                let target = match.1.prefix { $0 != "#" }
                guard !target.isEmpty, !target.contains("://"), !target.hasPrefix("mailto:") else { continue }
                var place = file.folders
                for step in target.split(separator: "/") where step != "." {
                    if step == ".." { _ = place.popLast() } else { place.append(step) }
                }
                if !SourceTree.exists(place.joined(separator: "/")) {
                    wrong.append("\(file.path): \(match.1)")
                }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test("every table of a document is whole: no line of cells without a head above")
    func tables() {
        var wrong: [String] = []
        for file in SourceTree.all where file.path.hasSuffix(".md") {
            let lines = file.lines
            var isCode = false
            for (index, line) in lines.enumerated() {
                if line.hasPrefix("```") { isCode.toggle() }
                let isFirst = line.hasPrefix("|") && (index == 0 || !lines[index - 1].hasPrefix("|"))
                guard isFirst, !isCode else { continue }
                let next = index + 1 < lines.count ? lines[index + 1] : ""
                if !next.hasPrefix("|") || next.contains(/[^|:\- ]/) {
                    wrong.append("\(file.path):\(index + 1): \(line)")
                }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test("every test file has tests or what tests stand on: none is empty")
    func emptyTests() {
        let wrong = SourceTree.swift(under: "Tests").filter {
            !$0.text.contains(/\b(?:func|struct|enum|class|extension|let)\s/)
        }
        .map(\.path)
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }
}
