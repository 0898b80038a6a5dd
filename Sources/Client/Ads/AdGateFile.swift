public import Protocol

/// Where a profile's state before ads is kept, so that a start doesn't forget it.
///
/// It is small and worth little: a file that is damaged, or can't be read or written, counts as none.
public struct AdGateFile: Sendable {
    private static let maxBytes = 1024

    private let file: PrivateFile

    /// Takes a directory, and a profile's name as a keyring allows it.
    ///
    /// No key's file has an `@` in its name, and no session's ends like this one.
    init(directory: String, profile: String) {
        file = PrivateFile(directory: directory, name: profile + "@ads.json", maxBytes: Self.maxBytes)
    }

    /// The state as it was kept; that of a client that never loaded a page where there is none.
    public func load() -> AdGate {
        guard let text = try? file.read() else { return AdGate() }
        return AdGate(json: Array(text.utf8))
    }

    /// Keeps a state in place of any other.
    public func save(_ gate: AdGate) {
        // Whoever can't keep it sees one ad more at the next start.
        try? file.replace(String(decoding: gate.json(), as: UTF8.self) + "\n", isSynced: false)
    }
}
