import Engine
import Protocol

/// Writes skins and whose they are, each so that writing it again changes nothing.
struct SkinWriter {
    /// Who brought a skin.
    enum Origin: String {
        case program
        case host
    }

    private let skin, endInputs, input, value, ownership: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        skin = try connection.prepare(
            """
            INSERT INTO skins (id, title, author, price, origin) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                title = excluded.title, author = excluded.author, price = excluded.price,
                origin = excluded.origin
            """)
        endInputs = try connection.prepare("DELETE FROM skin_inputs WHERE skin = ?")
        input = try connection.prepare("INSERT INTO skin_inputs (skin, input) VALUES (?, ?)")
        value = try connection.prepare(
            "INSERT INTO skin_input_values (skin, input, place, color) VALUES (?, ?, ?, ?)")
        ownership = try connection.prepare(
            """
            INSERT INTO skin_ownerships (account, skin, price, at_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT (account, skin) DO NOTHING
            """)
    }

    /// Writes a skin with its colors, in place of one of its id, inside the caller's transaction like what
    /// follows; owners keep it.
    func write(_ record: Skin, from origin: Origin) throws(SQLiteFailure) {
        let id = SQLValue.text(record.id.rawValue)
        try skin.run([
            id, .text(record.title), .text(record.author), .integer(Int64(record.price)),
            .text(origin.rawValue),
        ])
        // The values go with the inputs.
        try endInputs.run([id])
        for part in SkinInput.allCases {
            guard let colors = record.inputs[part] else { continue }
            let name = SQLValue.text(part.rawValue)
            try input.run([id, name])
            for (place, color) in colors.enumerated() {
                try value.run([id, name, .integer(Int64(place)), .text(color)])
            }
        }
    }

    /// Writes that a skin is an account's.
    func write(_ record: OwnershipRecord) throws(SQLiteFailure) {
        try ownership.run([
            .integer(record.account.stored), .text(record.skin.rawValue), .integer(Int64(record.price)),
            .integer(record.atMs),
        ])
    }
}
