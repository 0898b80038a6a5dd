/// Why a data directory can't be used: what happened and where, for the person who starts the server.
public struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: Hashable, Sendable {
        /// The directory can't be made, entered or written.
        case directory
        /// Another server holds the directory's lock.
        case locked
        /// The file isn't a database, or not one of this game.
        case notADatabase
        /// A newer release wrote the database.
        case newerSchema
        /// There is no room.
        case full
        /// What the database holds contradicts itself.
        case corrupt
        /// There is a file of the name already.
        case exists
        /// The system refused a read, a write or a sync.
        case io
    }

    /// What kind of trouble it is.
    public var code: Code
    /// One sentence for a person.
    public var message: String

    /// Joins the parts.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
