import Engine
import Protocol

/// Tells whose refresh token a hash belongs to.
struct TokenFinder {
    private let byHash: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        byHash = try connection.prepare("SELECT session FROM refresh_tokens WHERE hash = ? LIMIT 1")
    }

    /// The sign-in of a token of any generation; nil where none with this hash is kept.
    ///
    /// A used token is kept to its own end and from there to its family's next refresh or end: storage has no
    /// clock to ask, and a family that is over in the meantime is the engine's to refuse.
    func session(ofHash hash: [UInt8]) throws(SQLiteFailure) -> Identifier? {
        try byHash.integer([.blob(hash)]).map(Identifier.init(stored:))
    }
}
