import Arguments
import Foundation
import Testing

/// Completions are tried in the shells themselves.
@Suite struct CompletionTests {
    /// What bash completes at the end of a command line; the words are split as readline does it.
    private static func bash(_ words: [String], files: [String] = []) throws -> [String] {
        let script = try #require(try ManualTests.answer(["--completions", "bash"]))
        let directory = FileManager.default.temporaryDirectory.appending(path: "pw-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for file in files { try Data().write(to: directory.appending(path: file)) }
        try FileManager.default.createDirectory(
            at: directory.appending(path: "folder"), withIntermediateDirectories: true)
        // compopt is for running completions alone; here it has nothing to say.
        let trial = """
            compopt() { :; }
            \(script)
            COMP_WORDS=(pixel-demo "$@")
            COMP_CWORD=$#
            complete -p pixel-demo >/dev/null || exit 9
            _pixel_demo
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let text = try run("/bin/bash", ["-uc", trial, "bash"] + words, in: directory.path)
        return text.split(separator: "\n").map(String.init).sorted()
    }

    /// Runs a program and returns what it prints; one that fails or complains fails the test.
    private static func run(_ program: String, _ arguments: [String], in directory: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: directory)
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        let complaints = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(complaints.isEmpty, "\(String(decoding: complaints, as: UTF8.self))")
        return String(decoding: text, as: UTF8.self)
    }

    @Test(arguments: [
        ([""], ["grant", "key", "open", "paint", "save"]),
        (["p"], ["paint"]),
        (["key", ""], ["export", "import"]),
        (["--name", "x", "key", "i"], ["import"]),
        (["--name", "key", ""], ["grant", "key", "open", "paint", "save"]),
        (["grant", "somebody", ""], ["admin", "player"]),
        (["grant", ""], []),
        (["--color", ""], ["16", "256", "auto"]),
        (["--color", "=", "a"], ["auto"]),
        (["--color", "="], ["16", "256", "auto"]),
        (["save", "f", "--color", "2"], ["256"]),
        (["--co"], ["--color", "--completions", "--config"]),
        (["--f"], ["--flat"]),
        (["key", "import", "--f"], ["--force"]),
        (["save", "--f"], []),
        (["--completions", ""], ["bash", "fish", "zsh"]),
        (["--name", ""], []),
    ])
    func `bash completes commands, their operands, options and values`(words: [String], found: [String])
        throws
    {
        #expect(try Self.bash(words) == found)
    }

    @Test func `bash completes files where files are meant, and folders where those are`() throws {
        for words in [["save", ""], ["key", "export", ""], ["--config", ""], ["--config", "=", ""]] {
            #expect(try Self.bash(words, files: ["a.png", "b.png"]) == ["a.png", "b.png", "folder"])
        }
        #expect(try Self.bash(["open", ""], files: ["a.png"]) == ["folder"])
        #expect(try Self.bash(["key", "export", "a"], files: ["a.png", "b.png"]) == ["a.png"])
    }

    @Test func `zsh and fish are told the same words, and what they mean`() throws {
        let zsh = try #require(try ManualTests.answer(["--completions", "zsh"]))
        #expect(zsh.hasPrefix("#compdef pixel-demo\n"))
        for text in [
            "--color) found=('auto' '256' '16')", "'1:key') found=('export:out: a file' 'import:in')",
            "'2:grant'' '*) found=('player' 'admin')", "--config) _files;", "'1:open') _files -/",
            "'--force:it'\\''s for keys'", "case $verb in key)",
        ] {
            #expect(zsh.contains(text), "\(text)\n\(zsh)")
        }
        let fish = try #require(try ManualTests.answer(["--completions", "fish"]))
        for text in [
            "-n '__pixel_demo_in key' -l force -d 'it\\'s for keys'", "-l color -x -a 'auto 256 16'",
            "-n '__pixel_demo_at \\'1:key\\'' -a export -d 'out: a file'", "-l config -r -F",
            "-n '__pixel_demo_at \\'2:grant *\\'' -a player",
        ] {
            #expect(fish.contains(text), "\(text)\n\(fish)")
        }
    }
}
