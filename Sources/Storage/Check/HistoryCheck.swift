import Protocol

/// Replays the canvas's changes from the beginning of each epoch, or from the horizon, and holds snapshots, masks and
/// owners against them.
struct HistoryCheck {
    let connection: Connection
    /// The newest migration in the database.
    let schema: Int64

    private typealias Finding = DatabaseCheck.Finding

    /// An epoch, and the versions that its changes can have.
    struct Epoch {
        let number: Int64
        /// The blank canvas's, which no change made.
        let firstVersion: Version
        /// The next epoch's first one; for the running epoch there is none.
        let endVersion: Version?
        let size: CanvasSize
        /// The first version of it that history still tells.
        let start: Version

        /// Whether nothing of it was dropped.
        var isWhole: Bool { start == firstVersion }
        /// Whether nothing of it is told any more.
        var isGone: Bool { endVersion.map { $0 <= start } ?? false }
        /// The versions above and below all of its changes'.
        var bounds: [SQLValue] { [.integer(firstVersion), .integer(endVersion ?? .max)] }
    }

    /// A replay under way.
    struct Replay {
        var cells: [UInt8]
        var touched: CellMask
        var version: Version
        var changes = 0
        var snapshots = 0
        var flaws: [String] = []
    }

    /// Replays every epoch.
    func run() throws(SQLiteFailure) -> [DatabaseCheck.Finding] {
        let (epochs, flaws) = try epochs()
        var findings = flaws.map { Finding("epochs", $0, isSound: false) }
        guard findings.isEmpty else { return findings }
        var (changes, snapshots) = (0, 0)
        for epoch in epochs {
            let replay = try replay(epoch)
            changes += replay.changes
            snapshots += replay.snapshots
            findings += replay.flaws.prefix(DatabaseCheck.maxToldFlaws).map {
                Finding("history", "epoch \(epoch.number): \($0)", isSound: false)
            }
        }
        guard findings.isEmpty else { return findings }
        return [
            Finding(
                "history",
                "\(epochs.count) epochs, \(changes) changes replayed, \(snapshots) snapshots compared")
        ]
    }

    private func epochs() throws(SQLiteFailure) -> (epochs: [Epoch], flaws: [String]) {
        var rows: [(number: Int64, first: Version, size: CanvasSize)] = []
        var flaws: [String] = []
        let all = try connection.prepare(
            "SELECT epoch, first_version, width, height FROM canvas_epochs ORDER BY first_version")
        try all.forEachRow { (row) throws(SQLiteFailure) in
            guard let size = CanvasSize(width: Int(row.integer(2)), height: Int(row.integer(3))) else {
                flaws.append("epoch \(row.integer(0)) has no size that a canvas can have")
                return true
            }
            if let last = rows.last, last.number >= row.integer(0) {
                flaws.append("epoch \(row.integer(0)) begins after epoch \(last.number)")
            }
            rows.append((row.integer(0), row.integer(1), size))
            return true
        }
        let horizon = schema < Migration.history.version ? nil : try HistoryTable.horizon(connection)?.version
        let epochs = rows.enumerated().map { index, row in
            Epoch(
                number: row.number, firstVersion: row.first,
                endVersion: index + 1 < rows.count ? rows[index + 1].first : nil, size: row.size,
                start: max(row.first, horizon ?? row.first))
        }
        let strays = try connection.prepare(
            """
            SELECT count(*) FROM canvas_changes c WHERE version <= ?
            OR EXISTS (SELECT 1 FROM canvas_epochs e WHERE e.first_version = c.version)
            """)
        if let count = try strays.integer([.integer(rows.first?.first ?? .max)]), count > 0 {
            flaws.append("\(count) changes belong to no epoch")
        }
        return (epochs, flaws)
    }

    private func replay(_ epoch: Epoch) throws(SQLiteFailure) -> Replay {
        let count = epoch.size.cellCount
        var replay = Replay(
            cells: [UInt8](repeating: 0, count: count), touched: CellMask(size: epoch.size),
            version: epoch.start)
        try look(atRemainsOf: epoch, &replay)
        guard !epoch.isGone else { return replay }
        var next = try snapshotVersions(of: epoch)[...]
        guard epoch.isWhole || next.first == epoch.start else {
            replay.flaws.append(
                "the history that is kept begins at \(epoch.start), of which there is no snapshot")
            return replay
        }
        func compareSnapshots() throws(SQLiteFailure) {
            while let version = next.first, version == replay.version {
                next = next.dropFirst()
                try compare(version, epoch, &replay, isStart: !epoch.isWhole && version == epoch.start)
            }
        }
        try compareSnapshots()
        let changes = try connection.prepare(
            """
            SELECT c.version, c.cell, c.color, c.undoes, u.cell
            FROM canvas_changes c LEFT JOIN canvas_changes u ON u.version = c.undoes
            WHERE c.version > ?1 AND c.version < ?2 ORDER BY c.version
            """)
        let bounds: [SQLValue] = [.integer(epoch.start), .integer(epoch.endVersion ?? .max)]
        try changes.forEachRow(bounds) { (row) throws(SQLiteFailure) in
            guard apply(row, to: &replay) else { return false }
            try compareSnapshots()
            return replay.flaws.count < DatabaseCheck.maxToldFlaws
        }
        guard replay.flaws.isEmpty else { return replay }
        if let end = epoch.endVersion, replay.version < end - 1 {
            replay.flaws.append("changes \(replay.version + 1) to \(end - 1) are missing")
        }
        for version in next { replay.flaws.append("snapshot \(version) is ahead of the changes") }
        // Of an epoch that is over the mask was perhaps never brought up to the horizon: nobody asks for it.
        if epoch.isWhole || epoch.endVersion == nil {
            try compareMask(epoch, &replay)
            try compareOwners(epoch, &replay)
        }
        return replay
    }

    /// Looks at what stays of the changes before the horizon: whose pixels are, without how they came about.
    private func look(atRemainsOf epoch: Epoch, _ replay: inout Replay) throws(SQLiteFailure) {
        let remains = try connection.prepare(
            "SELECT version, cell FROM canvas_changes WHERE version > ?1 AND version < ?2 AND version <= ?3")
        try remains.forEachRow(epoch.bounds + [.integer(epoch.start)]) { (row) throws(SQLiteFailure) in
            let cell = Int(row.integer(1))
            if replay.cells.indices.contains(cell) {
                replay.touched[cell] = true
            } else {
                replay.flaws.append("change \(row.integer(0)) lies outside")
            }
            return replay.flaws.count < DatabaseCheck.maxToldFlaws
        }
    }

    /// Applies a change; false where the history can't be followed any further.
    private func apply(_ row: Row, to replay: inout Replay) -> Bool {
        let version = row.integer(0)
        let cell = Int(row.integer(1))
        if version != replay.version + 1 {
            replay.flaws.append("changes \(replay.version + 1) to \(version - 1) are missing")
            return false
        }
        replay.version = version
        guard replay.cells.indices.contains(cell), let color = UInt8(exactly: row.integer(2)) else {
            replay.flaws.append("change \(version) lies outside")
            return false
        }
        if let undone = row.optionalInteger(3) {
            // What it took back may be older than the history that is kept.
            if undone >= version || (row.optionalInteger(4).map { $0 != Int64(cell) } ?? false) {
                replay.flaws.append("change \(version) takes back \(undone), which isn't below it")
            }
        }
        replay.cells[cell] = color
        replay.touched[cell] = true
        replay.changes += 1
        return true
    }

    /// Those that can be told; older ones are about to go.
    private func snapshotVersions(of epoch: Epoch) throws(SQLiteFailure) -> [Version] {
        var versions: [Version] = []
        let all = try connection.prepare(
            "SELECT version FROM canvas_snapshots WHERE epoch = ? AND version >= ? ORDER BY version")
        try all.forEachRow([.integer(epoch.number), .integer(epoch.start)]) { (row) throws(SQLiteFailure) in
            versions.append(row.integer(0))
            return true
        }
        return versions
    }

    /// Compares a snapshot, or takes its cells where the history that is kept begins with it.
    private func compare(
        _ version: Version, _ epoch: Epoch, _ replay: inout Replay, isStart: Bool
    ) throws(SQLiteFailure) {
        var found: (width: Int64, height: Int64, zlib: [UInt8]) = (0, 0, [])
        let one = try connection.prepare(
            "SELECT width, height, cells FROM canvas_snapshots WHERE version = ?")
        try one.forEachRow([.integer(version)]) { (row) throws(SQLiteFailure) in
            found = (row.integer(0), row.integer(1), row.blob(2))
            return false
        }
        guard found.width == epoch.size.width, found.height == epoch.size.height,
            let cells = try? SnapshotCodec.inflate(found.zlib, cellCount: epoch.size.cellCount)
        else {
            replay.flaws.append("snapshot \(version) doesn't unpack to a canvas of the epoch's size")
            return
        }
        replay.snapshots += 1
        guard !isStart else {
            replay.cells = cells
            return
        }
        guard cells != replay.cells else { return }
        let different = cells.indices.filter { cells[$0] != replay.cells[$0] }
        let (x, y) = (different[0] % epoch.size.width, different[0] / epoch.size.width)
        replay.flaws.append(
            """
            snapshot \(version) differs from the changes in \(different.count) cells, first in \(x),\(y): \
            \(cells[different[0]]) instead of \(replay.cells[different[0]])
            """)
    }

    /// Compares what is kept of the cells that ever got a pixel: those that did, and of dropped changes any others.
    private func compareMask(_ epoch: Epoch, _ replay: inout Replay) throws(SQLiteFailure) {
        let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'touched_cells'"
        guard try connection.integer(tables) == 1 else { return }
        var kept: (version: Version, zlib: [UInt8])?
        let one = try connection.prepare("SELECT version, cells FROM touched_cells WHERE epoch = ?")
        try one.forEachRow([.integer(epoch.number)]) { (row) throws(SQLiteFailure) in
            kept = (row.integer(0), row.blob(1))
            return false
        }
        guard let kept else { return }
        let bytes = try? SnapshotCodec.inflate(kept.zlib, cellCount: CellMask.byteCount(of: epoch.size))
        guard var mask = bytes.flatMap({ CellMask(size: epoch.size, bytes: $0) }) else {
            replay.flaws.append("the touched cells don't unpack to a mask of the epoch's size")
            return
        }
        let later = try connection.prepare(
            "SELECT cell FROM canvas_changes WHERE version > ?1 AND version < ?2")
        try later.forEachRow([.integer(kept.version), epoch.bounds[1]]) { (row) throws(SQLiteFailure) in
            let cell = Int(row.integer(0))
            if replay.cells.indices.contains(cell) { mask[cell] = true }
            return true
        }
        let wrong = replay.cells.indices.first {
            epoch.isWhole ? mask[$0] != replay.touched[$0] : replay.touched[$0] && !mask[$0]
        }
        guard let wrong else { return }
        let (x, y) = (wrong % epoch.size.width, wrong / epoch.size.width)
        replay.flaws.append("the touched cells differ from the changes, first in \(x),\(y)")
    }
}
