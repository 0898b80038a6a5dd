import Protocol

/// What a sign-in granted, with the times by this machine's clock between which it is good.
struct SessionTokens: Hashable, Sendable {
    /// For `Authorization: Bearer`.
    var accessToken: String
    /// Good for one refresh.
    var refreshToken: String
    /// When the server granted them, in milliseconds since 1970.
    var issuedMs: Int64
    var accessExpiresMs: Int64
    var refreshExpiresMs: Int64
    /// When the refresh token was first sent, while no answer came: the server may have taken it all the same.
    var refreshSentMs: Int64?
    /// The sign-in's id, the same after each refresh.
    var sessionID: Identifier
    /// Who signed in.
    var account: AccountName
}

extension SessionTokens {
    /// The latest time that counts as one: 2^53, which every JSON reader holds.
    private static let maxMs: Int64 = 1 << 53
    private static let maxTokenBytes = 2048

    /// What the server granted just now.
    init(_ answer: SessionAnswer, nowMs: Int64) {
        let lifeSeconds = min(max(0, answer.expiresInSeconds), Limits.refreshTokenSeconds)
        self.init(
            accessToken: answer.accessToken, refreshToken: answer.refreshToken, issuedMs: nowMs,
            accessExpiresMs: nowMs + Int64(lifeSeconds) * 1000,
            refreshExpiresMs: nowMs + Int64(Limits.refreshTokenSeconds) * 1000, refreshSentMs: nil,
            sessionID: answer.sessionID, account: answer.account)
    }

    /// Whether the tokens can stand in a request and the times can be reckoned with, wherever they came from.
    var isSound: Bool {
        let isToken = { (text: String) in
            (1...Self.maxTokenBytes).contains(text.utf8.count)
                && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        }
        return isToken(accessToken) && isToken(refreshToken) && issuedMs >= 0 && issuedMs <= accessExpiresMs
            && accessExpiresMs <= Self.maxMs && issuedMs <= refreshExpiresMs
            && refreshExpiresMs <= Self.maxMs && (0...Self.maxMs).contains(refreshSentMs ?? 0)
    }

    /// When the access token is to be replaced: a quarter of its life is left for a refresh that has to be tried
    /// again.
    var renewalMs: Int64 { issuedMs + (accessExpiresMs - issuedMs) / 4 * 3 }

    /// Whether the access token has ample life left; one from a future that the clock doesn't know has none.
    func isFresh(atMs nowMs: Int64) -> Bool { issuedMs <= nowMs && nowMs < renewalMs }

    /// Whether the refresh token may be sent: a server takes one that was used before for a theft, unless it
    /// comes again soon.
    func canRefresh(atMs nowMs: Int64, repeatMs: Int) -> Bool {
        guard nowMs < refreshExpiresMs else { return false }
        guard let refreshSentMs else { return true }
        return (0..<Int64(repeatMs)).contains(nowMs - refreshSentMs)
    }
}

extension SessionTokens: Codable {
    private enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case issuedMs = "issued_ms"
        case accessExpiresMs = "access_expires_ms"
        case refreshExpiresMs = "refresh_expires_ms"
        case refreshSentMs = "refresh_sent_ms"
        case sessionID = "session_id"
        case account
    }
}
