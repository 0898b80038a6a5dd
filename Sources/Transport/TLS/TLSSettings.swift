/// The files a TLS server needs, both PEM.
public struct TLSServerSettings: Hashable, Sendable {
    /// The certificate, followed by those that lead to its authority.
    public var certificateFile: String
    /// The certificate's private key.
    public var keyFile: String

    /// Names the files.
    public init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}

/// Whom a TLS client trusts.
public struct TLSClientSettings: Hashable, Sendable {
    /// A PEM file of authorities; nil takes the system's.
    public var authorityFile: String?
    /// Whether the certificate and the host's name are checked.
    public var verifies: Bool

    /// Checks against the system's authorities unless told otherwise.
    public init(authorityFile: String? = nil, verifies: Bool = true) {
        self.authorityFile = authorityFile
        self.verifies = verifies
    }
}
