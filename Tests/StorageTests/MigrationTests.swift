import Engine
import Game
import Protocol
import Testing

@testable import Storage

@Suite("Migrations")
struct MigrationTests {
    private func open(_ scratch: Scratch) throws -> Connection {
        try Connection(path: scratch.path + "/pixelwars.db")
    }

    @Test("are numbered from 1 without a gap and recorded with name and time")
    func areRecorded() throws {
        let scratch = try Scratch()
        try Database(directory: scratch.path).close()
        #expect(Migration.all.map(\.version) == Array(1...Int64(Migration.all.count)))
        let connection = try open(scratch)
        #expect(
            try connection.text(
                "SELECT group_concat(name, ', ') FROM (SELECT name FROM schema_migrations ORDER BY version)")
                == "canvas and sign-in, who plays, games, click contributions, arcade, skins and ads, pixel counts, audit, "
                + "bans and knobs, rollbacks, telegram, google accounts, history"
        )
        #expect(
            try connection.integer(
                "SELECT min(applied_at GLOB '20??-??-??T??:??:??.???Z') FROM schema_migrations") == 1)
        #expect(try connection.integer("PRAGMA application_id") == Migrator.applicationID)
        #expect(try connection.text("PRAGMA journal_mode") == "wal")
    }

    @Test("that fail leave nothing of themselves and everything of those before")
    func areAtomic() throws {
        let scratch = try Scratch()
        try Database(directory: scratch.path).close()
        let connection = try open(scratch)
        var migrator = Migrator(connection: connection, directory: scratch.path)
        let last = Int64(Migration.all.count)
        migrator.migrations += [
            Migration(version: last + 1, name: "sound", sql: "CREATE TABLE sound (a)"),
            Migration(
                version: last + 2, name: "broken", sql: "CREATE TABLE half (a); CREATE TABLE accounts (a)"),
        ]
        #expect(throws: StorageError.self) { try migrator.run(after: last) }
        #expect(try connection.integer("SELECT max(version) FROM schema_migrations") == last + 1)
        #expect(try connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'sound'") == 1)
        #expect(try connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0)
    }

    @Test("of a newer release are refused with both numbers")
    func refuseNewer() throws {
        let scratch = try Scratch()
        try Database(directory: scratch.path).close()
        let connection = try open(scratch)
        try connection.execute("INSERT INTO schema_migrations VALUES (41, 'from the future', 'then')")
        connection.close()
        let error = #expect(throws: StorageError.self) { try Database(directory: scratch.path) }
        #expect(error?.code == .newerSchema)
        #expect(error?.message.contains("schema 41") == true)
        #expect(error?.message.contains("up to \(Migration.all.count)") == true)
    }

    @Test("bring views that show identifiers and times as the contract writes them")
    func bringReadableViews() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let player = account(0xfedc_ba98_7654_3210)
        try database.commit([
            .account(player),
            .change(
                ChangeRecord(version: 1, cell: 19, color: 4, account: player.id, atMs: 1_700_000_000_123)),
        ])
        database.close()
        let connection = try open(scratch)
        #expect(
            try connection.text("SELECT id FROM accounts_readable WHERE name = '\(player.name)'")
                == player.id.description)
        #expect(
            try connection.text(
                "SELECT x || ',' || y || ' ' || account || ' ' || at FROM canvas_changes_readable")
                == "3,2 \(player.id) 2023-11-14T22:13:20.123Z")
    }

    @Test("bring views of who plays, who is here and what to look at")
    func bringViewsOfWhoPlays() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        var gone = account(2)
        (gone.name, gone.role, gone.deletedAtMs) = ("gone", .moderator, 1_700_000_000_123)
        let refreshed = session(40, generation: 1)
        let guest = GuestRecord(
            id: Identifier(rawValue: 9), name: "Gast", isRemoved: true, expiresAtMs: 86_400_000)
        try database.commit([
            .account(gone), .session(refreshed), .guest(guest),
            .presence(
                PresenceRecord(session: refreshed.id, holder: account(1).id, isGuest: false, sinceMs: 5)),
            .presence(
                PresenceRecord(session: Identifier(rawValue: 41), holder: guest.id, isGuest: true, sinceMs: 6)
            ),
            .flag(FlagRecord(account: account(1).id, reason: .refreshReused, atMs: 1_500)),
        ])
        database.close()
        let connection = try open(scratch)
        let rows: [(view: String, is: String)] = [
            (
                "role || ' ' || created_at || ' ' || deleted_at FROM accounts_readable WHERE name = 'gone'",
                "moderator 1970-01-01T00:00:01.000Z 2023-11-14T22:13:20.123Z"
            ),
            ("count(*) FROM accounts_readable WHERE role = 'player' AND deleted_at IS NULL", "2"),
            (
                "id || ' ' || generation || ' ' || refreshed_at || ' ' || expires_at FROM sessions_readable",
                "\(refreshed.id) 1 1970-01-01T00:15:01.000Z 1970-01-08T00:15:01.000Z"
            ),
            (
                "session || ' ' || issued_at || ' ' || expires_at FROM refresh_tokens_readable",
                "\(refreshed.id) 1970-01-01T00:15:01.000Z 1970-01-08T00:15:01.000Z"
            ),
            (
                "group_concat(session || ' ' || holder || ' ' || kind || ' ' || name || ' ' || since)"
                    + " FROM (SELECT * FROM presences_readable ORDER BY session)",
                "\(refreshed.id) \(account(1).id) account player 1 1970-01-01T00:00:00.005Z,"
                    + "\(Identifier(rawValue: 41)) \(guest.id) guest Gast 1970-01-01T00:00:00.006Z"
            ),
            (
                "id || ' ' || name || ' ' || is_removed || ' ' || expires_at FROM guests_readable",
                "\(guest.id) Gast 1 1970-01-02T00:00:00.000Z"
            ),
            (
                "account || ' ' || name || ' ' || reason || ' ' || at FROM flags_readable",
                "\(account(1).id) player 1 refresh_reused 1970-01-01T00:00:01.500Z"
            ),
        ]
        for row in rows { #expect(try connection.text("SELECT \(row.view)") == row.is) }
    }

    @Test("bring views of games, relays and scores")
    func bringViewsOfGames() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        var rich = account(1)
        rich.points = 12
        let one = push([3, 4], session: 40, of: 1, isGuest: false, for: "mars", named: "b", atMs: 1_500)
        let ring = relay(301, of: [1])
        let solved = puzzle(900, in: 301, of: 1, solvedAtMs: 2_500)
        try database.commit([
            .account(rich), .clickGame(clickGame(70, .finished, winner: "mars")), .clickPush(one),
            .relay(ring),
            .puzzle(solved),
            .score(ScoreRecord(board: .relay, account: rich.id, score: 9, source: ring.id, atMs: 1_500)),
        ])
        database.close()
        let connection = try open(scratch)
        let rows: [(view: String, is: String)] = [
            ("points FROM accounts_readable WHERE name = 'player 1'", "12"),
            (
                "id || ' ' || status || ' ' || starts_at || ' ' || ends_at || planets || is_ordered || winner"
                    + " FROM game_queue_readable",
                "\(one.game) finished 1970-01-01T11:40:00.000Z 1970-01-01T11:50:00.000Z[\"earth\",\"mars\"]1mars"
            ),
            (
                "game || ' ' || session || ' ' || holder || ' ' || kind || ' ' || name || planet || clicks ||"
                    + " accepted || ' ' || total || batch_id || at FROM click_pushes_readable",
                "\(one.game) \(one.session) \(rich.id) account player 1mars[3,4]7 7b1970-01-01T00:00:01.500Z"
            ),
            (
                "id || ' ' || code || ' ' || status || ' ' || steps || ' ' || created_at FROM relays_readable",
                "\(ring.id) \(ring.code) running 7 1970-01-01T00:00:00.301Z"
            ),
            (
                "relay || ' ' || seat || ' ' || account || ' ' || name || ' ' || points || ' ' || is_active"
                    + " FROM relay_players_readable", "\(ring.id) 0 \(rich.id) player 1 90 1"
            ),
            (
                "id || ' ' || relay || ' ' || account || ' ' || name || ' ' || type || data || assigned_at ||"
                    + " solved_at FROM puzzles_readable",
                "\(solved.id) \(ring.id) \(rich.id) player 1 sequence{\"terms\":[1,2,3]}"
                    + "1970-01-01T00:00:01.000Z1970-01-01T00:00:02.500Z"
            ),
            (
                "board || ' ' || account || ' ' || name || ' ' || score || ' ' || source || ' ' || at"
                    + " FROM scores_readable",
                "relay \(rich.id) player 1 9 \(ring.id) 1970-01-01T00:00:01.500Z"
            ),
        ]
        for row in rows { #expect(try connection.text("SELECT \(row.view)") == row.is) }
    }

    @Test("bring views of what accounts have, and skins' owners")
    func bringViewsOfEconomy() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path, stock: .ofTests())
        let skin = try #require(try Stock.ofTests().skins.first)
        var rich = account(1)
        (rich.points, rich.skin, rich.banReason) = (12, skin.id, "a bot")
        rich.streak = LoginStreak(days: 3, lastDay: 365)
        let played = run(900, of: rich.id, score: 31)
        try database.commit([
            .account(rich), .score(score(of: played)),
            .skinOwned(OwnershipRecord(account: rich.id, skin: skin.id, price: 40, atMs: 1_500)),
        ])
        database.close()
        let rows: [(view: String, is: String)] = [
            (
                "points || ' ' || skin || ' ' || streak_days || ' ' || streak_day || ' ' || ban_reason"
                    + " FROM accounts_readable WHERE name = 'player 1'", "12 ember 3 1971-01-01 a bot"
            ),
            ("count(*) FROM accounts_readable WHERE streak_day IS NULL AND ban_reason IS NULL", "2"),
            (
                "board || ' ' || account || ' ' || name || ' ' || score || ' ' || at FROM arcade_bests_readable",
                "dot \(rich.id) player 1 31 1970-01-01T00:01:00.000Z"
            ),
            (
                "account || ' ' || name || ' ' || skin || ' ' || title || ' ' || price || ' ' || at"
                    + " FROM skin_ownerships_readable",
                "\(rich.id) player 1 ember A skin 40 1970-01-01T00:00:01.500Z"
            ),
            (
                "id || ' ' || title || ' ' || author || ' ' || price || ' ' || origin || ' ' || owners"
                    + " FROM skins_readable ORDER BY id LIMIT 1", "ember A skin Ada 40 program 1"
            ),
        ]
        let connection = try open(scratch)
        for row in rows { #expect(try connection.text("SELECT \(row.view)") == row.is) }
    }
}
