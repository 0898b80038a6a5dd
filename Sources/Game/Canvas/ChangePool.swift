import Protocol

/// The recent durable changes by version, for gap repair and for readers who fell behind.
///
/// It keeps what the last minute brought, at least `Limits.minPoolVersions`, no more than a canvas has cells
/// (beyond that a snapshot is shorter) or the memory budget holds, and always all since the served snapshot.
struct ChangePool: Sendable {
    static let loadWindowUs: Int64 = 60_000_000
    private static let markIntervalUs: Int64 = 1_000_000
    /// A change takes a cell's 24 bits and a color's 8.
    static let maxVersions = Limits.maxPoolBytes / MemoryLayout<UInt32>.size

    private var changes = Ring<UInt32>()
    /// The version before the oldest change kept: runs can start here or later.
    private(set) var base: Version
    /// The version after the newest change.
    var head: Version { base + Version(changes.count) }
    /// The served snapshot's version; nothing after it is dropped.
    private(set) var snapshotVersion: Version
    private let mostVersions: Int
    /// The pool's head at moments about a second apart, for a minute back.
    private var marks = Ring<(atUs: Int64, version: Version)>()

    /// Starts empty at a version.
    init(at version: Version, cellCount: Int) {
        base = version
        snapshotVersion = version
        mostVersions = min(Self.maxVersions, max(Limits.minPoolVersions, cellCount))
    }

    /// Whether so many more could be kept without dropping what the snapshot needs.
    func hasRoom(for number: Int) -> Bool {
        Int(head - snapshotVersion) + number <= Self.maxVersions
    }

    /// Adds the next version.
    mutating func append(cell: Int, color: UInt8) {
        changes.append(UInt32(cell) << 8 | UInt32(color))
    }

    /// The change that made a version.
    subscript(version: Version) -> (cell: Int, color: UInt8) {
        let packed = changes[Int(version - base - 1)]
        return (Int(packed >> 8), UInt8(packed & 255))
    }

    /// Lets go of what lies before a snapshot that is served from now on.
    mutating func snapshotServed(at version: Version) {
        precondition(
            version >= snapshotVersion && version <= head, "snapshots go forward and end at the pool")
        snapshotVersion = version
    }

    /// Drops what the load of the last minute doesn't call for, keeping what leads on from a version.
    mutating func trim(keeping kept: Version, atUs: Int64) {
        if let last = lastMark, atUs - last.atUs < Self.markIntervalUs {
            // The running second already has its mark.
        } else {
            marks.append((atUs, head))
        }
        while marks.count > 1, atUs - marks[1].atUs >= Self.loadWindowUs { marks.removeFirst(1) }
        let load = marks.first.map { Int(head - $0.version) } ?? 0
        let wanted = max(Limits.minPoolVersions, min(load, mostVersions))
        let floor = min(head - Version(wanted), snapshotVersion, kept)
        if floor > base {
            changes.removeFirst(Int(floor - base))
            base = floor
        }
        precondition(base <= snapshotVersion, "the pool must reach back to the snapshot")
    }

    private var lastMark: (atUs: Int64, version: Version)? {
        marks.isEmpty ? nil : marks[marks.count - 1]
    }
}
