/// How a profile signs in at a server.
public enum SignInMethod: String, Hashable, Sendable, CaseIterable, Codable {
    /// By the profile's key.
    case key
    /// By Google, in a browser.
    case google
}

/// Whose kept session is: that of a device's key, or of whoever signed in with Google.
enum SessionHolder: Hashable, Sendable {
    /// The public key's bytes.
    case key([UInt8])
    case google

    /// What tells the holder apart from others of one profile.
    var bytes: [UInt8] {
        switch self {
        case .key(let publicKey): publicKey
        case .google: Array(SignInMethod.google.rawValue.utf8)
        }
    }
}
