import Protocol

/// Who waits for an answer.
enum Asker: Hashable, Sendable {
    case request(RequestID)
    case socket(ConnectionID, id: Int?)
}

/// An answer that is held until what it tells is durable.
struct Held: Sendable {
    var asker: Asker
    var answer: HeldAnswer
}

/// What a held answer will say.
enum HeldAnswer: Sendable {
    case placed(PlacedAnswer)
    case session(Identity, name: String, refreshToken: [UInt8], isNew: Bool)
}

/// How to take a directory's or session table's change back when its commit failed.
enum Reversal: Sendable {
    case account(Identifier)
    case session(Identifier, former: SessionRecord?)
}
