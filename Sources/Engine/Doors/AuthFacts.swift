public import Protocol

/// What the edge found out about a sign-in with Google, where keys, sockets and randomness are.
public enum AuthFacts: Hashable, Sendable {
    /// For all other routes.
    case none
    /// For an ID token: whom it proves.
    case holder(GoogleHolder)
    /// For a terminal that begins: fresh codes.
    case codes(DeviceCodes)
    /// For a terminal's poll: SHA-256 of the code it shows.
    case deviceHash([UInt8])
    /// For a browser that came back from the provider: whose sign-in it began with, and whom it proves.
    case back(UserCode, GoogleHolder)
}

/// A Google account as its verified ID token has it.
public struct GoogleHolder: Hashable, Sendable {
    /// Who it is, among all of them.
    public var id: String
    /// What the person is called there, as it stood; may be anything.
    public var name: String?
    /// When the token was made, in milliseconds since 1970, to the second.
    public var issuedAtMs: Int64
    /// When it ends, in milliseconds since 1970.
    public var expiresAtMs: Int64
    /// SHA-256 of what was signed.
    public var fingerprint: [UInt8]

    /// Joins the parts.
    public init(
        id: String, name: String?, issuedAtMs: Int64, expiresAtMs: Int64, fingerprint: [UInt8]
    ) {
        self.id = id
        self.name = name
        self.issuedAtMs = issuedAtMs
        self.expiresAtMs = expiresAtMs
        self.fingerprint = fingerprint
    }
}

/// Fresh codes for a terminal's sign-in.
public struct DeviceCodes: Hashable, Sendable {
    /// The terminal's secret, 32 bytes; leaves the engine only inside the answer.
    public var deviceCode: [UInt8]
    /// SHA-256 of it: what is kept.
    public var deviceHash: [UInt8]
    /// What the person enters.
    public var userCode: UserCode

    /// Joins the parts.
    public init(deviceCode: [UInt8], deviceHash: [UInt8], userCode: UserCode) {
        self.deviceCode = deviceCode
        self.deviceHash = deviceHash
        self.userCode = userCode
    }
}

/// A page of a terminal's sign-in, before it is laid out.
public enum DevicePage: Hashable, Sendable {
    /// Where the code is entered, and what was wrong with the last one.
    case form(code: String?, DeviceFormProblem?)
    /// Who asks for what, to be allowed or not.
    case confirm(DeviceAsk)
    /// Allowed: on to the provider, which tells who the person is.
    case leave(UserCode)
    case allowed(DeviceAsk)
    case denied
}

/// Why a code wasn't taken.
public enum DeviceFormProblem: Hashable, Sendable {
    /// Nobody was given it, or its time is over.
    case unknownCode
    /// Too many wrong ones, or too fast: wait so long, in milliseconds.
    case locked(retryAfterMs: Int)
}

/// What a terminal asks a person to allow.
public struct DeviceAsk: Hashable, Sendable {
    /// The code that the terminal shows.
    public var code: UserCode
    /// What calls itself so.
    public var client: String?
    /// Where it asks from: an IPv4 address, or an IPv6 /64.
    public var address: String
    /// How long ago, in seconds.
    public var ageSeconds: Int
    /// The account that the Google account would be linked to; none where it signs in.
    public var linksTo: String?

    /// Joins the parts.
    public init(code: UserCode, client: String?, address: String, ageSeconds: Int, linksTo: String?) {
        self.code = code
        self.client = client
        self.address = address
        self.ageSeconds = ageSeconds
        self.linksTo = linksTo
    }
}
