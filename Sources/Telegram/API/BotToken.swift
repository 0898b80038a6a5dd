/// A bot's token as BotFather gives it: `123456789:AAE…`, the bot's number and a secret.
///
/// It stands in the path of every call; nothing that people read may hold it.
public struct BotToken: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The bot's number.
    public let bot: Int64
    private let secret: String

    /// Reads a token, with white space around it; nil where it is anything else.
    public init?(_ text: String) {
        var rest = text[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let bot = Int64(parts[0]), bot > 0, (20...128).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy(Self.isSecretByte)
        else { return nil }
        self.bot = bot
        secret = String(parts[1])
    }

    /// The target of a call to a method.
    public func target(of method: String) -> String { "/bot\(bot):\(secret)/\(method)" }

    /// Tells the bot's number alone.
    public var description: String { "the token of bot \(bot)" }

    /// Tells the bot's number alone.
    public var debugDescription: String { description }

    /// A text without the secret, wherever it came from.
    public func hidden(in text: String) -> String {
        var shown = ""
        var rest = text[...]
        while let range = rest.firstRange(of: secret) {
            shown += rest[..<range.lowerBound] + "…"
            rest = rest[range.upperBound...]
        }
        return shown + rest
    }

    private static func isSecretByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
