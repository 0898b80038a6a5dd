import FoundationEssentials

/// One text file of the project.
struct SourceFile: Sendable {
    /// Its path from the project's root.
    var path: String
    var text: String

    /// Its lines, the first being number 1 in messages.
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// The folders it lies in, outermost first.
    var folders: [Substring] { path.split(separator: "/").dropLast() }
    var name: Substring { path.split(separator: "/").last ?? "" }
}

/// The project's own files, as they lie on the disk.
enum SourceTree {
    /// The project's root, found from where this file was compiled.
    static let root: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/")
    }()

    /// Every Swift file under a folder.
    static func swift(under folder: String) -> [SourceFile] {
        files(under: folder).filter { $0.path.hasSuffix(".swift") }
    }

    /// Every text file of the project that people read.
    static let all: [SourceFile] =
        ["Sources", "Tests", "Fuzz", "Benchmarks", "docs", "scripts", "assets", ".ci"].flatMap(files)
        + ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile", "Package.swift"].compactMap(file)

    /// Every text file under a folder; none where there is no such folder.
    static func files(under folder: String) -> [SourceFile] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder)) ?? []
        return names.sorted().filter { !$0.contains("node_modules/") }.compactMap { file(folder + "/" + $0) }
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root + "/" + path)
    }

    /// A file that is text; nil for folders and pictures.
    private static func file(_ path: String) -> SourceFile? {
        guard let data = FileManager.default.contents(atPath: root + "/" + path),
            let text = String(bytes: data, encoding: .utf8)
        else { return nil }
        return SourceFile(path: path, text: text)
    }
}

/// What a file's lines would be without comments and string literals.
///
/// Rough, not a parser: good enough for rules about code, as long as no code writes its strings to fool it.
func codeOnly(_ line: Substring) -> String {
    var code = ""
    var inString = false
    var previous: Character = " "
    for character in line {
        if character == "\"", previous != "\\" {
            inString.toggle()
        } else if !inString {
            if character == "/", previous == "/" { return String(code.dropLast()) }
            code.append(character)
        }
        previous = character
    }
    return code
}
