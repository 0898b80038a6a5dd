import Arguments
import Testing

@Suite struct ManualTests {
    static let manual = Manual(
        program: "pixel-demo", summary: "shows what a manual is made of",
        forms: [.init("[paint] [URL]", "the default"), .init("save FILE [URL]", "a file")],
        description: [".begins like a command of roff", "says 'quoted' and \\escaped, and … too"],
        commands: [
            .init("paint", help: "the default"), .init("save", [.file], help: "a file"),
            .init("key export", [.file], help: "out: a file"), .init("key import", [.file], help: "in"),
            .init("grant", [.any, .words(["player", "admin"])], help: "it's a role"),
            .init("open", [.directory], help: "a folder"),
        ],
        hasDefault: true,
        options: [
            .init("color", "DEPTH", .words(["auto", "256", "16"]), help: "how many: auto, 256 or 16"),
            .init("config", "FILE", .file, help: "a file"), .init("name", "NAME", help: "any text"),
            .init("force", with: ["key"], help: "it's for keys"),
            .init("flat", with: ["paint"], help: "plain"),
            .init("help", help: "this"),
        ] + Manual.options,
        variables: [.init("PIXEL_URL", "where")], files: [.init("~/.pixel", "what is kept")],
        examples: [.init("pixel-demo paint", "paints")], others: ["pixelwars", "pixelwars-bot"])

    static func answer(_ arguments: [String]) throws -> String? {
        try manual.answer(ArgumentList(["p"] + arguments, options: manual.options), release: "1.2.3")
    }

    @Test func `what isn't asked for isn't answered, and a strange shell is refused`() throws {
        #expect(try Self.answer([]) == nil)
        #expect(try Self.answer(["--color", "16"]) == nil)
        #expect(throws: ArgumentList.UsageError.self) { try Self.answer(["--completions", "tcsh"]) }
    }

    @Test func `the usage has a line a form`() {
        #expect(
            Self.manual.usage == """
                usage: pixel-demo [paint] [URL]     the default
                       pixel-demo save FILE [URL]   a file
                """)
    }

    @Test func `the page has every option, variable, file and example, and no text becomes a command`() throws
    {
        let page = try #require(try Self.answer(["--man"]))
        for option in Self.manual.options {
            let name = option.name.split(separator: "-").joined(separator: "\\-")
            #expect(page.contains("\\-\\-\(name)"), "\(option.name)")
        }
        for text in [
            "PIXEL_URL", "~/.pixel".split(separator: "~").joined(), "pixel\\-demo paint", ".SH EXIT STATUS",
            "pixel\\-demo 1.2.3", ".BR pixelwars\\-bot (1)", "(with key)", "\\&.begins", "\\eescaped",
            "\\[u2026]",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        let macros: Set<Substring> = [".TH", ".SH", ".B", ".BR", ".TP", ".PP", ".br"]
        for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
            #expect(macros.contains(line.prefix { $0 != " " }), "\(line)")
        }
        #expect(page.utf8.allSatisfy { $0 < 0x80 })
    }
}
