import Engine
import Protocol

/// Reads skins and whose they are at a start.
struct SkinReader {
    static let skinsSQL = "SELECT id, title, author, price, origin FROM skins ORDER BY id"
    static let valuesSQL = "SELECT input, color FROM skin_input_values WHERE skin = ? ORDER BY input, place"
    static let ownershipsSQL = """
        SELECT o.account, o.skin, o.price, o.at_ms
        FROM skin_ownerships o CROSS JOIN accounts a ON a.id = o.account
        WHERE a.deleted_at_ms IS NULL ORDER BY o.account, o.skin
        """

    private let skins, values, ownerships: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        skins = try connection.prepare(Self.skinsSQL)
        values = try connection.prepare(Self.valuesSQL)
        ownerships = try connection.prepare(Self.ownershipsSQL)
    }

    /// Every skin by its id, with who brought it; one whose id can't be one is nobody's to name.
    func all() throws(SQLiteFailure) -> [(skin: Skin, origin: SkinWriter.Origin)] {
        var all: [(skin: Skin, origin: SkinWriter.Origin)] = []
        try skins.forEachRow { (row) throws(SQLiteFailure) in
            guard let id = SkinID(rawValue: row.text(0)) else { return true }
            let skin = Skin(
                id: id, title: row.text(1), author: row.text(2), price: Int(row.integer(3)),
                inputs: try inputs(of: id))
            // Should damage bring another word, the program leaves the skin alone.
            all.append((skin, SkinWriter.Origin(rawValue: row.text(4)) ?? .host))
            return true
        }
        return all
    }

    /// The names of colors of each part; parts that this release doesn't know are passed over.
    private func inputs(of skin: SkinID) throws(SQLiteFailure) -> [SkinInput: [String]] {
        var inputs: [SkinInput: [String]] = [:]
        try values.forEachRow([.text(skin.rawValue)]) { (row) throws(SQLiteFailure) in
            if let input = SkinInput(rawValue: row.text(0)) { inputs[input, default: []].append(row.text(1)) }
            return true
        }
        return inputs
    }

    /// Whose skins are whose, but for deleted accounts.
    func owned() throws(SQLiteFailure) -> [OwnershipRecord] {
        var owned: [OwnershipRecord] = []
        try ownerships.forEachRow { (row) throws(SQLiteFailure) in
            guard let skin = SkinID(rawValue: row.text(1)) else { return true }
            owned.append(
                OwnershipRecord(
                    account: Identifier(stored: row.integer(0)), skin: skin, price: Int(row.integer(2)),
                    atMs: row.integer(3)))
            return true
        }
        return owned
    }
}
