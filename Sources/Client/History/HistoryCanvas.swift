public import Protocol
import Transport

/// The canvas as it stood at a version of its past, unpacked.
public struct HistoryCanvas: Hashable, Sendable {
    /// Columns and rows.
    public var size: CanvasSize
    /// Its epoch.
    public var epoch: Int
    /// The version.
    public var version: Version
    /// When the version was made, in milliseconds since 1970.
    public var atMs: Int64
    /// Palette indexes, row by row.
    public var cells: [UInt8]

    /// Joins the parts.
    public init(size: CanvasSize, epoch: Int, version: Version, atMs: Int64, cells: [UInt8]) {
        precondition(cells.count == size.cellCount, "a canvas has a color for each cell")
        self.size = size
        self.epoch = epoch
        self.version = version
        self.atMs = atMs
        self.cells = cells
    }

    /// Unpacks an answer; refuses a stream that isn't a whole canvas.
    public init(_ state: HistoryState) throws(Failure) {
        let snapshot = state.snapshot
        self.init(
            size: snapshot.size, epoch: snapshot.epoch, version: snapshot.version, atMs: state.atMs,
            cells: try SnapshotCodec.inflate(snapshot.zlib, cellCount: snapshot.size.cellCount))
    }
}

extension HistoryState {
    /// Reads the body with the headers that say what it is; nil where one is missing or can't be read.
    init?(_ response: HTTPResponse) {
        guard let snapshot = SnapshotAnswer(response),
            let atMs = response.headers["X-Canvas-At"].flatMap({ Timestamp.milliseconds($0) })
        else { return nil }
        self.init(snapshot: snapshot, atMs: atMs)
    }
}
