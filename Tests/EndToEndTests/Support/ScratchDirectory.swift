import FoundationEssentials
import Glibc
import Testing

/// A fresh directory for one test; it goes with all it holds when this value does.
final class ScratchDirectory {
    let path: String

    init() throws {
        var template = Array("/tmp/pixelwars-e2e-XXXXXX".utf8CString)
        path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ name: String, _ text: String) throws -> String {
        let file = path + "/" + name
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }
}
