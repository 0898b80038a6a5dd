import FoundationEssentials
import Protocol

/// One kept session: JSON that is replaced whole.
///
/// It is read at any time, and written by whoever holds its lock. A file that is damaged, or isn't this key's at
/// this server, counts as none; the next sign-in replaces it.
struct SessionFile: Sendable {
    static let maxBytes = 8 * 1024

    let file: PrivateFile
    /// The server's URL.
    let server: String
    /// The device's key in base64.
    let publicKey: String

    /// What is kept; nil where there is nothing to rely on.
    func read() -> SessionTokens? {
        // Whatever is wrong with the file, the key signs in and makes a good one.
        guard let text = try? file.read(),
            let record = try? JSONDecoder().decode(SessionRecord.self, from: Data(text.utf8)),
            record.server == server, record.publicKey == publicKey, record.tokens.isSound
        else { return nil }
        return record.tokens
    }

    /// Keeps these tokens in place of any others.
    func write(_ tokens: SessionTokens) throws(KeyringError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let record = SessionRecord(server: server, publicKey: publicKey, tokens: tokens)
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
    var publicKey: String
    var tokens: SessionTokens
}

extension SessionRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case server
        case publicKey = "public_key"
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        server = try fields.decode(String.self, forKey: .server)
        publicKey = try fields.decode(String.self, forKey: .publicKey)
        tokens = try SessionTokens(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(server, forKey: .server)
        try fields.encode(publicKey, forKey: .publicKey)
        try tokens.encode(to: encoder)
    }
}
