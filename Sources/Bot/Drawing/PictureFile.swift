import Glibc
import Raster

/// A PNG file, read whole.
enum PictureFile {
    private static let maxBytes = 32 * 1024 * 1024
    private static let maxPixels = 16 * 1024 * 1024

    static func read(_ path: String) throws(BotFailure) -> RasterImage {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw BotFailure("\(path): \(String(cString: strerror(errno)))") }
        defer { close(file) }
        var png: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw BotFailure("\(path): \(String(cString: strerror(errno)))") }
            if count == 0 { break }
            png += piece.prefix(count)
            guard png.count <= maxBytes else { throw BotFailure("\(path): is over \(maxBytes) bytes") }
        }
        do throws(RasterError) {
            return try PNGCodec.decode(png, maxPixels: maxPixels)
        } catch {
            throw BotFailure("\(path): \(error.description)")
        }
    }
}
