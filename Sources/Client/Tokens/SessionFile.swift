import Crypto
import FoundationEssentials
import Protocol

/// One kept session: JSON that is replaced whole.
///
/// It is read at any time, and written by whoever holds its lock. A file that is damaged, or isn't this holder's at
/// this server, counts as none; the next sign-in replaces it.
struct SessionFile: Sendable {
    static let maxBytes = 8 * 1024

    let file: PrivateFile
    /// The server's URL.
    let server: String
    let holder: SessionHolder

    /// What is kept; nil where there is nothing to rely on.
    func read() -> SessionTokens? {
        // Whatever is wrong with the file, the key signs in and makes a good one.
        guard let text = try? file.read(),
            let record = try? JSONDecoder().decode(SessionRecord.self, from: Data(text.utf8)),
            record.server == server, record.holder == holder, record.tokens.isSound
        else { return nil }
        return record.tokens
    }

    /// Keeps these tokens in place of any others.
    func write(_ tokens: SessionTokens) throws(KeyringError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let record = SessionRecord(server: server, holder: holder, tokens: tokens)
        guard tokens.isSound, let json = try? encoder.encode(record) else {
            throw KeyringError("\(file.path): the session is none to keep")
        }
        // After a power cut an older session may stand there: at worst the key signs in anew.
        try file.replace(String(decoding: json, as: UTF8.self) + "\n", isSynced: false)
    }

    /// Takes the session away.
    func remove() throws(KeyringError) { try file.remove() }

    /// Takes the right to change the file, without waiting; nil while another program has it.
    func lock() throws(KeyringError) -> FileLock? { try file.lock() }
}

/// The file's content: the tokens with whose they are.
private struct SessionRecord {
    var server: String
    var holder: SessionHolder
    var tokens: SessionTokens
}

extension SessionRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case server
        case publicKey = "public_key"
        case method = "sign_in"
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        server = try fields.decode(String.self, forKey: .server)
        if let text = try fields.decodeIfPresent(String.self, forKey: .publicKey) {
            guard let key = Base64.decode(text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .publicKey, in: fields, debugDescription: "not base64")
            }
            holder = .key(key)
        } else {
            guard try fields.decode(SignInMethod.self, forKey: .method) == .google else {
                throw DecodingError.dataCorruptedError(
                    forKey: .method, in: fields, debugDescription: "a key's session names the key")
            }
            holder = .google
        }
        tokens = try SessionTokens(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(server, forKey: .server)
        switch holder {
        case .key(let key): try fields.encode(Base64.encode(key), forKey: .publicKey)
        case .google: try fields.encode(SignInMethod.google, forKey: .method)
        }
        try tokens.encode(to: encoder)
    }
}
