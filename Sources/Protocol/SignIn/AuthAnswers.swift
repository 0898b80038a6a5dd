/// The answer to `GET /api/auth/methods`: `{"device_key","google"}`.
public struct AuthMethodsAnswer: Hashable, Sendable {
    /// Whether a device's key signs in; it always does.
    public var deviceKey: Bool
    /// Whether a Google account signs in.
    public var google: Bool

    /// Joins the parts.
    public init(deviceKey: Bool = true, google: Bool) {
        self.deviceKey = deviceKey
        self.google = google
    }
}

extension AuthMethodsAnswer: JSONAnswer {
    /// `{"device_key","google"}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.field("device_key", deviceKey)
            $0.field("google", google)
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        self.init(deviceKey: try fields.bool("device_key"), google: try fields.bool("google"))
    }
}

/// The answer to `POST /api/auth/device/authorize` (RFC 8628 §3.2).
public struct DeviceAuthorizationAnswer: Hashable, Sendable {
    /// The terminal's secret, for `POST /api/auth/device/token`.
    public var deviceCode: String
    /// What the person enters.
    public var userCode: UserCode
    /// Where.
    public var verificationURI: String
    /// The same with the code in it, for a QR code.
    public var verificationURIComplete: String
    /// Seconds that all of this lives.
    public var expiresInSeconds: Int
    /// Seconds between two polls.
    public var intervalSeconds: Int

    /// Joins the parts.
    public init(
        deviceCode: String, userCode: UserCode, verificationURI: String, verificationURIComplete: String,
        expiresInSeconds: Int, intervalSeconds: Int
    ) {
        self.deviceCode = deviceCode
        self.userCode = userCode
        self.verificationURI = verificationURI
        self.verificationURIComplete = verificationURIComplete
        self.expiresInSeconds = expiresInSeconds
        self.intervalSeconds = intervalSeconds
    }
}

extension DeviceAuthorizationAnswer: JSONAnswer {
    /// `{"device_code","user_code","verification_uri","verification_uri_complete","expires_in","interval"}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.field("device_code", deviceCode)
            $0.field("user_code", userCode.description)
            $0.field("verification_uri", verificationURI)
            $0.field("verification_uri_complete", verificationURIComplete)
            $0.field("expires_in", expiresInSeconds)
            $0.field("interval", intervalSeconds)
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        guard let userCode = UserCode(typed: try fields.string("user_code")) else {
            throw fields.refusal("user_code", "\(UserCode.length) consonants")
        }
        self.init(
            deviceCode: try fields.string("device_code"), userCode: userCode,
            verificationURI: try fields.string("verification_uri"),
            verificationURIComplete: try fields.string("verification_uri_complete"),
            expiresInSeconds: try fields.gameCount("expires_in"),
            intervalSeconds: try fields.gameCount("interval"))
    }
}
