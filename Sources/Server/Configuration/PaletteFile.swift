import Files
import Protocol

/// Reads a host's palette.
enum PaletteFile {
    private static let maxBytes = 64 * 1024

    /// The colors in a JSON file, or the built-in ones.
    /// - Throws: `StartFailure` that names the file and what is wrong with it.
    static func load(_ file: String?) throws(ServerProcess.StartFailure) -> Palette {
        guard let file else { return Palette.standard }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try WholeFile.read(file, maxBytes: maxBytes)
        } catch {
            throw ServerProcess.StartFailure(message: "palette \(error.description)")
        }
        do throws(Failure) {
            return try Palette(json: bytes)
        } catch {
            throw ServerProcess.StartFailure(message: "palette \(file): \(error.message)")
        }
    }
}
