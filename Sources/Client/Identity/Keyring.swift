public import Crypto
import Glibc
public import Transport

/// The device's keys, one file a profile, readable by their owner alone.
///
/// A key is its account: it is made once, never overwritten unless forced, and appears whole or not at all.
/// What its sign-ins granted is kept beside it (`SessionStore`), and can be lost without harm.
public struct Keyring: Sendable {
    /// The profile of the terminal client where none is named.
    public static let playerProfile = "player"
    /// The bot's profile where none is named.
    public static let botProfile = "bot"

    private static let mark = "pixelwars-key-v1:"
    private static let maxProfileBytes = 64
    private static let maxKeyBytes = 4096

    /// Where the key files stand.
    public let directory: String

    /// Takes a directory, which is made when the first key is.
    public init(directory: String) {
        self.directory = directory
    }

    /// `$XDG_STATE_HOME/pixelwars`, or `~/.local/state/pixelwars` where that is unset or not absolute (as the
    /// XDG Base Directory Specification wants it).
    ///
    public static func standard() throws(KeyringError) -> Keyring {
        try standard { name in getenv(name).map { String(cString: $0) } }
    }

    /// The same with a look-up of variables of one's own.
    public static func standard(environment: (String) -> String?) throws(KeyringError) -> Keyring {
        if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
            return Keyring(directory: state + "/pixelwars")
        }
        guard let home = environment("HOME"), home.hasPrefix("/") else {
            throw KeyringError("no place for keys: neither XDG_STATE_HOME nor HOME names a directory")
        }
        return Keyring(directory: home + "/.local/state/pixelwars")
    }

    /// The profile's key; made now if there is none.
    public func key(profile: String) throws(KeyringError) -> Ed25519PrivateKey {
        let file = try file(profile)
        if let text = try file.read() { return try Self.parse(text, at: file.path) }
        // Of two programs that start at once, both use the key of the first.
        try file.create(Self.text(of: Ed25519PrivateKey()))
        guard let text = try file.read() else {
            throw KeyringError("\(file.path): vanished while it was made")
        }
        return try Self.parse(text, at: file.path)
    }

    /// Whether the profile has a key.
    public func hasKey(profile: String) throws(KeyringError) -> Bool {
        try file(profile).read() != nil
    }

    /// The profile's key as one line of text, which `importKey` takes on another machine.
    public func exportKey(profile: String) throws(KeyringError) -> String {
        let file = try file(profile)
        guard let text = try file.read() else { throw KeyringError("\(file.path): there is no such key") }
        return Self.text(of: try Self.parse(text, at: file.path))
    }

    /// Who signs in by the profile's key, which is made now if there is none, with sessions that are kept.
    ///
    /// - Parameter name: wished for at the first sign-in.
    public func identity(profile: String, name: String?) throws(KeyringError) -> ClientConfiguration.Identity
    {
        .device(
            try key(profile: profile), name: name,
            kept: SessionStore(directory: directory, profile: profile))
    }

    /// Who signs in at a server as the profile does there: with Google where a person did so last, else by its
    /// key, which is made now if it is needed and there is none.
    ///
    /// - Parameters:
    ///   - name: wished for at the key's first sign-in.
    ///   - method: another way to sign in, from now on; one by Google counts from its success on.
    public func identity(
        profile: String, name: String?, at server: ServerURL, by method: SignInMethod? = nil
    ) throws(KeyringError) -> ClientConfiguration.Identity {
        try Self.check(profile)
        let store = SessionStore(directory: directory, profile: profile)
        let kept = try store.method(at: server)
        switch method ?? kept {
        case .google: return .google(kept: store)
        case .key:
            if method != nil { try store.choose(.key, at: server) }
            return try identity(profile: profile, name: name)
        }
    }

    /// Keeps an exported key under a profile.
    ///
    /// - Parameter force: replaces a key that is there, whose account is lost with it.
    public func importKey(_ text: String, profile: String, force: Bool = false) throws(KeyringError) {
        let file = try file(profile)
        let key = try Self.parse(text, at: "imported key")
        if force { return try file.replace(Self.text(of: key)) }
        guard try file.create(Self.text(of: key)) else {
            throw KeyringError(
                "\(file.path): a key is there already, and with it an account (--force replaces it)")
        }
    }

    /// Where the profile's state before ads is kept.
    public func adGateFile(profile: String) throws(KeyringError) -> AdGateFile {
        try Self.check(profile)
        return AdGateFile(directory: directory, profile: profile)
    }

    private func file(_ profile: String) throws(KeyringError) -> PrivateFile {
        try Self.check(profile)
        return PrivateFile(directory: directory, name: profile + ".key", maxBytes: Self.maxKeyBytes)
    }

    private static func check(_ profile: String) throws(KeyringError) {
        guard isProfile(profile) else { throw KeyringError("a profile's name is \(profileRule)") }
    }

    /// What a profile's name is, for whoever typed another.
    public static let profileRule = "1 to 64 letters, digits, '-', '_' and '.', no '.' first"

    /// Whether a text may be a profile's name.
    public static func isProfile(_ text: String) -> Bool {
        let isName = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
        return !text.isEmpty && text.utf8.count <= maxProfileBytes && text.utf8.allSatisfy(isName)
            && text.first != "."
    }

    private static func text(of key: Ed25519PrivateKey) -> String {
        mark + Base64.encode(key.seed) + "\n"
    }

    private static func parse(_ text: String, at place: String) throws(KeyringError) -> Ed25519PrivateKey {
        var line = Substring(text)
        while let last = line.last, last.isWhitespace { line.removeLast() }
        guard line.hasPrefix(mark), let seed = Base64.decode(String(line.dropFirst(mark.count))),
            let key = try? Ed25519PrivateKey(rawSeed: seed)
        else { throw KeyringError("\(place): not a key (expected \(mark) and 32 bytes of base64)") }
        return key
    }
}
