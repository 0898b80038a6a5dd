/// Why a WebSocket was closed: RFC 6455 §7.4.1 below 4000, the contract's own from 4001.
public enum CloseCode: UInt16, Sendable, CaseIterable {
    case normal = 1000
    case goingAway = 1001
    case protocolError = 1002
    case wrongFrameKind = 1003
    case invalidUTF8 = 1007
    case messageTooBig = 1009
    case internalError = 1011
    case afk = 4001
    case sessionOver = 4002
    case replaced = 4003
    case signedOut = 4004
    case banned = 4005
    case tooManyMessages = 4008
    case tooSlow = 4009

    /// Whether a client may reconnect by itself after this code.
    public var allowsReconnect: Bool {
        switch self {
        case .afk, .replaced, .signedOut, .banned: false
        case .normal, .goingAway, .protocolError, .wrongFrameKind, .invalidUTF8, .messageTooBig,
            .internalError,
            .sessionOver, .tooManyMessages, .tooSlow:
            true
        }
    }
}
