import Files
import Raster

/// A PNG file, read whole.
enum PictureFile {
    private static let maxBytes = 32 * 1024 * 1024
    private static let maxPixels = 16 * 1024 * 1024

    static func read(_ path: String) throws(BotFailure) -> RasterImage {
        let png: [UInt8]
        do throws(FileError) {
            png = try WholeFile.read(path, maxBytes: maxBytes)
        } catch {
            throw BotFailure(error.description)
        }
        do throws(RasterError) {
            return try PNGCodec.decode(png, maxPixels: maxPixels)
        } catch {
            throw BotFailure("\(path): \(error.description)")
        }
    }
}
