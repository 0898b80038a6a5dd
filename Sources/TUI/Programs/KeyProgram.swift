import Client
import Files

/// `pixelwars key export|import FILE`: carries an account to another machine.
struct KeyProgram: Hashable, Sendable {
    enum Direction: String, Hashable, Sendable {
        case export
        case `import`
    }

    var direction: Direction
    var file: String
    var profile: String
    var force: Bool
    var isJSON = false

    private static let maxFileBytes = 4096

    /// Does it and returns the line that says so.
    func run(keyring: Keyring) throws(ProgramFailure) -> String {
        switch direction {
        case .export:
            let text = try Self.asProgram { () throws(KeyringError) in
                try keyring.exportKey(profile: profile)
            }
            try Self.asProgram { () throws(FileError) in
                try WholeFile.write(Array(text.utf8), to: file, mode: 0o600)
            }
            if isJSON { return report.json }
            return "The key of profile \(profile) is in \(file): whoever has it is you."
        case .import:
            let bytes = try Self.asProgram { () throws(FileError) in
                try WholeFile.read(file, maxBytes: Self.maxFileBytes)
            }
            try Self.asProgram { () throws(KeyringError) in
                try keyring.importKey(String(decoding: bytes, as: UTF8.self), profile: profile, force: force)
            }
            if isJSON { return report.json }
            return "Profile \(profile) uses the key from \(file)."
        }
    }

    /// What `--json` tells.
    private var report: OrderedJSON {
        .fields([("action", .text(direction.rawValue)), ("profile", .text(profile)), ("file", .text(file))])
    }

    private static func asProgram<Value, Cause: Error & CustomStringConvertible>(
        _ body: () throws(Cause) -> Value
    ) throws(ProgramFailure) -> Value {
        do throws(Cause) { return try body() } catch { throw ProgramFailure(error.description) }
    }
}
