import Engine
import Protocol

/// The ads that are kept: those that came with the program, and those that a host put beside them by SQL.
struct AdTable {
    /// Who brought an ad.
    enum Origin: String {
        case program
        /// The program, which has it no more.
        case former
        case host
    }

    /// An ad's row.
    struct Kept {
        var id: String
        var body: [UInt8]
        var origin: Origin
    }

    static let shownSQL = "SELECT id, body FROM ads WHERE origin <> 'former' AND is_shown ORDER BY id"

    private let all, shown, ad, former: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        all = try connection.prepare("SELECT id, body, origin FROM ads ORDER BY id")
        shown = try connection.prepare(Self.shownSQL)
        // A host's switch is the host's, whatever the program brings.
        ad = try connection.prepare(
            """
            INSERT INTO ads (id, body, origin) VALUES (?, ?, 'program')
            ON CONFLICT (id) DO UPDATE SET body = excluded.body, origin = excluded.origin
            """)
        former = try connection.prepare("UPDATE ads SET origin = 'former' WHERE id = ?")
    }

    /// The ads that are to be shown, by their ids; those that can't be read are passed over, as a host may have
    /// made a slip.
    func ads() throws(SQLiteFailure) -> [Ad] {
        var ads: [Ad] = []
        try shown.forEachRow { (row) throws(SQLiteFailure) in
            if let ad = try? Ad(json: row.blob(1)) { ads.append(ad) }
            return true
        }
        return ads
    }

    /// Every row.
    func kept() throws(SQLiteFailure) -> [Kept] {
        var kept: [Kept] = []
        try all.forEachRow { (row) throws(SQLiteFailure) in
            // Should damage bring another word, the program leaves the ad alone.
            kept.append(
                Kept(
                    id: row.text(0), body: row.blob(1), origin: Origin(rawValue: row.text(2)) ?? .host))
            return true
        }
        return kept
    }

    /// Writes an ad that comes with the program, inside the caller's transaction like what follows.
    func write(_ record: Ad) throws(SQLiteFailure) {
        try ad.run([.text(record.id.rawValue), .utf8(record.json())])
    }

    /// Notes that the program no longer has an ad.
    func retire(_ id: String) throws(SQLiteFailure) {
        try former.run([.text(id)])
    }
}
