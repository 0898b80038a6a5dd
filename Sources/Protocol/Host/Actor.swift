/// Who gives a host's command.
public enum Actor: Hashable, Sendable, Codable {
    /// Whoever may write to the data directory: `pixelwars-server admin …` and its like.
    case console
    /// An account with a role that allows it.
    case account(Identifier)
    /// A person on Telegram whose number the host allowed.
    case telegram(user: Int64)
}
