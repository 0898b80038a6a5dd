import Crypto
public import Protocol
public import Transport

/// Where a person's bookmarks on one server are kept, whatever the profile.
///
/// They were made by hand, so a file that can't be read is never replaced: who asks for it learns what is wrong.
public struct BookmarkFile: Sendable {
    /// A hundred of the longest names that people use fit in.
    private static let maxBytes = 64 * 1024
    private static let maxReadableBytes = 64

    private let file: PrivateFile

    /// Takes a directory, which is made when something is kept, and the server.
    ///
    /// What is readable of the name tells a person which is which, the digest of the server tells them apart.
    init(directory: String, server: ServerURL) {
        let readable = String(
            server.host.prefix(Self.maxReadableBytes).map {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "_"
            })
        let digest = SHA256.hash(Array(server.description.utf8)).prefix(8)
        let hex = digest.map { (byte: UInt8) in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        // No profile's name has an `@` in it, and no session's file ends like this one.
        file = PrivateFile(
            directory: directory, name: "@\(readable)-\(server.port)-\(hex.joined()).bookmarks.json",
            maxBytes: Self.maxBytes)
    }

    /// What is kept; none where there is no file.
    /// - Throws: `KeyringError` in one line that names the file.
    public func load() throws(KeyringError) -> Bookmarks {
        guard let text = try file.read() else { return Bookmarks() }
        do throws(Failure) {
            return try Bookmarks(json: Array(text.utf8))
        } catch { throw KeyringError("\(file.path): \(error.message)") }
    }

    /// Keeps these in place of any others.
    /// - Throws: `KeyringError` in one line that names the file; what stood there before stands there still.
    public func save(_ bookmarks: Bookmarks) throws(KeyringError) {
        try file.replace(String(decoding: bookmarks.json(), as: UTF8.self))
    }
}

extension Keyring {
    /// Where bookmarks on a server are kept.
    public func bookmarkFile(server: ServerURL) -> BookmarkFile {
        BookmarkFile(directory: directory, server: server)
    }
}
