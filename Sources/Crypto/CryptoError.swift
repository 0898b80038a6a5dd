/// Why a key or a secret can't be used.
public enum CryptoError: Error, Hashable, Sendable {
    /// The bytes are no key: the wrong length, a weak one, or refused by the library.
    case badKey
    /// A secret's file can't be used; the message says which and why.
    case file(path: String, message: String)
}

extension CryptoError: CustomStringConvertible {
    /// One sentence for whoever can act on it.
    public var description: String {
        switch self {
        case .badKey: "the bytes are no key that can be used"
        case .file(let path, let message): "\(path): \(message)"
        }
    }
}
