/// Why a key or a kept session can't be had, in one line for whoever started the program.
public struct KeyringError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong and where.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
