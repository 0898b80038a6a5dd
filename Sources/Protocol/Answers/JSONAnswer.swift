/// An HTTP answer whose body is one JSON object.
public protocol JSONAnswer {
    /// The body.
    func json() -> [UInt8]
    /// Reads a body; the failure names the field that is missing or wrong.
    init(json: [UInt8]) throws(Failure)
}

/// The answer to a challenge request: `{"challenge"}`.
public struct ChallengeAnswer: Hashable, Sendable {
    /// Bytes to sign, good once and for a minute.
    public var challenge: [UInt8]

    /// Wraps the bytes.
    public init(challenge: [UInt8]) {
        self.challenge = challenge
    }
}

extension ChallengeAnswer: JSONAnswer {
    /// `{"challenge"}` in base64.
    public func json() -> [UInt8] {
        JSONWriter.object { $0.base64("challenge", challenge) }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        self.init(challenge: try JSONFields(json).bytes("challenge"))
    }
}

extension GuestAnswer: JSONAnswer {
    /// `{"token","session_id","account":{"id","name"},"expires_in"}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.field("token", token)
            $0.field("session_id", sessionID.description)
            $0.field("account", account)
            $0.field("expires_in", expiresInSeconds)
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        self.init(
            token: try fields.string("token"), sessionID: try fields.identifier("session_id"),
            account: try fields.account(), expiresInSeconds: try fields.int("expires_in"))
    }
}

extension SessionAnswer: JSONAnswer {
    /// `{"access_token","refresh_token","token_type","expires_in","session_id","account"}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.field("access_token", accessToken)
            $0.field("refresh_token", refreshToken)
            $0.field("token_type", "Bearer")
            $0.field("expires_in", expiresInSeconds)
            $0.field("session_id", sessionID.description)
            $0.field("account", account)
        }
    }

    /// Reads what `json` writes; the only type of token is `Bearer`.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        guard try fields.string("token_type") == "Bearer" else {
            throw fields.refusal("token_type", "Bearer")
        }
        self.init(
            accessToken: try fields.string("access_token"), refreshToken: try fields.string("refresh_token"),
            expiresInSeconds: try fields.int("expires_in"), sessionID: try fields.identifier("session_id"),
            account: try fields.account())
    }
}

extension MeAnswer: JSONAnswer {
    /// `{"id","name","status","points","roles","skin","login_bonus","google"?}`, skin and bonus null where there
    /// is none.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.field("id", account.id.description)
            $0.field("name", account.name)
            $0.field("status", status.rawValue)
            $0.field("points", points)
            $0.field("roles", roles)
            if let skin { $0.field("skin", skin.rawValue) } else { $0.null("skin") }
            if let loginBonus {
                $0.object("login_bonus") {
                    $0.field("points", loginBonus.points)
                    $0.field("streak_days", loginBonus.streakDays)
                }
            } else {
                $0.null("login_bonus")
            }
            if let google { $0.field("google", google) }
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        self.init(
            account: AccountName(id: try fields.identifier("id"), name: try fields.string("name")),
            status: try fields.status(), points: try fields.int("points"), roles: try fields.strings("roles"),
            skin: fields.has("skin") ? try fields.skinID("skin") : nil,
            loginBonus: fields.has("login_bonus") ? try Self.bonus(fields.object("login_bonus")) : nil,
            google: fields.has("google") ? try fields.bool("google") : nil)
    }
}

extension MeAnswer {
    private static func bonus(_ fields: JSONFields) throws(Failure) -> LoginBonusAnswer {
        LoginBonusAnswer(
            points: try fields.gameCount("points"), streakDays: try fields.gameCount("streak_days"))
    }
}

extension Failure: JSONAnswer {
    /// `{"error":{"code","message","retry_after_ms"?}}`.
    public func json() -> [UInt8] {
        JSONWriter.object { json in json.object("error") { $0.failure(self) } }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        self = try JSONFields(json).object("error").failure()
    }
}
