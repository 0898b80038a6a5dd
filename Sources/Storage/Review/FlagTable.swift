import Engine
import Protocol

/// What was seen of accounts that a person should look at.
struct FlagTable {
    /// How many flags a host is shown.
    static let maxShown = 5_000
    /// How many of them are one account's: a few accounts that are flagged on purpose hide nobody else's.
    static let maxShownOfAccount = 20
    /// How many are looked at for that.
    private static let maxLookedAt = 200_000
    /// Nobody could clear a deleted account's flags, so they aren't shown.
    static let openSQL = """
        SELECT f.account, a.name, f.reason, f.evidence, f.at_ms, a.ban_reason IS NOT NULL,
            a.ban_until_ms
        FROM flags f CROSS JOIN accounts a ON a.id = f.account
        WHERE f.cleared_at_ms IS NULL AND a.deleted_at_ms IS NULL
        ORDER BY f.at_ms DESC, f.id DESC LIMIT \(maxLookedAt)
        """
    static let clearSQL =
        "UPDATE flags SET cleared_at_ms = ?2 WHERE account = ?1 AND cleared_at_ms IS NULL"

    private let flag, clear, open: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        flag = try connection.prepare(
            """
            INSERT INTO flags (account, reason, evidence, at_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT (account, at_ms, reason, evidence) DO NOTHING
            """)
        clear = try connection.prepare(Self.clearSQL)
        open = try connection.prepare(Self.openSQL)
    }

    /// Adds a flag inside the caller's transaction like what follows; written again it changes nothing, cleared
    /// or not.
    func write(_ record: FlagRecord) throws(SQLiteFailure) {
        try flag.run([
            .integer(record.account.stored), .text(record.reason.rawValue), .text(record.evidence),
            .integer(record.atMs),
        ])
    }

    /// Marks an account's flags as looked at; those that were cleared before keep their time.
    func clear(account: Identifier, atMs: Int64) throws(SQLiteFailure) {
        try clear.run([.integer(account.stored), .integer(atMs)])
    }

    /// The newest flags of each account that nobody cleared, the newest first.
    func latest() throws(SQLiteFailure) -> [HostFlag] {
        var flags: [HostFlag] = []
        var shown: [Int64: Int] = [:]
        try open.forEachRow { (row) throws(SQLiteFailure) in
            let account = row.integer(0)
            guard shown[account, default: 0] < Self.maxShownOfAccount else { return true }
            shown[account, default: 0] += 1
            flags.append(
                HostFlag(
                    account: AccountName(id: Identifier(stored: account), name: row.text(1)),
                    reason: row.text(2), evidence: row.text(3), atMs: row.integer(4),
                    isBanned: row.integer(5) != 0, banUntilMs: row.optionalInteger(6)))
            return flags.count < Self.maxShown
        }
        return flags
    }
}
