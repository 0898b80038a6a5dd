import FoundationEssentials
import Protocol

/// Reads a host's palette.
enum PaletteFile {
    private static let maxBytes = 64 * 1024

    /// The colors in a JSON file, or the built-in ones.
    /// - Throws: `StartFailure` that names the file and what is wrong with it.
    static func load(_ file: String?) throws(ServerProcess.StartFailure) -> Palette {
        guard let file else { return Palette.standard }
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
        } catch {
            throw ServerProcess.StartFailure(message: "palette \(file): it can't be read")
        }
        guard bytes.count <= maxBytes else {
            throw ServerProcess.StartFailure(message: "palette \(file): more than \(maxBytes) bytes")
        }
        do throws(Failure) {
            return try Palette(json: bytes)
        } catch {
            throw ServerProcess.StartFailure(message: "palette \(file): \(error.message)")
        }
    }
}
