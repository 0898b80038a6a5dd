import Protocol

/// What the owner asked for about playing, until the server's answer.
///
/// Only a person's, or a script's, own word may start play: a connection that was lost comes back without asking
/// again, unless the word was never answered.
struct PlayWish {
    /// What can be asked for.
    enum Word { case play, leave }

    /// What still waits for an answer.
    private(set) var word: Word?
    /// The message that carried it; nil where none did yet.
    private var messageID: Int?
    /// Whether the handshake asked to play and wasn't answered.
    private var isInHandshake = false

    init(_ word: Word?) {
        self.word = word
    }

    var isForPlay: Bool { word == .play }

    /// The owner asks; no message carried it yet.
    mutating func ask(_ word: Word) {
        self.word = word
        messageID = nil
    }

    /// A message carries it; nil where none could be sent.
    mutating func sent(_ messageID: Int?) { self.messageID = messageID }

    /// A handshake begins.
    ///
    /// - Returns: whether it asks to play.
    mutating func beginHandshake() -> Bool {
        messageID = nil
        isInHandshake = isForPlay
        return isInHandshake
    }

    /// The socket is open, and the server told the account's state as it was before it heard the handshake's word.
    ///
    /// - Returns: what has to be said by a message.
    mutating func welcomed(as status: StatusWord) -> Word? {
        let takesPart = status == .playing || status == .queued
        switch word {
        case .play:
            if takesPart { word = nil }
            return isInHandshake ? nil : word
        case .leave:
            if !takesPart, !isInHandshake { word = nil }
            return word
        case nil: return nil
        }
    }

    /// The server told a state, in answer to a message or unasked.
    mutating func told(_ status: PlayerStatus, replyTo: Int?) {
        isInHandshake = false
        switch (status, word) {
        case (.queued, .play), (.playing, .play), (.afk, .leave): word = nil
        // The server's goodbye may have crossed a message that is still on its way.
        case (.afk, .play) where messageID == nil || messageID == replyTo: word = nil
        case (.queued, _), (.playing, _), (.afk, _): break
        }
    }

    /// The server refused something.
    mutating func refused(_ failure: Failure, replyTo: Int?) {
        let isAnswer = replyTo.map { $0 == messageID } ?? (isInHandshake && Self.refusesPlay(failure.code))
        guard isAnswer else { return }
        word = nil
        isInHandshake = false
    }

    /// Whether it is what `play` in a handshake is refused with, there being no message that it could answer.
    private static func refusesPlay(_ code: ErrorCode) -> Bool {
        code == .queueFull || code == .signInRequired
    }
}
