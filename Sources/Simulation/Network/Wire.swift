import Protocol

/// The bytes between client and server: what is said passes the real codecs, JSON for every other person.
struct Wire {
    private let codec: MessageCodec

    init(person: Int) {
        self.init(codec: person.isMultiple(of: 2) ? .binary : .json)
    }

    init(codec: MessageCodec) {
        self.codec = codec
    }

    /// What arrives of a server's message; nil where the bytes can't be read.
    func carried(_ envelope: ServerEnvelope) -> ServerEnvelope? {
        try? codec.decodeServer(codec.encode(envelope))
    }

    /// What arrives of a client's message; nil where the bytes can't be read.
    func carried(_ envelope: ClientEnvelope) -> ClientEnvelope? {
        try? codec.decodeClient(codec.encode(envelope))
    }
}
