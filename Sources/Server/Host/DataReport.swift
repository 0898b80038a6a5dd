import FoundationEssentials
import Storage

/// What a command about a data directory did, for people or for programs.
enum DataReport: Equatable {
    case backedUp(file: String, bytes: Int64)
    case restored(schema: Int64, version: Int64, former: String?)
    case migrated(from: Int64, to: Int64, names: [String])
    case checked([DatabaseCheck.Finding])

    /// Lines for a person.
    var text: String {
        switch self {
        case .backedUp(let file, let bytes): return "\(file): \(bytes) bytes, checked."
        case .restored(let schema, let version, let former):
            let kept = former.map { " The former database is \($0) now." } ?? ""
            return "Restored: the canvas at version \(version), schema \(schema).\(kept)"
        case .migrated(let from, let to, let names):
            guard from < to else { return "Nothing to do: the database has schema \(to)." }
            return "Schema \(from) became \(to): \(names.joined(separator: "; "))."
        case .checked(let findings):
            return findings.map { "\($0.isSound ? "ok   " : "WRONG") \($0.subject): \($0.words)" }
                .joined(separator: "\n")
        }
    }

    /// One JSON document.
    var json: String {
        switch self {
        case .backedUp(let file, let bytes): encoded(BackedUp(file: file, bytes: bytes))
        case .restored(let schema, let version, let former):
            encoded(Restored(schema: schema, version: version, former: former))
        case .migrated(let from, let to, let names): encoded(Migrated(from: from, to: to, names: names))
        case .checked(let findings):
            encoded(
                Checked(
                    isSound: findings.allSatisfy(\.isSound),
                    findings: findings.map {
                        Finding(subject: $0.subject, words: $0.words, isSound: $0.isSound)
                    }))
        }
    }

    private struct BackedUp: Encodable {
        let file: String
        let bytes: Int64
    }

    private struct Restored: Encodable {
        let schema, version: Int64
        let former: String?
    }

    private struct Migrated: Encodable {
        let from, to: Int64
        let names: [String]
    }

    private struct Checked: Encodable {
        let isSound: Bool
        let findings: [Finding]
    }

    private struct Finding: Encodable {
        let subject, words: String
        let isSound: Bool
    }

    /// A document with names in snake case, sorted.
    private func encoded(_ document: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(document) else {
            preconditionFailure("texts and whole numbers always have a JSON form")
        }
        return String(decoding: json, as: UTF8.self)
    }
}
