import FoundationEssentials
import Glibc

/// A directory of a test's own, removed with it.
final class Scratch {
    let path: String

    init() throws {
        var template = Array(
            (FileManager.default.temporaryDirectory.path + "/pixelwars-storage-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else { throw POSIXFailure(number: errno) }
        path = String(cString: made)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

struct POSIXFailure: Error {
    let number: Int32
}
