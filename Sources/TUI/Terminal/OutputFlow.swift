/// How much a terminal may be sent, learned from when it says that it took something in.
///
/// What lies between the program and the screen (the kernel's buffer, ssh's, the network's) holds many frames of a slow
/// terminal: whoever fills it answers keys seconds late. So a frame ends with a question that every terminal answers when it
/// has read so far (ECMA-48 §8.3.35, DSR 5), and what is under way unanswered stays below what goes out in about
/// `targetMs`. Times are nanoseconds on any monotonic clock.
struct OutputFlow: Hashable, Sendable {
    /// What is asked, and what the terminal then sends is `ESC [ 0 n`.
    static let question = "\u{1b}[5n"
    /// What is asked after an answer was given up: its own answer (ECMA-48 §8.3.24, DA) is taken for no late one.
    static let resyncQuestion = "\u{1b}[c"
    /// So much may be sent without a question.
    static let bytesToQuestion = 1024
    /// What is under way goes out in about this time.
    private static let targetMs: Int64 = 50
    /// Terminals take bytes in bites, at most a frame of theirs apart: differences below it say nothing.
    private static let biteMs: Int64 = 20
    /// Silence for so long from the beginning, and the kernel's buffer alone tells whether the terminal takes more.
    static let patienceMs: Int64 = 1000
    /// One that has answered is waited for so many times as long as its answers take, within these bounds.
    private static let patienceRoundTrips: Int64 = 10
    private static let patienceRangeMs: ClosedRange<Int64> = 250...5000
    /// So many questions one after the other without an answer, and it is silent.
    private static let maxLosses = 4
    /// After so long a silent terminal is asked again.
    private static let probeMs: Int64 = 10_000
    private static let minBudget = 1024
    private static let maxBudget = 1 << 20
    private static let firstBudget = 8192
    /// A way's own time is asked for anew after so long: it may have changed.
    private static let floorLifeMs: Int64 = 10_000
    private static let maxQuestions = 64

    private struct Question: Hashable {
        /// All that was sent up to the question.
        var sentBytes: Int
        var askedNs: Int64
        /// Whether nothing was under way when it was asked, and little was sent.
        var isLone: Bool
        var isResync: Bool
    }

    private struct Leaving: Hashable {
        var bytes = 0
        var sinceNs: Int64 = 0
    }

    /// The bytes of one frame that go out in the target's time.
    private(set) var budgetBytes = firstBudget
    /// The terminal has answered nothing for too long.
    private(set) var isSilent = false
    /// How long answers take of late, at once longer, slowly shorter; nil before the first.
    private var roundTripNs: Int64?
    /// How often in a row an answer was given up.
    private var losses = 0
    /// Answers may be lost or late: until the resync's is there, no other counts.
    private var isResyncing = false
    private var sentBytes = 0
    private var takenBytes = 0
    private var askedBytes = 0
    private var questions: [Question] = []
    private var answeredNs: Int64 = 0
    private var lastAskedNs: Int64 = 0
    /// What the kernel hasn't taken as a whole, and since when.
    private var leaving = Leaving()
    /// When the last of the bytes left, as far as the kernel goes.
    private var leftNs: Int64 = 0
    /// How long an answer takes where nothing stands before it: of these ten seconds, and of those before.
    private var floorNs: Int64?
    private var formerFloorNs: Int64?
    private var floorSinceNs: Int64 = 0

    /// Whether an answer is still to come.
    var isAwaiting: Bool { !questions.isEmpty && !isSilent }
    private var underWay: Int { questions.isEmpty ? 0 : sentBytes - takenBytes }

    /// How much may be under way: what the target's time and the way's own let out.
    private var windowBytes: Int {
        let wayMs = min((shortestNs ?? 0) / 1_000_000, 200)
        return budgetBytes + budgetBytes * Int(wayMs) / 100
    }

    private var shortestNs: Int64? { [floorNs, formerFloorNs].compactMap { $0 }.min() }

    // MARK: Sending

    /// The most bytes that a frame may have now.
    ///
    /// - Returns: 0 where nothing may be sent before an answer.
    func roomBytes() -> Int {
        if isSilent { return budgetBytes }
        let room = min(windowBytes - underWay, budgetBytes)
        if underWay > 0, room < min(budgetBytes / 4, 2 * Self.minBudget) { return 0 }
        return room
    }

    /// The question that follows what is sent, where one does.
    var dueQuestion: String { isResyncing ? Self.resyncQuestion : Self.question }

    /// Takes in that so many bytes are sent, and says whether the question is to follow them.
    mutating func send(_ count: Int, nowNs: Int64) -> Bool {
        let wasIdle = underWay == 0
        sentBytes += count
        if leaving.bytes == 0 { leaving.sinceNs = nowNs }
        leaving.bytes += count
        let isDue = sentBytes - askedBytes >= Self.bytesToQuestion || lastAskedNs == 0 || losses > 0
        if isSilent, nowNs - lastAskedNs < Self.probeMs * 1_000_000 { return false }
        guard isDue, questions.count < (isResyncing ? 1 : Self.maxQuestions) else { return false }
        sentBytes += dueQuestion.utf8.count
        let isLone = wasIdle && sentBytes - askedBytes <= 2 * Self.bytesToQuestion
        questions.append(
            Question(sentBytes: sentBytes, askedNs: nowNs, isLone: isLone, isResync: isResyncing))
        askedBytes = sentBytes
        lastAskedNs = nowNs
        return true
    }

    /// The kernel has taken all that was sent.
    mutating func leave(nowNs: Int64) {
        leftNs = nowNs
        // Without answers, how long the kernel makes it wait is all that is known.
        if isSilent { learn(leaving.bytes, tookNs: nowNs - leaving.sinceNs) }
        leaving = Leaving()
    }

    /// When silence begins to mean that no answer comes; nil where none is awaited.
    var silenceNs: Int64? {
        guard isAwaiting, let first = questions.first else { return nil }
        return max(first.askedNs, leftNs, answeredNs) + patienceNs
    }

    /// How long an answer is waited for: twice as long after each that didn't come.
    private var patienceNs: Int64 {
        guard let roundTripNs else { return Self.patienceMs * 1_000_000 }
        let bounds = Self.patienceRangeMs
        let ms = max(roundTripNs * Self.patienceRoundTrips / 1_000_000, bounds.lowerBound) << losses
        return min(ms, bounds.upperBound) * 1_000_000
    }

    /// Stops waiting for answers that don't come: the next frame is a small one, and asks anew.
    mutating func noticeSilence(nowNs: Int64) {
        guard let silenceNs, silenceNs <= nowNs else { return }
        losses += 1
        // Every other time, should a terminal know only the one question.
        isResyncing = roundTripNs != nil && losses % 2 == 1
        if roundTripNs == nil || losses == Self.maxLosses {
            isSilent = true
            losses = 0
        }
        budgetBytes = max(min(budgetBytes, Self.firstBudget) / (isSilent ? 1 : 4), Self.minBudget)
        leaveQuestions()
    }

    /// The terminal starts anew: whatever was asked is past.
    mutating func forgetQuestions() {
        leaveQuestions()
        losses = 0
    }

    private mutating func leaveQuestions() {
        questions = []
        takenBytes = sentBytes
        askedBytes = sentBytes
    }

    // MARK: Answers

    /// The terminal has read up to the oldest question.
    ///
    /// - Parameter isResync: whether it is the answer to the resync's question, which is of another kind.
    mutating func answer(nowNs: Int64, isResync: Bool = false) {
        isSilent = false
        // Others were given up, or nobody's.
        guard let question = questions.first, question.isResync == isResync else { return }
        isResyncing = false
        losses = 0
        questions.removeFirst()
        let bytes = question.sentBytes - takenBytes
        takenBytes = question.sentBytes
        let tookNs = nowNs - question.askedNs
        roundTripNs = max(tookNs, ((roundTripNs ?? tookNs) * 3 + tookNs) / 4)
        if question.isLone {
            // What it takes beyond the time that its bytes need to go out is the way's own.
            let outNs = Int64(bytes) * (Self.targetMs + Self.biteMs) * 1_000_000 / Int64(budgetBytes)
            learnFloor(max(tookNs - outNs, 0), nowNs: nowNs)
        }
        let beganNs = max(answeredNs, question.askedNs + (shortestNs ?? 0))
        answeredNs = nowNs
        learn(bytes, tookNs: max(nowNs - beganNs, 0))
    }

    private mutating func learnFloor(_ tookNs: Int64, nowNs: Int64) {
        if nowNs - floorSinceNs > Self.floorLifeMs * 1_000_000 {
            formerFloorNs = floorNs
            floorNs = nil
            floorSinceNs = nowNs
        }
        floorNs = min(floorNs ?? tookNs, tookNs)
    }

    private mutating func learn(_ bytes: Int, tookNs: Int64) {
        let excessNs = tookNs - Self.biteMs * 1_000_000
        let isTelling = bytes >= budgetBytes / 2
        guard excessNs > 0 else {
            if isTelling { budgetBytes = min(budgetBytes * 2, Self.maxBudget) }
            return
        }
        let measured = Int(Int64(bytes) * Self.targetMs * 1_000_000 / excessNs)
        if measured < budgetBytes {
            // One answer that is a little late may be a hiccup.
            let least = tookNs < Self.patienceMs * 1_000_000 ? budgetBytes / 4 : 0
            budgetBytes = max(measured, least, Self.minBudget)
        } else if isTelling {
            budgetBytes = min(measured, budgetBytes * 2, Self.maxBudget)
        }
    }
}
