import Testing

/// The house's rules that a compiler doesn't check; none has exceptions.
@Suite struct TidyTests {
    static let sources = SourceTree.swift(under: "Sources")
    static let tests = SourceTree.swift(under: "Tests")

    /// `path:line: text` of each line of code that the rule finds.
    func findings(in files: [SourceFile], where isWrong: (String) -> Bool) -> [String] {
        files.flatMap { file in
            file.lines.enumerated().filter { isWrong(codeOnly($0.element)) }.map {
                "\(file.path):\($0.offset + 1): \($0.element)"
            }
        }
    }

    @Test("the tree is found")
    func found() {
        #expect(Self.sources.count > 20)
        #expect(SourceTree.exists("Package.swift"))
    }

    @Test("the pure rooms import nothing but pure rooms: no clock, no socket, no file")
    func fences() {
        let fences = [
            ("Game", ["Protocol"]), ("Engine", ["Protocol", "Game"]), ("OpenID", ["Protocol", "Crypto"]),
            // Of Foundation it takes JSON alone.
            ("Telegram", ["Protocol", "FoundationEssentials"]),
        ]
        for (room, allowed) in fences {
            let wrong = findings(in: Self.sources.filter { $0.path.hasPrefix("Sources/\(room)/") }) { code in
                guard let match = code.firstMatch(of: /^\s*(?:@\w+\s+)*(?:\w+\s+)?import\s+(?:\w+\s+)?(\w+)/)
                else {
                    return false
                }
                return !allowed.contains(String(match.1))
            }
            #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
        }
    }

    @Test("no file has more than 400 lines")
    func fileLength() {
        let wrong = (Self.sources + Self.tests).filter { $0.lines.count > 401 }.map {
            "\($0.path): \($0.lines.count - 1)"
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test("main only wires: under 40 lines")
    func mainLength() {
        let wrong = Self.sources.filter { $0.name == "main.swift" && $0.lines.count > 40 }.map(\.path)
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test("nothing in Sources is forced: no unwrapping, trying or casting by exclamation mark")
    func force() {
        let wrong = findings(in: Self.sources) {
            $0.contains(/\b(?:try|as)!/) || $0.contains(/[\w)\]]!(?:[^=]|$)/)
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test("what the compiler is asked to take on trust has a comment above that proves it")
    func unchecked() {
        var wrong: [String] = []
        for file in Self.sources {
            let lines = file.lines
            for (index, line) in lines.enumerated()
            where codeOnly(line).contains(/@unchecked\s+Sendable|nonisolated\(unsafe\)|unsafeBitCast/) {
                let above = lines[max(0, index - 4)...index]
                if !above.contains(where: { $0.contains("//") }) { wrong.append("\(file.path):\(index + 1)") }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test("tests wait for a state, never for time to pass")
    func sleeps() {
        let wrong = findings(in: Self.tests) { $0.contains(/\b(?:u|nano)?sleep\s*\(|Task\s*\.\s*sleep/) }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test("nothing is left for later: what is in the tree is done")
    func leftovers() {
        // Put together here, so that this file doesn't hold the words it looks for.
        let words = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]
        let wrong = SourceTree.all.flatMap { file in
            file.lines.enumerated().filter { line in
                line.element.split { !$0.isLetter }.contains { words.contains(String($0)) }
            }.map { "\(file.path):\($0.offset + 1): \($0.element)" }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test("no path of one machine is written down")
    func machinePaths() {
        let wrong = SourceTree.all.flatMap { file in
            file.lines.enumerated().filter {
                $0.element.contains(/(?:^|[\s"'`(=:])\/(?:work|root)\/|\/tmp\/pw\b/)
            }
            .map { "\(file.path):\($0.offset + 1): \($0.element)" }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }
}
