public import Protocol

/// What storage is asked about the canvas's past; nothing after `through` counts.
public enum HistoryQuery: Hashable, Sendable {
    case overview(through: Version)
    /// Made of a snapshot before a version: those from it on were found to be damaged.
    case at(HistoryMoment, through: Version, before: Version = .max)
    case changes(after: Version, limit: Int, through: Version)
}

/// What storage found of the canvas's past.
public enum HistoryFinding: Hashable, Sendable {
    /// Without the setting, which storage isn't asked for.
    case overview(HistoryAnswer)
    case state(HistoryMaterial)
    case page(HistoryPage)
    /// It never was, or isn't kept any more.
    case missing(Failure)
    /// What is kept of it is damaged, from this version on.
    case damaged(from: Version)
}

/// What became of a canvas of the past.
public enum HistoryRestoration: Hashable, Sendable {
    case state(HistoryState)
    /// What it was to be made of is damaged: the snapshot of the version `base`; none where it was the blank canvas.
    case damaged(version: Version, base: Version?)
}

/// What a canvas of the past is made of: an earlier snapshot and what changed since.
public struct HistoryMaterial: Hashable, Sendable {
    /// Columns and rows.
    public var size: CanvasSize
    /// Its epoch.
    public var epoch: Int
    /// The version that this leads to.
    public var version: Version
    /// When that was made, in milliseconds since 1970.
    public var atMs: Int64
    /// The snapshot's zlib stream; nil for the blank canvas that an epoch begins with.
    public var base: [UInt8]?
    /// The changes since, in order, each as its cell times 256 and its color.
    public var changes: [UInt32] = []

    /// Joins the parts, without changes.
    public init(size: CanvasSize, epoch: Int, version: Version, atMs: Int64, base: [UInt8]?) {
        self.size = size
        self.epoch = epoch
        self.version = version
        self.atMs = atMs
        self.base = base
    }

    /// Adds the next change.
    public mutating func append(cell: Int, color: UInt8) {
        changes.append(UInt32(cell) << 8 | UInt32(color))
    }

    /// The canvas as it travels, or which snapshot isn't whole.
    ///
    /// - Parameter level: zlib's, from 0 to 9.
    public func restored(level: Int = SnapshotCodec.defaultLevel) -> HistoryRestoration {
        var cells = [UInt8](repeating: 0, count: size.cellCount)
        if let base {
            guard let inflated = try? SnapshotCodec.inflate(base, cellCount: size.cellCount) else {
                return .damaged(version: version, base: version - Version(changes.count))
            }
            if changes.isEmpty { return state(base) }
            cells = inflated
        }
        for change in changes {
            let cell = Int(change >> 8)
            guard cell < cells.count else { return .damaged(version: version, base: nil) }
            cells[cell] = UInt8(truncatingIfNeeded: change)
        }
        return state(SnapshotCodec.deflate(cells, level: level))
    }

    private func state(_ zlib: [UInt8]) -> HistoryRestoration {
        let snapshot = SnapshotAnswer(size: size, epoch: epoch, version: version, zlib: zlib)
        return .state(HistoryState(snapshot: snapshot, atMs: atMs))
    }
}
