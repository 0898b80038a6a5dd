import Protocol

/// Pushes one batch of clicks after another: one at a time under a name that stays until its answer comes.
struct PushTracker: Sendable {
    struct Batch: Sendable {
        let push: ClickPush
        let name: String
        /// The sign-in that it is to count for.
        let session: Identifier
        /// When it may be sent again.
        var retryUs: Int64 = 0
        /// How often it was sent.
        var sendings = 0
        /// The message that carried it last.
        var message: Int?
    }

    /// How long an answer is waited for.
    private static let patienceUs: Int64 = 3_000_000

    private(set) var batch: Batch?
    private(set) var tally = ClickTally()
    /// Names of batches that were counted, the latest last.
    private(set) var counted: [String] = []
    /// When the next batch may begin.
    private(set) var nextUs: Int64 = 0
    private var begun = 0

    /// Begins a batch.
    mutating func begin(_ clicks: [Int], by person: Int, for session: Identifier) {
        begun += 1
        let name = "\(person)-\(begun)"
        batch = Batch(push: ClickPush(clicks: clicks, batchID: name), name: name, session: session)
    }

    /// Whether the batch is to be sent now.
    func isDue(atUs nowUs: Int64) -> Bool { batch.map { $0.retryUs <= nowUs } ?? false }

    /// Whether a refusal of a message is about the batch.
    func isAsked(by message: Int) -> Bool { batch?.message == message }

    mutating func sent(_ message: Int?, atUs nowUs: Int64) {
        batch?.sendings += 1
        batch?.message = message
        batch?.retryUs = nowUs + Self.patienceUs
    }

    /// A batch was counted; an answer that comes twice changes nothing.
    mutating func acknowledge(_ name: String, nextInUs: Int64 = 0, atUs nowUs: Int64) {
        guard let known = batch, known.name == name else { return }
        tally.acknowledged[ClickBatch(session: known.session, name: name)] =
            known.push.clicks.reduce(0, +)
        counted.append(name)
        batch = nil
        nextUs = nowUs + nextInUs
    }

    /// Nothing was counted of a batch and nothing will be, unless a former sending is still under way.
    mutating func drop(atUs nowUs: Int64) {
        guard batch?.sendings == 1 else {
            wait(us: 700_000, atUs: nowUs)
            return
        }
        batch = nil
        nextUs = nowUs + 500_000
    }

    /// A batch isn't counted yet; it is sent again after a while.
    mutating func wait(us: Int64, atUs nowUs: Int64) {
        batch?.message = nil
        batch?.retryUs = nowUs + us
    }

    /// Its socket is gone, and the answer with it.
    mutating func lose(atUs nowUs: Int64) {
        guard batch?.message != nil else { return }
        wait(us: 300_000, atUs: nowUs)
    }

    /// The batch's sign-in is over: nobody will know what became of it.
    mutating func abandon() {
        guard let known = batch else { return }
        tally.unresolved.insert(ClickBatch(session: known.session, name: known.name))
        batch = nil
    }
}
