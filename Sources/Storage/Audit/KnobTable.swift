import Engine

/// The settings that were changed while the server ran.
struct KnobTable {
    private let set, reset, list: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        set = try connection.prepare(
            """
            INSERT INTO knobs (name, value, set_at_ms) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, set_at_ms = excluded.set_at_ms
            """)
        reset = try connection.prepare("DELETE FROM knobs WHERE name = ?")
        list = try connection.prepare("SELECT name, value, set_at_ms FROM knobs ORDER BY name")
    }

    /// Writes a knob, or takes it out, inside the caller's transaction.
    func write(_ knob: KnobRecord) throws(SQLiteFailure) {
        if let value = knob.value {
            try set.run([.text(knob.name), .text(value), .integer(knob.atMs)])
        } else {
            try reset.run([.text(knob.name)])
        }
    }

    /// Those that are set, by name.
    func all() throws(SQLiteFailure) -> [KnobRecord] {
        var knobs: [KnobRecord] = []
        try list.forEachRow { (row) throws(SQLiteFailure) in
            knobs.append(KnobRecord(name: row.text(0), value: row.text(1), atMs: row.integer(2)))
            return true
        }
        return knobs
    }
}
