import Client
import Glibc
import Testing

/// A place for keys and sessions that goes when this value does.
final class StateDirectory {
    private let root: String
    let keyring: Keyring

    init() throws {
        var template = Array("/tmp/pixelwars-state-XXXXXX".utf8CString)
        root = String(cString: try #require(mkdtemp(&template)))
        keyring = Keyring(directory: root + "/state/pixelwars")
    }

    deinit {
        for name in names() { unlink(path(name)) }
        rmdir(keyring.directory)
        rmdir(root + "/state")
        rmdir(root)
    }

    func path(_ name: String) -> String { keyring.directory + "/" + name }

    func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    func names() -> [String] {
        guard let directory = opendir(keyring.directory) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Puts a text in a file's place, whatever stood there.
    func write(_ text: String, to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        try #require(file >= 0)
        defer { close(file) }
        let bytes = Array(text.utf8)
        try #require(Glibc.write(file, bytes, bytes.count) == bytes.count)
    }
}
