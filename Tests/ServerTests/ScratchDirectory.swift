import FoundationEssentials
import Glibc
import Testing

/// A fresh directory for one test; it goes with all it holds when this value does.
final class ScratchDirectory {
    let path: String

    init() throws {
        var template = Array(
            (FileManager.default.temporaryDirectory.path + "/pixelwars-server-XXXXXX").utf8CString)
        path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and returns its path.
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = path + "/" + name
        try Data(bytes).write(to: URL(filePath: file))
        return file
    }
}

/// A file of the project's assets.
func asset(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: assetsDirectory + "/" + name)))
}

/// The names of the files in a folder of the project's assets.
func assetNames(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: assetsDirectory + "/" + folder).sorted()
}

/// Found from where this file was compiled.
private let assetsDirectory: String = {
    let steps = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return steps.joined(separator: "/") + "/assets"
}()
