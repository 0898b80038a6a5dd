import Engine
import Protocol

/// Which cells ever got a pixel in an epoch, kept up to a version and brought to the present where it is asked for.
struct TouchedTable {
    private let connection: Connection
    private let stored, changed, write, runningEpoch: Statement
    /// The version up to which the running epoch's mask is kept; nil before it was looked at.
    private var keptVersion: Version?

    init(connection: Connection) throws(SQLiteFailure) {
        self.connection = connection
        stored = try connection.prepare("SELECT version, cells FROM touched_cells WHERE epoch = ?")
        changed = try connection.prepare("SELECT cell FROM canvas_changes WHERE version > ? AND version <= ?")
        write = try connection.prepare(
            """
            INSERT INTO touched_cells (epoch, version, cells) VALUES (?, ?, ?)
            ON CONFLICT (epoch) DO UPDATE SET version = excluded.version, cells = excluded.cells
            """)
        runningEpoch = try connection.prepare(
            "SELECT epoch, first_version, width, height FROM canvas_epochs ORDER BY first_version DESC LIMIT 1"
        )
    }

    /// The mask of an epoch at a version.
    func mask(of epoch: Int, firstVersion: Version, size: CanvasSize, at version: Version)
        throws(SQLiteFailure)
        -> CellMask
    {
        var (mask, kept) = try read(epoch, size) ?? (CellMask(size: size), firstVersion)
        if kept > version { (mask, kept) = (CellMask(size: size), firstVersion) }
        let cells = size.cellCount
        try changed.forEachRow([.integer(kept), .integer(version)]) { (row) throws(SQLiteFailure) in
            let cell = Int(row.integer(0))
            if (0..<cells).contains(cell) { mask[cell] = true }
            return true
        }
        return mask
    }

    /// Keeps the running epoch's mask up to a version, in a transaction of its own, unless it is kept already.
    mutating func keep(through version: Version) throws(SQLiteFailure) {
        guard version > keptVersion ?? -1 else { return }
        var running: (epoch: Int, firstVersion: Version, size: CanvasSize)?
        try runningEpoch.forEachRow { (row) throws(SQLiteFailure) in
            let size = CanvasSize(width: Int(row.integer(2)), height: Int(row.integer(3)))
            running = size.map { (Int(row.integer(0)), row.integer(1), $0) }
            return false
        }
        guard let (epoch, firstVersion, size) = running else { return }
        let kept = try read(epoch, size)?.version ?? firstVersion
        if version > kept {
            let mask = try mask(of: epoch, firstVersion: firstVersion, size: size, at: version)
            try connection.transaction { () throws(SQLiteFailure) in
                let cells = SnapshotCodec.deflate(mask.bytes)
                try write.run([.integer(Int64(epoch)), .integer(version), .blob(cells)])
            }
        }
        keptVersion = version
    }

    /// What is kept; nil where nothing sound is, and then it is made anew from the changes.
    private func read(_ epoch: Int, _ size: CanvasSize) throws(SQLiteFailure) -> (
        mask: CellMask, version: Version
    )? {
        var found: (CellMask, Version)?
        try stored.forEachRow([.integer(Int64(epoch))]) { (row) throws(SQLiteFailure) in
            let bytes = try? SnapshotCodec.inflate(row.blob(1), cellCount: CellMask.byteCount(of: size))
            found = bytes.flatMap { CellMask(size: size, bytes: $0) }.map { ($0, row.integer(0)) }
            return false
        }
        return found
    }
}
