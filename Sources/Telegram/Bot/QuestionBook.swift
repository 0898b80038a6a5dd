import Protocol

/// Something that is done only when whoever asked for it says yes.
struct Question: Hashable, Sendable {
    /// The number of the update that asked.
    var id: Int64
    /// Who asked, and alone may answer.
    var asker: Int64
    /// Where.
    var chat: Int64
    /// What is done on a yes.
    var command: HostCommand
    /// The order as it was written.
    var order: String
    /// Until when it waits, on the monotonic clock.
    var endsAtMs: Int64
    /// Our message with the buttons, once it was sent.
    var message: Int64?
}

/// What one of the buttons under a question says.
struct QuestionAnswer: Hashable, Sendable {
    /// The question.
    var question: Int64
    /// Whether it is to be done.
    var isYes: Bool

    init(question: Int64, isYes: Bool) {
        self.question = question
        self.isYes = isYes
    }

    /// Reads a button's data; nil for any other.
    init?(_ data: String) {
        let parts = data.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "yes" || parts[0] == "no", let question = Int64(parts[1]) else {
            return nil
        }
        self.init(question: question, isYes: parts[0] == "yes")
    }

    /// The button's data.
    var data: String { "\(isYes ? "yes" : "no"):\(question)" }
}

/// The questions that wait.
struct QuestionBook: Sendable {
    /// In the order in which they were asked, which is that of their ends.
    private var open: [Question] = []

    var isFull: Bool { open.count >= Limits.maxTelegramQuestions }

    /// When the first of them ends.
    var nextEndMs: Int64? { open.first?.endsAtMs }

    subscript(id: Int64) -> Question? { open.first { $0.id == id } }

    mutating func add(_ question: Question) { open.append(question) }

    /// Notes our message with a question's buttons.
    ///
    /// - Returns: whether the question still waits.
    mutating func sent(_ id: Int64, as message: Int64) -> Bool {
        guard let index = open.firstIndex(where: { $0.id == id }) else { return false }
        open[index].message = message
        return true
    }

    mutating func remove(_ id: Int64) { open.removeAll { $0.id == id } }

    /// Takes out those whose time is over.
    mutating func takeEnded(atMs: Int64) -> [Question] {
        let ended = open.prefix { $0.endsAtMs <= atMs }
        open.removeFirst(ended.count)
        return Array(ended)
    }
}
