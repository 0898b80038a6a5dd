import Protocol

extension CloseCode {
    /// Whether it answers what a client must not send, so that a host wants to read of it.
    var blamesClient: Bool {
        switch self {
        case .protocolError, .wrongFrameKind, .invalidUTF8, .messageTooBig, .tooManyMessages: true
        case .normal, .goingAway, .internalError, .afk, .sessionOver, .replaced, .signedOut, .banned,
            .tooSlow:
            false
        }
    }

    /// A few words for the close frame (RFC 6455 §7.1.6: 123 bytes at most).
    var reason: String {
        switch self {
        case .normal: ""
        case .goingAway: "going away"
        case .protocolError: "protocol error"
        case .wrongFrameKind: "wrong frame kind"
        case .invalidUTF8: "invalid UTF-8"
        case .messageTooBig: "message too big"
        case .internalError: "internal error"
        case .afk: "afk"
        case .sessionOver: "session over"
        case .replaced: "replaced by a newer connection"
        case .signedOut: "signed out"
        case .banned: "banned or kicked"
        case .tooManyMessages: "too many messages"
        case .tooSlow: "too slow"
        }
    }
}
