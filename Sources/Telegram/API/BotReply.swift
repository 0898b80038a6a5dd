import FoundationEssentials

/// What came of a call to Telegram, as the device has it.
public enum BotReply: Hashable, Sendable {
    /// An answer in HTTP, whatever it says.
    case http(status: Int, body: [UInt8])
    /// None; with the reason in words that hold no secret.
    case none(Loss, String)

    /// Why there is no answer.
    public enum Loss: Hashable, Sendable {
        /// It can't be reached: no such name, refused, lost, timed out, TLS.
        case unreachable
        /// It was longer than allowed.
        case tooLarge
    }
}

/// Why a call came to nothing.
public enum BotFailure: Error, Hashable, Sendable {
    /// Too many calls: again after so many milliseconds (429).
    case tooFast(retryMs: Int64)
    /// The token is no bot's (401, or 404 for a path that names none).
    case badToken
    /// Another program asks for the same bot's updates, or a web hook does (409).
    case conflict(String)
    /// The call itself is refused, and would be again: a bad request, or a person who blocked the bot.
    case refused(code: Int, String)
    /// Telegram is in trouble (5xx), or what answered isn't Telegram.
    case broken(String)
    /// Nobody answered.
    case unreachable(String)
    /// The answer was longer than allowed.
    case tooLarge
}

extension BotReply {
    /// Telegram's envelope around every answer.
    private struct Envelope<Result: Decodable>: Decodable {
        var ok: Bool
        var result: Result?
        var errorCode: Int?
        var description: String?
        var parameters: Parameters?

        struct Parameters: Decodable {
            var retryAfter: Int64?
        }
    }

    /// An answer of which only the success counts.
    private struct Anything: Decodable {
        init(from decoder: any Decoder) {}
    }

    private struct SentMessage: Decodable {
        var messageId: Int64
    }

    private struct Me: Decodable {
        var username: String
    }

    /// The updates in the answer to `getUpdates`.
    func updates() throws(BotFailure) -> [Update] { try result(UpdateList.self).updates }

    /// The number of the message that was sent.
    func sentMessage() throws(BotFailure) -> Int64 { try result(SentMessage.self).messageId }

    /// The bot's own name, from `getMe`.
    func username() throws(BotFailure) -> String { try result(Me.self).username }

    /// Checks that the call was done.
    func check() throws(BotFailure) { _ = try result(Anything.self) }

    private func result<Result: Decodable>(_: Result.Type) throws(BotFailure) -> Result {
        switch self {
        case .none(.unreachable, let words): throw .unreachable(words)
        case .none(.tooLarge, _): throw .tooLarge
        case .http(let status, let body):
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let envelope = try? decoder.decode(Envelope<Result>.self, from: Data(body))
            if let envelope, envelope.ok, status == 200, let result = envelope.result { return result }
            throw Self.failure(
                status, code: envelope?.errorCode, envelope?.description, envelope?.parameters?.retryAfter)
        }
    }

    private static func failure(
        _ status: Int, code: Int?, _ description: String?, _ retryAfter: Int64?
    ) -> BotFailure {
        let words = String((description ?? "HTTP \(status)").prefix(200))
        switch code ?? status {
        case 401: return .badToken
        // Telegram's own answer to a path without a bot; a bare 404 comes from something else.
        case 404 where code != nil: return .badToken
        case 409: return .conflict(words)
        case 429: return .tooFast(retryMs: max(1, min(retryAfter ?? 1, 1 << 32)) * 1000)
        case 400..<500 where code != nil: return .refused(code: code ?? status, words)
        case 200: return .broken("an answer that can't be read")
        default: return .broken(words)
        }
    }
}
