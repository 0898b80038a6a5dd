import Crypto
public import Transport

/// Where a profile's sessions are kept, one file a server, so that a start needs no sign-in.
///
/// Programs that run at once with one profile share its session at a server.
public struct SessionStore: Hashable, Sendable {
    private static let maxReadableBytes = 64
    private static let maxMethodBytes = 64

    /// The directory of the files, which is made when the first is; for its owner alone.
    let directory: String
    /// Whose sessions they are.
    let profile: String

    /// Takes a directory and a profile's name as a keyring allows it.
    init(directory: String, profile: String) {
        self.directory = directory
        self.profile = profile
    }

    /// The file for one holder's session at one server: `PROFILE@SCHEME-HOST-PORT-DIGEST.session`.
    ///
    /// What is readable tells a person which is which, the digest of server and holder tells them apart. No key's
    /// file has an `@` in its name.
    func file(server: ServerURL, holder: SessionHolder) -> SessionFile {
        let stem = Self.stem(profile: profile, server: server, holder: holder.bytes)
        return SessionFile(
            file: PrivateFile(
                directory: directory, name: stem + ".session", maxBytes: SessionFile.maxBytes),
            server: server.description, holder: holder)
    }

    /// How the profile signs in at a server.
    ///
    /// It is kept beside the sessions, so that who signed in with Google once is never signed in as the account
    /// of a key in its place, also when that session is over.
    public func method(at server: ServerURL) throws(KeyringError) -> SignInMethod {
        guard let word = try methodFile(server).read() else { return .key }
        return SignInMethod(rawValue: String(word.prefix { !$0.isWhitespace })) ?? .key
    }

    /// Keeps how the profile signs in at a server from now on.
    public func choose(_ method: SignInMethod, at server: ServerURL) throws(KeyringError) {
        let file = methodFile(server)
        switch method {
        case .key: try file.remove()
        case .google: try file.replace(method.rawValue + "\n")
        }
    }

    private func methodFile(_ server: ServerURL) -> PrivateFile {
        let stem = Self.stem(profile: profile, server: server, holder: [])
        return PrivateFile(directory: directory, name: stem + ".method", maxBytes: Self.maxMethodBytes)
    }

    private static func stem(profile: String, server: ServerURL, holder: [UInt8]) -> String {
        let readable = String(
            server.host.prefix(maxReadableBytes).map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "_" })
        let digest = SHA256.hash(Array("\(server) ".utf8) + holder).prefix(8)
        let hex = digest.map { (byte: UInt8) in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        let scheme = server.isSecure ? "https" : "http"
        return "\(profile)@\(scheme)-\(readable)-\(server.port)-\(hex.joined())"
    }
}
