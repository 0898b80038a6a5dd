import Crypto
import Engine
import Protocol
import Telegram
import Transport

extension TelegramDesk {
    /// What a desk needs to know of its host.
    struct Settings {
        let api: ServerURL
        let token: BotToken
        let rules: BotRules

        /// Reads the token's file; nil where a host has no bot.
        init?(_ settings: ServerConfiguration.TelegramBot) throws(ServerProcess.StartFailure) {
            guard let file = settings.tokenFile else { return nil }
            let text: String
            do throws(CryptoError) {
                text = try SecretFile.text(file, maxBytes: Limits.maxTelegramTokenBytes)
            } catch {
                throw ServerProcess.StartFailure(message: "telegram-token-file \(error.description)")
            }
            guard let token = BotToken(text) else {
                throw ServerProcess.StartFailure(
                    message: "telegram-token-file \(file): it holds no token as BotFather gives them")
            }
            guard let api = ServerURL(settings.api) else {
                preconditionFailure("the address was checked with the settings")
            }
            self.api = api
            self.token = token
            rules = BotRules(
                bot: token.bot, users: settings.users, groups: settings.groups,
                pollSeconds: settings.pollSeconds)
        }

        /// What is kept of this bot.
        func memory(_ books: TelegramBooks) -> BotMemory {
            BotMemory(
                offset: books.offsets.first { $0.bot == token.bot },
                chats: books.chats.filter { $0.bot == token.bot },
                owed: books.owed.filter { $0.bot == token.bot })
        }
    }
}
