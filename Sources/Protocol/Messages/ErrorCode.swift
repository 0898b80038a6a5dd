/// The contract's words for what went wrong, the same over HTTP and WebSocket.
public enum ErrorCode: String, CaseIterable, Sendable, Codable {
    case badRequest = "bad_request"
    case unauthorized
    case tokenExpired = "token_expired"
    case signInRequired = "sign_in_required"
    case forbidden
    case banned
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case bodyTooLarge = "body_too_large"
    case rateLimited = "rate_limited"
    case cooldown
    case storageUnavailable = "storage_unavailable"
    case notPlaying = "not_playing"
    case outOfBounds = "out_of_bounds"
    case badColor = "bad_color"
    case nothingToUndo = "nothing_to_undo"
    case versionAhead = "version_ahead"
    case epochChanged = "epoch_changed"
    case queueFull = "queue_full"
    case nameTaken = "name_taken"
    case invalidSignature = "invalid_signature"
    case invalidChallenge = "invalid_challenge"
    case invalidRefreshToken = "invalid_refresh_token"
    case refreshReused = "refresh_reused"
    case originRefused = "origin_refused"
    case upgradeRequired = "upgrade_required"
    case shuttingDown = "shutting_down"
    case noActiveGame = "no_active_game"
    case implausibleClicks = "implausible_clicks"
    case pushTooSoon = "push_too_soon"
    case gameOverlaps = "game_overlaps"
    case puzzleOpen = "puzzle_open"
    case noPuzzle = "no_puzzle"
    case relayFull = "relay_full"
    case relayStarted = "relay_started"
    case relayNotRunning = "relay_not_running"
    case notInRelay = "not_in_relay"
    case playerOut = "player_out"
    case runOpen = "run_open"
    case runOver = "run_over"
    case pointRejected = "point_rejected"
    case alreadyOwned = "already_owned"
    case notOwned = "not_owned"
    case notEnoughPoints = "not_enough_points"
    case adNotOver = "ad_not_over"
    case protectedArea = "protected_area"
    case rollbackRunning = "rollback_running"
    case historyGone = "history_gone"
    case internalError = "internal_error"
    case invalidIDToken = "invalid_id_token"
    case emailNotVerified = "email_not_verified"
    case googleNotConfigured = "google_not_configured"
    case googleUnavailable = "google_unavailable"
    /// The Google account is another player's.
    case googleTaken = "google_taken"
    /// The player has a Google account already.
    case googleLinked = "google_linked"
    case authorizationPending = "authorization_pending"
    case slowDown = "slow_down"
    case expiredToken = "expired_token"
    case accessDenied = "access_denied"
    case unsupportedGrantType = "unsupported_grant_type"

    /// The HTTP status that carries this code (RFC 9110, RFC 6585).
    public var httpStatus: Int {
        switch self {
        case .badRequest, .outOfBounds, .badColor, .versionAhead, .authorizationPending, .slowDown,
            .expiredToken,
            .accessDenied, .unsupportedGrantType:
            400
        case .unauthorized, .tokenExpired, .invalidSignature, .invalidChallenge, .invalidRefreshToken,
            .refreshReused, .invalidIDToken:
            401
        case .signInRequired, .forbidden, .banned, .originRefused, .notInRelay, .protectedArea,
            .emailNotVerified:
            403
        case .notFound, .noPuzzle, .googleNotConfigured: 404
        case .methodNotAllowed: 405
        case .notPlaying, .nothingToUndo, .epochChanged, .nameTaken, .queueFull, .noActiveGame, .gameOverlaps,
            .puzzleOpen, .relayFull, .relayStarted, .relayNotRunning, .playerOut, .runOpen, .runOver,
            .alreadyOwned, .notOwned, .notEnoughPoints, .adNotOver, .rollbackRunning, .googleTaken,
            .googleLinked:
            409
        case .historyGone: 410
        case .bodyTooLarge: 413
        case .implausibleClicks, .pointRejected: 422
        case .upgradeRequired: 426
        case .rateLimited, .cooldown, .pushTooSoon: 429
        case .internalError: 500
        case .storageUnavailable, .shuttingDown, .googleUnavailable: 503
        }
    }
}

/// A refusal: its code, a sentence for whoever can act on it, and when to try again.
public struct Failure: Error, Hashable, Sendable {
    /// The contract's code.
    public var code: ErrorCode
    /// One sentence for a person.
    public var message: String
    /// With a limit: when the next try can pass, in milliseconds.
    public var retryAfterMs: Int?

    /// Joins the parts.
    public init(_ code: ErrorCode, _ message: String, retryAfterMs: Int? = nil) {
        self.code = code
        self.message = message
        self.retryAfterMs = retryAfterMs
    }
}
