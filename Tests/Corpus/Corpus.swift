import Foundation
public import Protocol

/// The files that fuzzing begins with and those that it once found, for tests that hold the same properties on them.
public enum Corpus {
    private static let place: URL = {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return root.appending(path: "Fuzz")
    }()

    /// What a target begins with, by the files' names.
    public static func seeds(of target: String) throws -> [[UInt8]] {
        try files(of: target, in: "corpus/seeds")
    }

    /// What once broke a target.
    public static func regressions(of target: String) throws -> [[UInt8]] {
        try files(of: target, in: "corpus/regressions")
    }

    /// The names of all targets.
    public static func targets() throws -> [String] {
        try names(in: "targets").map { String($0.prefix { $0 != "." }) }
    }

    /// The names of all files, of those that fuzzing begins with and of those that it found.
    public static func names() throws -> [String] {
        try ["corpus/seeds", "corpus/regressions"].flatMap { try names(in: $0) }
            .filter { $0 != "README.md" }
    }

    private static func files(of target: String, in directory: String) throws -> [[UInt8]] {
        try names(in: directory).filter { $0.hasPrefix(target + "-") }
            .map { Array(try Data(contentsOf: place.appending(path: directory).appending(path: $0))) }
    }

    private static func names(in directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: place.appending(path: directory).path)
            .filter { !$0.hasPrefix(".") }.sorted()
    }

    /// A text with some of its bytes changed, dropped, added or repeated.
    public static func damaged(_ original: [UInt8], by generator: inout SeededGenerator) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0...3, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: index)
            default: bytes.append(contentsOf: bytes[index...].prefix(9))
            }
        }
        return bytes
    }
}
