import Protocol

/// The sums of the colors of each block of pixels: means are one division away, and a new pixel costs one addition
/// instead of a walk over its block.
///
/// Large blocks are kept in quarters, which is what quadrants and dots are made of; those of small ones are summed up
/// anew, pixel by pixel, where they are drawn.
struct Reduction: Hashable, Sendable {
    let block: Int
    let columns: Int
    let rows: Int
    /// Whether sums are those of quarters of blocks.
    let isQuartered: Bool
    /// Quarters, or blocks, that the canvas has in each direction.
    private let parts: Extent
    private let size: CanvasSize
    private var sums: [SIMD4<UInt32>]

    /// Blocks up to this are walked over whenever they are drawn.
    static let largestWalkedBlock = 4

    init(of image: borrowing CanvasImage, block: Int) {
        self.block = block
        let size = image.size
        self.size = size
        columns = (size.width + block - 1) / block
        rows = (size.height + block - 1) / block
        isQuartered = block > Self.largestWalkedBlock
        let each = isQuartered ? 2 : 1
        parts = Extent(width: columns * each, height: rows * each)
        var colors = [SIMD4<UInt32>](repeating: Self.vector(image.color(0)), count: 256)
        for (index, color) in image.palette.colors.enumerated() { colors[index] = Self.vector(color) }
        let starts = (0...parts.width).map { min(Self.start(of: $0, block: block, each: each), size.width) }
        sums = Self.sums(of: image, colors, starts, parts: parts, block: block, each: each)
    }

    private static func sums(
        of image: borrowing CanvasImage, _ colors: [SIMD4<UInt32>], _ starts: [Int], parts: Extent,
        block: Int,
        each: Int
    ) -> [SIMD4<UInt32>] {
        var sums = [SIMD4<UInt32>](repeating: .zero, count: parts.width * parts.height)
        let size = image.size
        image.cells.withUnsafeBufferPointer { cells in
            sums.withUnsafeMutableBufferPointer { sums in
                colors.withUnsafeBufferPointer { colors in
                    for y in 0..<size.height {
                        let line = y * size.width
                        let row = part(of: y, block: block, each: each) * parts.width
                        for column in 0..<parts.width {
                            var sum = sums[row + column]
                            for x in starts[column]..<starts[column + 1] {
                                sum &+= colors[Int(cells[line + x])]
                            }
                            sums[row + column] = sum
                        }
                    }
                }
            }
        }
        return sums
    }

    private static func vector(_ color: Palette.Color) -> SIMD4<UInt32> {
        SIMD4(UInt32(color.red), UInt32(color.green), UInt32(color.blue), 0)
    }

    /// The first pixel of a part; of an odd block the left and upper parts are the smaller ones.
    static func start(of part: Int, block: Int, each: Int) -> Int { part * block / each }

    private static func part(of pixel: Int, block: Int, each: Int) -> Int {
        guard each == 2 else { return pixel / block }
        return pixel / block * 2 + (pixel % block >= block / 2 ? 1 : 0)
    }

    private var each: Int { isQuartered ? 2 : 1 }

    mutating func replace(x: Int, y: Int, old: Palette.Color, new: Palette.Color) {
        let target =
            Self.part(of: y, block: block, each: each) * parts.width
            + Self.part(of: x, block: block, each: each)
        sums[target] = sums[target] &- Self.vector(old) &+ Self.vector(new)
    }

    /// The mean color of the block in a column and a row of blocks.
    func mean(column: Int, row: Int) -> Palette.Color {
        let width = min(block, size.width - column * block)
        let height = min(block, size.height - row * block)
        let count = UInt32(width * height)
        var sum = sums[row * each * parts.width + column * each]
        if isQuartered {
            let corner = row * 2 * parts.width + column * 2
            sum =
                sums[corner] &+ sums[corner + 1] &+ sums[corner + parts.width]
                &+ sums[corner + parts.width + 1]
        }
        let half = count / 2
        return Palette.Color(
            red: UInt8((sum.x + half) / count), green: UInt8((sum.y + half) / count),
            blue: UInt8((sum.z + half) / count))
    }

    /// The sums row by row: of quarters where `isQuartered`, else of blocks.
    func withSums<Result>(_ body: (UnsafeBufferPointer<SIMD4<UInt32>>) -> Result) -> Result {
        sums.withUnsafeBufferPointer(body)
    }
}
