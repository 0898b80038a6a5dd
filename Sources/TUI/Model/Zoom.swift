/// How large the canvas is drawn, in halves of a terminal cell, which are about square.
enum Zoom: Hashable, Sendable {
    /// Each pixel is `scale` by `scale` half cells: 1, 2, 4, 8 or 16.
    case magnified(Int)
    /// Each half cell shows the mean of `block` by `block` pixels.
    case reduced(Int)

    /// One pixel to a half cell.
    static let actual = Zoom.magnified(1)

    private static let largestScale = 16
    private static let blocks = [2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512]

    /// Pixels along a half cell: 1 when magnified.
    var block: Int {
        switch self {
        case .magnified: 1
        case .reduced(let block): block
        }
    }

    /// Half cells along a pixel: 1 when reduced.
    var scale: Int {
        switch self {
        case .magnified(let scale): scale
        case .reduced: 1
        }
    }

    /// One step nearer.
    var nearer: Zoom {
        switch self {
        case .magnified(let scale): .magnified(min(scale * 2, Self.largestScale))
        case .reduced(let block): Self.blocks.last { $0 < block }.map(Zoom.reduced) ?? .actual
        }
    }

    /// One step farther, but no farther than `whole`, where all is in view.
    func farther(whole: Zoom) -> Zoom {
        let next: Zoom
        switch self {
        case .magnified(let scale) where scale > 1: next = .magnified(scale / 2)
        case .magnified, .reduced: next = .reduced(Self.blocks.first { $0 > block } ?? block)
        }
        return next.isFarther(than: whole) ? (isFarther(than: whole) ? self : whole) : next
    }

    /// The nearest zoom at which a canvas of this size is wholly in view.
    static func whole(width: Int, height: Int, columns: Int, halfRows: Int) -> Zoom {
        let columns = max(columns, 1)
        let halfRows = max(halfRows, 1)
        let block = max((width + columns - 1) / columns, (height + halfRows - 1) / halfRows)
        guard block <= 1 else { return .reduced(block) }
        var scale = 1
        while scale < largestScale, width * scale * 2 <= columns, height * scale * 2 <= halfRows {
            scale *= 2
        }
        return .magnified(scale)
    }

    /// Whether less detail is seen than at another zoom.
    func isFarther(than other: Zoom) -> Bool {
        scale * other.block < other.scale * block
    }

    /// `1:1`, `4×` or `1:8`.
    var label: String {
        switch self {
        case .magnified(1): "1:1"
        case .magnified(let scale): "\(scale)×"
        case .reduced(let block): "1:\(block)"
        }
    }
}
