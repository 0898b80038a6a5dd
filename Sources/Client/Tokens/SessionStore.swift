import Crypto
import Transport

/// Where a profile's sessions are kept, one file a server, so that a start needs no sign-in.
///
/// Programs that run at once with one profile share its session at a server.
public struct SessionStore: Hashable, Sendable {
    private static let maxReadableBytes = 64

    /// The directory of the files, which is made when the first is; for its owner alone.
    let directory: String
    /// Whose sessions they are.
    let profile: String

    /// Takes a directory and a profile's name as a keyring allows it.
    init(directory: String, profile: String) {
        self.directory = directory
        self.profile = profile
    }

    /// The file for one key at one server.
    func file(server: ServerURL, publicKey: [UInt8]) -> SessionFile {
        let name = Self.name(profile: profile, server: server, publicKey: publicKey)
        return SessionFile(
            file: PrivateFile(directory: directory, name: name, maxBytes: SessionFile.maxBytes),
            server: server.description, publicKey: Base64.encode(publicKey))
    }

    /// `PROFILE@SCHEME-HOST-PORT-DIGEST.session`.
    ///
    /// What is readable tells a person which is which, the digest of server and key tells them apart. No key's
    /// file has an `@` in its name.
    private static func name(profile: String, server: ServerURL, publicKey: [UInt8]) -> String {
        let readable = String(
            server.host.prefix(maxReadableBytes).map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "_" })
        let digest = SHA256.hash(Array("\(server) ".utf8) + publicKey).prefix(8)
        let hex = digest.map { (byte: UInt8) in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        let scheme = server.isSecure ? "https" : "http"
        return "\(profile)@\(scheme)-\(readable)-\(server.port)-\(hex.joined()).session"
    }
}
