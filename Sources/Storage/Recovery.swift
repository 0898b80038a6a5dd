import Engine
import Protocol

/// Reads what a start needs: the newest sound snapshot, the changes after it, accounts with what is theirs,
/// games, skins and ads.
struct Recovery {
    let connection: Connection
    let snapshots: SnapshotTable
    let touched: TouchedTable
    let stocks: StockTable
    let directory: String

    /// Reads everything; on an empty store it first begins an epoch with the given size.
    ///
    /// - Parameter stock: what the program brings; nil on return once it stands in the tables.
    func run(
        canvasSize: CanvasSize, nowMs: Int64, ledger: inout ContributionsLedger, stock: inout Stock?
    ) throws(StorageError) -> RecoveredState {
        var state = RecoveredState()
        let signIns = SignInReader(connection: connection)
        do throws(SQLiteFailure) {
            try signIns.dropEnded(nowMs: nowMs)
        } catch {
            // Without room a server can still be started and read; the engine ends what has ended by itself.
            if !error.isFull { throw error.error(doing: "clear away what has ended", in: directory) }
            state.hasStalePresences = true
        }
        let clicks = ClickReader(connection: connection)
        do throws(SQLiteFailure) {
            try clicks.completeRow(ledger: &ledger)
        } catch {
            // The next start completes it; until then whoever asks is answered from the pushes.
            if !error.isFull { throw error.error(doing: "complete the last click game", in: directory) }
        }
        do throws(SQLiteFailure) {
            try takeIn(&stock)
        } catch {
            // The server goes on with what it had; the next commit brings the rest.
            if !error.isFull { throw error.error(doing: "keep what comes with the program", in: directory) }
        }
        let flaw: String?
        do throws(SQLiteFailure) {
            state.accounts = try signIns.accounts()
            state.sessions = try signIns.sessions()
            state.guests = try signIns.guests()
            state.clickGames = try clicks.games(ledger: &ledger)
            state.relays = try RelayReader(connection: connection).relays()
            state.knobs = try KnobTable(connection: connection).all()
            try readEconomy(into: &state, nowMs: nowMs)
            state.telegram = try TelegramTable(connection: connection).books()
            flaw = try readCanvas(into: &state, canvasSize: canvasSize, nowMs: nowMs)
        } catch {
            throw error.error(doing: "read the database", in: directory)
        }
        if let flaw { throw StorageError(.corrupt, "the canvas in \(directory) is damaged: \(flaw)") }
        return state
    }

    /// Writes what the program brings, where the tables hold something else.
    private func takeIn(_ stock: inout Stock?) throws(SQLiteFailure) {
        guard let brought = stock else { return }
        if try !stocks.holds(brought) {
            try connection.transaction { () throws(SQLiteFailure) in try stocks.write(brought) }
        }
        stock = nil
    }

    private func readEconomy(into state: inout RecoveredState, nowMs: Int64) throws(SQLiteFailure) {
        let skins = try SkinReader(connection: connection)
        state.skins = try skins.all().map(\.skin)
        state.ownerships = try skins.owned()
        state.bests = try BestTable(connection: connection).bests()
        state.ads = try AdTable(connection: connection).ads()
        state.impressions = try ImpressionTable(connection: connection).open(nowMs: nowMs)
        state.feedback = try FeedbackTable(connection: connection).ofLastHour(nowMs: nowMs)
    }

    /// Reads the canvas; returns what contradicts itself, if anything does.
    private func readCanvas(
        into state: inout RecoveredState, canvasSize: CanvasSize, nowMs: Int64
    ) throws(SQLiteFailure) -> String? {
        guard let epoch = try runningEpoch() else {
            guard try connection.integer("SELECT count(*) FROM canvas_changes") == 0 else {
                return "it has changes and no epoch"
            }
            let first = EpochRecord(epoch: 1, firstVersion: 0, size: canvasSize, startedAtMs: nowMs)
            let writer = try RecordWriter(connection: connection, snapshots: snapshots)
            try connection.transaction { () throws(SQLiteFailure) in try writer.write(.epoch(first)) }
            state.epoch = first
            state.cells = [UInt8](repeating: 0, count: canvasSize.cellCount)
            return nil
        }
        let sound = try snapshots.newestSound(in: epoch)
        state.epoch = epoch
        state.snapshot = sound?.snapshot
        state.cells = sound?.cells ?? [UInt8](repeating: 0, count: epoch.size.cellCount)
        state.version = max(epoch.firstVersion, sound?.snapshot.version ?? 0)
        let newest = try connection.integer("SELECT max(version) FROM canvas_changes") ?? 0
        guard state.version == epoch.firstVersion || newest >= state.version else {
            return "changes \(newest + 1) to \(state.version) are missing"
        }
        if let flaw = try replay(into: &state) { return flaw }
        (state.rollbacks, state.lastRollback) = try RollbackTable.recovered(of: epoch.epoch, connection)
        (state.protections, state.lastProtection) = try ProtectionTable.recovered(of: epoch.epoch, connection)
        state.touched = try touched.mask(
            of: epoch.epoch, firstVersion: epoch.firstVersion, size: epoch.size, at: state.version)
        return nil
    }

    /// Applies the changes after `state.version`; returns the first that doesn't fit.
    private func replay(into state: inout RecoveredState) throws(SQLiteFailure) -> String? {
        var flaw: String?
        var (cells, version, tail) = (state.cells, state.version, state.tail)
        state.cells = []
        let count = try connection.prepare("SELECT count(*) FROM canvas_changes WHERE version > ?")
        tail.reserveCapacity(Int(try count.integer([.integer(version)]) ?? 0))
        let changes = try connection.prepare(
            "SELECT \(ChangeRecord.columns) FROM canvas_changes c WHERE c.version > ? ORDER BY c.version")
        try changes.forEachRow([.integer(version)]) { (row) throws(SQLiteFailure) in
            let change = ChangeRecord(row)
            if change.version != version + 1 {
                flaw = "changes \(version + 1) to \(change.version - 1) are missing"
            } else if !cells.indices.contains(change.cell) {
                flaw = "change \(change.version) lies outside"
            } else {
                cells[change.cell] = change.color
                version = change.version
                tail.append(change)
            }
            return flaw == nil
        }
        (state.cells, state.version, state.tail) = (cells, version, tail)
        return flaw
    }

    private func runningEpoch() throws(SQLiteFailure) -> EpochRecord? {
        var epoch: EpochRecord?
        let newest = try connection.prepare(
            """
            SELECT epoch, first_version, width, height, started_at_ms FROM canvas_epochs
            ORDER BY first_version DESC LIMIT 1
            """)
        try newest.forEachRow { (row) throws(SQLiteFailure) in
            if let size = CanvasSize(width: Int(row.integer(2)), height: Int(row.integer(3))) {
                epoch = EpochRecord(
                    epoch: Int(row.integer(0)), firstVersion: row.integer(1), size: size,
                    startedAtMs: row.integer(4))
            }
            return false
        }
        return epoch
    }
}
