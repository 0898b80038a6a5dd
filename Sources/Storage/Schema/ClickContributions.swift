extension Migration {
    /// The fourth schema: what was clicked for each planet in each sign-in, beside the game itself.
    ///
    /// The column is written from `click_pushes` now and then; the other one says up to which push, so that
    /// whether it is complete can be told without reading either.
    static let clickContributions = Migration(
        version: 4, name: "click contributions",
        sql: """
            ALTER TABLE game_queue ADD COLUMN contributed_through INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE game_queue ADD COLUMN click_contributions TEXT NOT NULL DEFAULT '{}'
                CHECK (json_valid(click_contributions));
            """)
}
