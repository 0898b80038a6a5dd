import Protocol
import Transport

extension Setting {
    /// The bot on Telegram.
    static let telegram: [Setting] = [
        file(
            "telegram-token-file",
            help: "the token of a Telegram bot, for its owner's eyes only (mode 600); with --telegram-user",
            \.telegram.tokenFile),
        numbers(
            "telegram-user", "ID", help: "a person who may give orders there, by number", 1...Int64.max,
            wanted: "a person's number on Telegram", \.telegram.users),
        numbers(
            "telegram-group", "ID", help: "a group in which they may, by number; in private they always may",
            Int64.min...(-1), wanted: "a group's number on Telegram, which is negative", \.telegram.groups),
        Setting("telegram-api", "URL", help: "where the Bot API is") { text, configuration in
            guard ServerURL(text) != nil else {
                return Problem(wanted: "http:// or https:// with a host, and a port or none")
            }
            configuration.telegram.api = text
            return nil
        } show: {
            [$0.telegram.api]
        },
        number(
            "telegram-poll-seconds", "S", Limits.telegramPollSeconds,
            help: "how long Telegram is to hold a call for updates", \.telegram.pollSeconds),
    ]

    private static func numbers(
        _ name: String, _ valueName: String, help: String, _ bounds: ClosedRange<Int64>, wanted: String,
        _ field: any WritableKeyPath<ServerConfiguration, [Int64]> & Sendable
    ) -> Setting {
        Setting(name, valueName, help: help + " (repeatable)", isRepeatable: true) { text, configuration in
            guard let number = Int64(text), bounds.contains(number) else { return Problem(wanted: wanted) }
            configuration[keyPath: field].append(number)
            return nil
        } show: {
            $0[keyPath: field].map(String.init)
        }
    }
}

extension ServerConfiguration.TelegramBot {
    /// What is wrong with the settings together; nil where nothing is.
    var problem: String? {
        if tokenFile == nil {
            return users.isEmpty && groups.isEmpty
                ? nil : "--telegram-user and --telegram-group go with --telegram-token-file"
        }
        return users.isEmpty ? "--telegram-token-file goes with at least one --telegram-user" : nil
    }
}
