import Engine
import Protocol

/// One WebSocket: what the server said and the client hasn't read.
struct Link: Sendable {
    enum Word: Sendable {
        case message(ServerEnvelope)
        case close(CloseCode)
    }

    /// What the sockets' buffers take before bytes count as unread.
    private static let bufferBytes = 600
    private static let reportStepBytes = 16 * 1024

    let id: ConnectionID
    let person: Int
    /// Whom its token proves.
    let holder: Identifier
    private(set) var words: [(word: Word, bytes: Int)] = []
    private var queuedBytes = 0
    private var reportedBytes = 0
    /// Until when the client reads nothing.
    var stalledUntilUs: Int64 = 0
    /// When the last word so far will arrive, either way: neither overtakes another.
    var lastDownUs: Int64 = 0
    var lastUpUs: Int64 = 0
    /// What it is told to everyone.
    var topics: Set<Topic> = []
    /// The sign-in that what it says counts for; nil where the client can't be sure.
    var session: Identifier?
    /// Whether the server has closed it, whatever the client still has to read.
    private(set) var isClosed = false
    /// Since when the engine knows of unread bytes.
    private(set) var behindSinceUs: Int64?

    init(id: ConnectionID, person: Int, identity: Identity) {
        self.id = id
        self.person = person
        holder = identity.id
        session = identity.sessionID
    }

    mutating func add(_ word: Word) {
        if case .close(let code) = word {
            isClosed = true
            if code == .tooSlow {
                words = []
                queuedBytes = 0
            }
        }
        let bytes = Self.bytes(word)
        words.append((word, bytes))
        queuedBytes += bytes
    }

    /// Takes the word that arrives next.
    mutating func deliver() -> Word? {
        guard !words.isEmpty else { return nil }
        let (word, bytes) = words.removeFirst()
        queuedBytes -= bytes
        return word
    }

    /// The number of unread bytes if it is to be told now.
    mutating func report(atUs: Int64) -> Int? {
        guard !isClosed else { return nil }
        let unread = max(0, queuedBytes - Self.bufferBytes)
        let isNews =
            (unread > 0) != (reportedBytes > 0) || unread >= reportedBytes + Self.reportStepBytes
        guard isNews else { return nil }
        reportedBytes = unread
        behindSinceUs = unread > 0 ? behindSinceUs ?? atUs : nil
        return unread
    }

    private static func bytes(_ word: Word) -> Int {
        switch word {
        case .close: 4
        case .message(let envelope):
            if case .pixels(let run) = envelope.message { 24 + 12 * run.pixels.count } else { 80 }
        }
    }
}
