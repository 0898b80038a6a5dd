import Game
import Protocol

/// Who waits for an answer.
enum Asker: Hashable, Sendable {
    case request(RequestID)
    case socket(ConnectionID, id: Int?)
    case host(HostCallID)
    case nobody
}

/// An answer that is held until what it tells is durable.
struct Held: Sendable {
    var asker: Asker
    var answer: HeldAnswer
    /// What the log says of it then.
    var log: LogEvent?
    /// When it was taken, on the monotonic clock, where that is measured.
    var takenAtUs: Int64?
}

/// What a held answer will say.
enum HeldAnswer: Sendable {
    case placed(PlacedAnswer)
    /// A sign-in's tokens; for a new one too many, the account's oldest are over.
    case session(Identity, name: String, refreshToken: [UInt8], isNew: Bool, ended: [Identifier])
    case me(MeAnswer)
    /// These sign-ins of an account or guest are over, and whoever played by them has left.
    case signedOut(Identifier, [Identifier])
    /// This sign-in of an account is over, because a used token of it came again.
    case reused(Identifier, Identifier)
    case hostDone(String)
    case clicks(ClickPushRecord, isNewHolder: Bool, pushedAtUs: Int64)
    /// Click games as they stand then; whoever asked hears the answer.
    case clickQueue(ClickQueue, Answer?)
    /// A relay as it stands then, and what its room hears.
    case relay(Relay, Relay.Events, Answer?)
    /// A run's result, for the socket that it was played on.
    case run(RunResult, account: Identifier, socket: ConnectionID)
    /// The ban of an account, or its end, with the words for the host.
    case banSet(Identifier, String)
    /// A blank canvas begins, with the words for the host.
    case newGame(EpochRecord, String)
    /// A part of a rollback is durable.
    case rolledBack(Rollback)
    /// An area is protected no longer, with the words for the host.
    case unprotected(Int, String)
    /// What is answered over HTTP as it stands.
    case response(Answer)
    /// Telegram's updates up to this one were looked at.
    case telegramHeard(update: Int64)
    /// Nobody hears of it but the log.
    case noted
}

/// How to take a table's change back when its commit failed.
enum Reversal: Sendable {
    case account(Identifier, former: AccountRecord?)
    case session(Identifier, former: SessionTable.Session?)
    case guest(Identifier, former: GuestRecord?)
    /// An account's best run of a game.
    case best(Identifier, ArcadeGameID, former: Int?)
    case ownership(Identifier, SkinID)
    case skin(SkinID, former: Skin?)
    case impression(Identifier, former: AdDesk.Open?)
    case feedback(RateKey, atUs: Int64)
    case flag(FlagRecord)
    case presence
    case audit(AuditRecord)
    case telegram(TelegramRecord)
    case knob(Knob, former: Knob.Value?)
    /// An area that was to be protected.
    case protection(Int)
    /// The end of a protected area.
    case unprotection(Int)
    /// A terminal's sign-in that was used.
    case deviceGrant(DeviceGrants.Grant)
    /// An ID token that was shown.
    case idToken(GoogleHolder)
}
