extension Migration {
    /// The eleventh schema: accounts that Google accounts sign in to, with a key beside them or without one.
    ///
    /// A column that may be NULL from now on changes nothing on the disk, so its declaration alone is rewritten,
    /// by the procedure that SQLite gives for that ("Making Other Kinds Of Table Schema Changes" in its page on
    /// ALTER TABLE): every reference to the table stays, and so does whatever column another migration added.
    static let googleAccounts = Migration(
        version: 11, name: "google accounts",
        sql: """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql,
                'public_key BLOB NOT NULL UNIQUE CHECK', 'public_key BLOB UNIQUE CHECK')
            WHERE type = 'table' AND name = 'accounts';
            PRAGMA writable_schema = RESET;

            -- Who it is at the provider: Google's "sub" as it stands; of another provider, after its name.
            ALTER TABLE accounts ADD COLUMN google_sub TEXT
                CHECK (google_sub IS NULL OR length(google_sub) > 0)
                CHECK (public_key IS NOT NULL OR google_sub IS NOT NULL);
            CREATE UNIQUE INDEX accounts_by_google ON accounts (google_sub) WHERE google_sub IS NOT NULL;
            """)
}
