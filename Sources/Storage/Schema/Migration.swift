/// One step of the schema's history; a published one never changes.
struct Migration {
    /// Its place in the order, from 1 without a gap.
    let version: Int64
    /// What it brings.
    let name: String
    /// Its statements.
    let sql: String

    /// All of them, oldest first.
    static let all: [Migration] = [
        .canvasAndSignIn, .whoPlays, .games, .clickContributions, .economy, .pixelCounts, .audit,
        .bansAndKnobs, .rollbacks, .telegram,
        .googleAccounts,
        .history,
    ]
}

/// Brings a database to this release's schema.
struct Migrator {
    /// "PxWr": tells `file` and us whose database this is.
    static let applicationID: Int64 = 0x5078_5772

    let connection: Connection
    let directory: String
    var migrations = Migration.all

    /// The newest migration in the database, 0 for an empty one; writes nothing.
    ///
    /// Throws where the database is another program's or a newer release's.
    func appliedVersion() throws(StorageError) -> Int64 {
        let applied: Int64
        let applicationID: Int64?
        do throws(SQLiteFailure) {
            guard try connection.integer("SELECT count(*) FROM sqlite_schema") != 0 else { return 0 }
            applicationID = try connection.integer("PRAGMA application_id")
            let ours = applicationID == Self.applicationID
            applied = ours ? try connection.integer("SELECT max(version) FROM schema_migrations") ?? 0 : 0
        } catch {
            throw error.error(doing: "read the database", in: directory)
        }
        guard applicationID == Self.applicationID else {
            throw StorageError(
                .notADatabase, "the database in \(directory) belongs to another program, not to Pixel Wars")
        }
        let known = migrations.last?.version ?? 0
        guard applied <= known else {
            throw StorageError(
                .newerSchema,
                "a newer release wrote the database in \(directory) (schema \(applied), this release knows up to "
                    + "\(known)): start that release, or restore a backup")
        }
        return applied
    }

    /// Applies what is newer than `applied`, each migration in a transaction of its own.
    func run(after applied: Int64) throws(StorageError) {
        do throws(SQLiteFailure) {
            for migration in migrations where migration.version > applied { try apply(migration) }
        } catch {
            throw error.error(doing: "prepare the database", in: directory)
        }
    }

    private func apply(_ migration: Migration) throws(SQLiteFailure) {
        try connection.transaction { () throws(SQLiteFailure) in
            try connection.execute(migration.sql)
            try connection.execute("PRAGMA application_id = \(Self.applicationID)")
            let record = try connection.prepare(
                """
                INSERT INTO schema_migrations (version, name, applied_at)
                VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
                """)
            try record.run([.integer(migration.version), .text(migration.name)])
        }
    }
}
