/// Which cells ever got a pixel in an epoch, as it travels: a zlib stream (RFC 1950) of a `CellMask`'s bytes.
///
/// A cell whose only pixel was taken back counts: the frames that tell of the canvas show that pixel, too, and a
/// client keeps its mask up by them.
public struct TouchedAnswer: Hashable, Sendable {
    /// The canvas's size, for `X-Canvas-Width` and `X-Canvas-Height`.
    public var size: CanvasSize
    /// For `X-Canvas-Epoch`.
    public var epoch: Int
    /// The version up to which all changes are in it, for `X-Canvas-Version`.
    public var version: Version
    /// The stream.
    public var zlib: [UInt8]

    /// Joins the parts.
    public init(size: CanvasSize, epoch: Int, version: Version, zlib: [UInt8]) {
        self.size = size
        self.epoch = epoch
        self.version = version
        self.zlib = zlib
    }

    /// Packs a mask.
    ///
    /// - Parameter level: zlib's, from 0 to 9.
    public init(_ mask: CellMask, epoch: Int, version: Version, level: Int = SnapshotCodec.defaultLevel) {
        self.init(
            size: mask.size, epoch: epoch, version: version,
            zlib: SnapshotCodec.deflate(mask.bytes, level: level))
    }

    /// The strong entity tag: epoch and version name the bytes.
    public var entityTag: String { Self.entityTag(epoch: epoch, version: version) }

    /// The entity tag that an answer at a version would have.
    public static func entityTag(epoch: Int, version: Version) -> String { "\"\(epoch)-\(version)\"" }

    /// The mask in the stream.
    public func mask() throws(Failure) -> CellMask {
        let bytes = try SnapshotCodec.inflate(zlib, cellCount: CellMask.byteCount(of: size))
        guard let mask = CellMask(size: size, bytes: bytes) else {
            throw Failure(.badRequest, "the mask doesn't fit its canvas")
        }
        return mask
    }
}
