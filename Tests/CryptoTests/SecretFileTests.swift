import Crypto
import Glibc
import Testing

/// A fresh directory that goes when the test does.
final class TemporaryDirectory {
    let path: String

    init() throws {
        var template = Array("/tmp/pixelwars-crypto-XXXXXX".utf8CString)
        path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        for name in ["secret", "link"] { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}

@Suite struct SecretFileTests {
    let directory: TemporaryDirectory
    var path: String { directory.path + "/secret" }

    init() throws {
        directory = try TemporaryDirectory()
    }

    func mode(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
    }

    @Test("a secret is made once, for its owner alone, and the same ever after")
    func madeOnce() throws {
        let first = try SecretFile.loadOrCreate(path, bytes: 32)
        #expect(first.count == 32)
        #expect(mode(path) == 0o600)
        #expect(try SecretFile.loadOrCreate(path, bytes: 32) == first)
        // Nothing but the secret is left: the directory can be removed as soon as the secret is gone.
        unlink(path)
        #expect(rmdir(directory.path) == 0)
        mkdir(directory.path, 0o700)
    }

    @Test("a secret that others can read is refused", arguments: [0o640, 0o604, 0o644, 0o620] as [mode_t])
    func readableByOthers(mode: mode_t) throws {
        _ = try SecretFile.loadOrCreate(path, bytes: 32)
        chmod(path, mode)
        #expect(throws: CryptoError.file(path: path, message: "can be read by others; run chmod 600 on it")) {
            try SecretFile.loadOrCreate(path, bytes: 32)
        }
    }

    @Test("a secret of another length is refused and left as it is")
    func wrongLength() throws {
        let secret = try SecretFile.loadOrCreate(path, bytes: 16)
        #expect(throws: CryptoError.file(path: path, message: "holds 16 bytes instead of 32")) {
            try SecretFile.loadOrCreate(path, bytes: 32)
        }
        #expect(try SecretFile.loadOrCreate(path, bytes: 16) == secret)
    }

    @Test("a link, a directory or a pipe in the secret's place is refused")
    func notAFile() throws {
        let link = directory.path + "/link"
        symlink(path, link)
        #expect(throws: CryptoError.self) { try SecretFile.loadOrCreate(link, bytes: 32) }
        #expect(throws: CryptoError.self) { try SecretFile.loadOrCreate(directory.path, bytes: 32) }
        mkfifo(path, 0o600)
        #expect(throws: CryptoError.file(path: path, message: "is not a file")) {
            try SecretFile.loadOrCreate(path, bytes: 32)
        }
    }

    @Test("a directory that isn't there is named in the error")
    func missingDirectory() {
        let missing = directory.path + "/none/secret"
        #expect(throws: CryptoError.file(path: missing, message: "can't be made: No such file or directory"))
        {
            try SecretFile.loadOrCreate(missing, bytes: 32)
        }
    }
}
