extension Migration {
    /// The twelfth schema: where the canvas's history begins, once some of it was dropped.
    ///
    /// Changes up to the horizon may be gone. Those that are left tell whose the running canvas's cells are and
    /// what each account placed last.
    static let history = Migration(
        version: 12, name: "history",
        sql: """
            CREATE TABLE history_horizon (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                version INTEGER NOT NULL,
                at_ms INTEGER NOT NULL
            ) STRICT;
            """)
}
