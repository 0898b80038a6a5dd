import Files
import Protocol

/// Reads the files that a host names in the settings.
enum ChosenFile {
    private static let maxBytes = 64 * 1024

    /// The colors in a JSON file, or the built-in ones.
    static func palette(_ file: String?) throws(ServerProcess.StartFailure) -> Palette {
        guard let file else { return .standard }
        return try load("palette", file) { (json) throws(Failure) in try Palette(json: json) }
    }

    /// The numbers of arcade games in a JSON file, or the built-in ones.
    static func arcadeRules(
        _ file: String?, else builtIn: ArcadeRules
    ) throws(ServerProcess.StartFailure) -> ArcadeRules {
        guard let file else { return builtIn }
        return try load("arcade", file) { (json) throws(Failure) in try ArcadeRules(json: json) }
    }

    /// - Throws: `StartFailure` that names the setting, the file and what is wrong with it.
    private static func load<Value>(
        _ setting: String, _ file: String, _ read: ([UInt8]) throws(Failure) -> Value
    ) throws(ServerProcess.StartFailure) -> Value {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try WholeFile.read(file, maxBytes: maxBytes)
        } catch {
            throw ServerProcess.StartFailure(message: "\(setting) \(error.description)")
        }
        do throws(Failure) {
            return try read(bytes)
        } catch {
            throw ServerProcess.StartFailure(message: "\(setting) \(file): \(error.message)")
        }
    }
}
