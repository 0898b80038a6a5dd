import Protocol

extension CloseCode {
    /// A few words for the close frame (RFC 6455 §7.1.6: 123 bytes at most).
    var reason: String {
        switch self {
        case .normal: ""
        case .goingAway: "the server is stopping"
        case .protocolError: "protocol error"
        case .wrongFrameKind: "wrong frame kind"
        case .invalidUTF8: "invalid UTF-8"
        case .messageTooBig: "message too big"
        case .internalError: "internal error"
        case .afk: "afk"
        case .sessionOver: "session over"
        case .replaced: "replaced by a newer connection"
        case .signedOut: "signed out"
        case .banned: "banned"
        case .tooManyMessages: "too many messages"
        case .tooSlow: "too slow"
        }
    }
}
