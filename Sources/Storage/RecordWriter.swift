import Engine
import Protocol

/// Writes records with statements prepared once.
struct RecordWriter {
    private let change, epoch: Statement
    private let rollbacks: RollbackTable
    private let protections: ProtectionTable
    private let snapshots: SnapshotTable
    private let signIns: SignInWriter
    private let clicks: ClickWriter
    private let relays: RelayWriter
    private let scores: ScoreWriter
    private let runs: RunWriter
    private let points: PointsWriter
    private let skins: SkinWriter
    private let impressions: ImpressionTable
    private let feedback: FeedbackTable
    private let flags: FlagTable
    private let telegram: TelegramTable
    private let audits: AuditTable
    private let knobs: KnobTable

    init(connection: Connection, snapshots: SnapshotTable) throws(SQLiteFailure) {
        self.snapshots = snapshots
        signIns = try SignInWriter(connection: connection)
        clicks = try ClickWriter(connection: connection)
        relays = try RelayWriter(connection: connection)
        scores = try ScoreWriter(connection: connection)
        runs = try RunWriter(connection: connection)
        points = try PointsWriter(connection: connection)
        skins = try SkinWriter(connection: connection)
        impressions = try ImpressionTable(connection: connection)
        feedback = try FeedbackTable(connection: connection)
        flags = try FlagTable(connection: connection)
        telegram = try TelegramTable(connection: connection)
        audits = try AuditTable(connection: connection)
        knobs = try KnobTable(connection: connection)
        change = try connection.prepare(
            """
            INSERT INTO canvas_changes (version, cell, color, account, at_ms, undoes, rollback)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        rollbacks = try RollbackTable(connection: connection)
        protections = try ProtectionTable(connection: connection)
        epoch = try connection.prepare(
            "INSERT INTO canvas_epochs (epoch, first_version, width, height, started_at_ms) VALUES (?, ?, ?, ?, ?)"
        )
    }

    /// Writes one record inside the caller's transaction.
    func write(_ record: Record) throws(SQLiteFailure) {
        switch record {
        case .change(let change): try write(change)
        case .account(let account): try signIns.write(account)
        case .session(let session): try signIns.write(session)
        case .sessionEnded(let session): try signIns.end(session: session)
        case .presence(let presence): try signIns.write(presence)
        case .presencesCleared: try signIns.clearPresences()
        case .presenceEnded(let session): try signIns.end(presenceOf: session)
        case .guest(let guest): try signIns.write(guest)
        case .guestEnded(let guest): try signIns.end(guest: guest)
        case .flag(let flag): try flags.write(flag)
        case .flagsCleared(let account, let atMs): try flags.clear(account: account, atMs: atMs)
        case .clickGame(let game): try clicks.write(game)
        case .clickPush(let push): try clicks.write(push)
        // Written from the ledger, once all pushes of the commit are in.
        case .clickContributions: break
        case .relay(let relay): try relays.write(relay)
        case .puzzle(let puzzle): try relays.write(puzzle)
        case .score(let score): try scores.write(score)
        case .points(let entry): try points.write(entry)
        case .run(let run): try runs.write(run)
        case .skin(let skin): try skins.write(skin, from: .host)
        case .skinOwned(let ownership): try skins.write(ownership)
        case .impression(let impression): try impressions.write(impression)
        case .feedback(let message): try feedback.write(message)
        case .snapshot(let snapshot, let takenAtMs): try snapshots.write(snapshot, takenAtMs: takenAtMs)
        case .epoch(let epoch): try write(epoch)
        case .telegram(let record): try telegram.write(record)
        case .rollback(let rollback): try rollbacks.write(rollback)
        case .protection(let protection): try protections.write(protection)
        case .audit(let row): try audits.write(row)
        case .knob(let knob): try knobs.write(knob)
        }
    }

    private func write(_ record: ChangeRecord) throws(SQLiteFailure) {
        try change.run([
            .integer(record.version), .integer(Int64(record.cell)), .integer(Int64(record.color)),
            .integer(record.account.stored), .integer(record.atMs), SQLValue(record.undoes),
            SQLValue(record.rollback.map(Int64.init)),
        ])
        if record.rollback != nil { try rollbacks.count(record) }
    }

    private func write(_ record: EpochRecord) throws(SQLiteFailure) {
        try epoch.run([
            .integer(Int64(record.epoch)), .integer(record.firstVersion), .integer(Int64(record.size.width)),
            .integer(Int64(record.size.height)), .integer(record.startedAtMs),
        ])
    }
}

extension Identifier {
    /// The 64 bits as SQL's signed integer.
    var stored: Int64 { Int64(bitPattern: rawValue) }

    /// Reads SQL's signed integer.
    init(stored: Int64) { self.init(rawValue: UInt64(bitPattern: stored)) }
}
