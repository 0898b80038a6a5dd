/// What bringing a data directory to this release's schema did.
public struct SchemaUpgrade: Hashable, Sendable {
    /// The newest migration before.
    public var from: Int64
    /// The newest one now.
    public var to: Int64
    /// What the migrations in between brought, in order.
    public var names: [String]

    /// Brings the database of a directory to this release's schema, where no server lives.
    ///
    /// Each migration is done whole or not at all; one that fails leaves those before it.
    public static func run(directory: String) throws(StorageError) -> SchemaUpgrade {
        let from = try appliedVersion(in: directory)
        try Database(directory: directory).close()
        let done = Migration.all.filter { $0.version > from }
        return SchemaUpgrade(from: from, to: Migration.all.last?.version ?? 0, names: done.map(\.name))
    }

    private static func appliedVersion(in directory: String) throws(StorageError) -> Int64 {
        let place = try DataDirectory(existing: directory)
        let connection = try place.openDatabase()
        defer { connection.close() }
        return try Migrator(connection: connection, directory: directory).appliedVersion()
    }
}
