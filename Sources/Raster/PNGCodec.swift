import CPNG
public import Protocol

/// PNG pictures of canvases, and pictures as they come from outside.
///
/// Uses libpng's simplified interface only: its errors come back as results, while the full interface leaves
/// by `longjmp`, which must never cross a Swift frame.
public enum PNGCodec {
    /// The most pixels a written picture may have.
    public static let maxWrittenPixels = 64 * 1024 * 1024

    /// A canvas as a PNG with the palette inside.
    ///
    /// - Parameters:
    ///   - cells: Palette indexes, row by row, one for each cell.
    ///   - size: Columns and rows.
    ///   - palette: The colors that indexes point to.
    ///   - scale: Pixels on a cell's side, from 1.
    /// - Throws: `RasterError.badArguments` where these don't fit each other.
    public static func encode(
        cells: [UInt8], size: CanvasSize, palette: Palette, scale: Int = 1
    ) throws(RasterError) -> [UInt8] {
        guard cells.count == size.cellCount else {
            throw .badArguments("\(cells.count) cells for a canvas of \(size.cellCount)")
        }
        // libpng would write an index beyond its palette, and no reader would take the file.
        guard Int(cells.max() ?? 0) < palette.count else {
            throw .badArguments("a cell's color is beyond the palette")
        }
        guard (1...64).contains(scale), size.cellCount * scale * scale <= maxWrittenPixels else {
            throw .badArguments("a picture of \(size.width)x\(size.height) can't be enlarged \(scale) times")
        }
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(size.width * scale)
        image.height = png_uint_32(size.height * scale)
        image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_COLORMAP)
        image.colormap_entries = png_uint_32(palette.count)
        let pixels = scale == 1 ? cells : enlarged(cells, size: size, scale: scale)
        let colors = palette.colors.flatMap { [$0.red, $0.green, $0.blue] }
        // Incompressible pixels take their own size, five bytes a block of deflate and the chunks around it.
        var png = [UInt8](
            repeating: 0, count: pixels.count + pixels.count / 500 + size.height * scale + 4_096)
        var count = png_alloc_size_t(png.count)
        guard png_image_write_to_memory(&image, &png, &count, 0, pixels, 0, colors) != 0 else {
            throw .badArguments(message(of: image))
        }
        png.removeLast(png.count - Int(count))
        return png
    }

    /// A PNG of any kind as pixels.
    ///
    /// - Parameters:
    ///   - png: Any bytes at all.
    ///   - maxPixels: The most pixels that are taken; checked before memory is asked for.
    /// - Throws: `RasterError.malformed` or `.tooLarge`.
    public static func decode(_ png: [UInt8], maxPixels: Int) throws(RasterError) -> RasterImage {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        defer { png_image_free(&image) }
        // libpng keeps the pointer between the two calls, so both stand inside the array's own.
        let result = png.withUnsafeBytes { bytes -> Result<RasterImage, RasterError> in
            guard let start = bytes.baseAddress,
                png_image_begin_read_from_memory(&image, start, bytes.count) != 0
            else { return .failure(.malformed(bytes.isEmpty ? "no bytes" : message(of: image))) }
            let width = Int(image.width)
            let height = Int(image.height)
            let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
            guard !overflow, pixels <= maxPixels else {
                return .failure(.tooLarge(width: width, height: height))
            }
            image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
            var rgba = [UInt8](repeating: 0, count: pixels * 4)
            guard png_image_finish_read(&image, nil, &rgba, 0, nil) != 0 else {
                return .failure(.malformed(message(of: image)))
            }
            return .success(RasterImage(width: width, height: height, rgba: rgba))
        }
        return try result.get()
    }

    /// Each cell as a square of `scale` by `scale` pixels.
    private static func enlarged(_ cells: [UInt8], size: CanvasSize, scale: Int) -> [UInt8] {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(cells.count * scale * scale)
        for row in 0..<size.height {
            let start = pixels.count
            for cell in cells[row * size.width..<(row + 1) * size.width] {
                pixels.append(contentsOf: repeatElement(cell, count: scale))
            }
            let line = pixels[start...]
            for _ in 1..<scale {
                pixels.append(contentsOf: line)
            }
        }
        return pixels
    }

    /// The library's words, which stand in a fixed array that ends with a zero.
    private static func message(of image: png_image) -> String {
        withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
