import Protocol

/// The client without a screen: lines of commands in, announcements out, over the same model and the same updates.
///
/// A line waits until what the one before it asked for was answered, so that a script reads as it is written.
struct FlatSession: Sendable {
    var model: Model
    private(set) var names: ColorNames
    private var lines: [String] = []
    /// What was asked for and is to be read when it comes.
    var asked: [Question] = []
    /// When the latest line was taken; no answer to it is waited for without end.
    var sinceMs: Int64 = 0
    private var pace = NewsPace()
    private var changes = ChangeSum()
    private var nextSumMs: Int64 = 0
    /// The canvas's version when the person came: what led to it is no news.
    private var knownVersion: Version = 0
    /// Whether others' pixels are told of every second.
    var isVerbose = false { didSet { nextSumMs = 0 } }
    /// Whether no further line comes.
    private var hasEnded = false
    /// Whether there was ever a connection.
    private(set) var wasLive = false
    /// Why the program ends badly; nil where it doesn't.
    private(set) var failure: String?
    /// Whether the program is to end.
    private(set) var isOver = false

    /// What a person waits for.
    enum Question: Hashable, Sendable {
        case relays
        case skins
        case war
        case board(Board, BoardPeriod)
        case cell(Place)
        /// That the relay begins.
        case start
        case puzzle
        case template
        case admin(AdminTab)
    }

    /// What is said, and what is to be done.
    struct Outcome: Hashable, Sendable {
        var announcements: [Announcement] = []
        var commands: [Command] = []
    }

    /// How long a line waits for the answer to the one before.
    static let patienceMs: Int64 = 10_000
    /// How long answers are waited for after the input's end.
    static let lastPatienceMs: Int64 = 30_000
    /// Lines that wait; whoever sends more waits with them.
    static let maxLines = 256
    private static let sumMs: Int64 = 10_000

    init(_ model: Model) {
        self.model = model
        names = ColorNames(.standard)
    }

    // MARK: What comes in

    mutating func take(_ event: Event, nowMs: Int64) -> Outcome {
        var outcome = Outcome()
        if case .started = event {
            sinceMs = nowMs
            expect(model.page)
            outcome.announcements.append(
                Announcement(.help, "Pixel Wars in words: say help for the commands, quit to end"))
        }
        if case .server(let report) = event { note(report) }
        if case .server(.changed) = event {
            // What time brings is told by itself, so that nothing else holds the canvas while its pixels change: all of
            // it would be copied.
            watch(&outcome, nowMs: nowMs) { $0.update(.clock, nowMs: nowMs) }
            outcome.commands += model.update(event, nowMs: nowMs)
            tell(&outcome, since: model, after: event)
        } else {
            watch(&outcome, after: event, nowMs: nowMs) { $0.update(event, nowMs: nowMs) }
        }
        if case .server(let report) = event { answer(report, into: &outcome) }
        goOn(into: &outcome, nowMs: nowMs)
        return outcome
    }

    /// The connection begins with the canvas at a version; who comes back wants to hear what happened meanwhile.
    mutating func begin(at version: Version) {
        if model.canvas == nil { knownVersion = version }
    }

    /// Takes a line that a person said; it is done now or in its turn.
    mutating func take(line: String, nowMs: Int64) -> Outcome {
        lines.append(line)
        var outcome = Outcome()
        goOn(into: &outcome, nowMs: nowMs)
        return outcome
    }

    /// No further line comes: the program ends when all is answered.
    mutating func endInput(nowMs: Int64) -> Outcome {
        hasEnded = true
        sinceMs = nowMs
        var outcome = Outcome()
        goOn(into: &outcome, nowMs: nowMs)
        return outcome
    }

    /// Whether further lines are taken now.
    var takesLines: Bool { !hasEnded && lines.count < Self.maxLines }

    /// When time alone changes something.
    var deadlineMs: Int64? {
        let isPatient = !asked.isEmpty || !lines.isEmpty && model.page != .ad
        let lines = isPatient ? sinceMs + Self.patienceMs : nil
        let end = hasEnded ? sinceMs + Self.lastPatienceMs : nil
        return [
            model.deadlineMs, pace.dueMs, changes.isEmpty ? nil : nextSumMs, lines, end,
        ].compactMap { $0 }.min()
    }

    // MARK: The model

    /// Changes the model and tells what is news of it.
    mutating func watch(
        _ outcome: inout Outcome, after event: Event = .clock, nowMs: Int64,
        _ change: (inout Model) -> [Command]
    ) {
        let old = model
        outcome.commands += change(&model)
        if case .server(.replaced) = event, let palette = model.canvas?.palette {
            names = ColorNames(palette)
        }
        tell(&outcome, since: old, after: event)
    }

    /// Tells what is news since the model was another one.
    private mutating func tell(_ outcome: inout Outcome, since old: Model, after event: Event) {
        var old = old
        // What was said then is no news, and the same word may come again at once.
        old.toast = nil
        let view = FlatView(old: old, new: model, names: names)
        for announcement in view.announcements(after: event) {
            if announcement.pace == .atOnce {
                outcome.announcements.append(announcement)
            } else {
                pace.add(announcement)
            }
        }
        if model.toast != nil { model.toast = nil }
    }

    private mutating func note(_ report: Report) {
        if case .link(let link) = report, link.isLive { wasLive = true }
        if case .changed(let pixels, let version) = report, version > knownVersion {
            for pixel in pixels where !isOwn(pixel) { changes.add(pixel) }
        }
    }

    /// Whether a pixel is one that was placed here, and is told as such.
    private func isOwn(_ pixel: Pixel) -> Bool {
        model.pending.contains { $0.place.x == pixel.x && $0.place.y == pixel.y && $0.color == pixel.color }
    }

    // MARK: Going on

    /// Does what waits for its turn: lines, news, sums, the end.
    private mutating func goOn(into outcome: inout Outcome, nowMs: Int64) {
        // Words in a log don't go away: whoever wants to read an ad again goes back to it.
        if case .over? = model.ads.stop?.stage { watch(&outcome, nowMs: nowMs) { $0.goOn() } }
        while !isOver, !lines.isEmpty, !hasToWait(nowMs: nowMs) { takeLine(into: &outcome, nowMs: nowMs) }
        if !asked.isEmpty, sinceMs + Self.patienceMs <= nowMs {
            asked.removeAll()
            outcome.announcements.append(Announcement(.error, "the server doesn't answer"))
        }
        if !changes.isEmpty, nextSumMs <= nowMs, let sum = changes.take(names) {
            nextSumMs = nowMs + (isVerbose ? NewsPace.intervalMs : Self.sumMs)
            pace.add(sum)
        }
        if let news = pace.take(nowMs: nowMs) { outcome.announcements.append(news) }
        guard hasEnded, !isOver, lines.isEmpty else { return }
        let isLate = sinceMs + Self.lastPatienceMs <= nowMs
        let isIdle = !isStarting(nowMs: nowMs) && !isAwaiting(nowMs: nowMs) && model.clicks.own.waiting == 0
        guard isLate || isIdle else { return }
        if !wasLive {
            failure = "no connection to \(model.serverName)"
        } else if isLate {
            failure = "some answers didn't come within \(Self.lastPatienceMs / 1000) s"
        }
        end(into: &outcome)
    }

    /// Ends the program with what was still to be said.
    mutating func end(into outcome: inout Outcome) {
        isOver = true
        outcome.announcements += pace.takeAll()
        if let sum = changes.take(names) { outcome.announcements.append(sum) }
    }

    private mutating func takeLine(into outcome: inout Outcome, nowMs: Int64) {
        let line = lines.removeFirst()
        sinceMs = nowMs
        switch FlatCommand.read(line) {
        case .nothing: break
        case .wrong(let words): outcome.announcements.append(Announcement(.error, words))
        case .command(let command):
            model.clockMs = nowMs
            guard let page = command.page, page != model.page else {
                perform(command, into: &outcome, nowMs: nowMs)
                return
            }
            var mayGo = false
            watch(&outcome, nowMs: nowMs) { model in
                mayGo = model.mayAsk(nowMs: nowMs, asPlayer: false)
                return mayGo ? model.open(page) : []
            }
            // The page asks for its list by itself; behind an ad the line is taken again.
            if mayGo, !expect(command) { lines.insert(line, at: 0) }
        }
    }

    /// The page to begin with asks for its list once there is a connection: it is read then.
    private mutating func expect(_ page: Page) {
        switch page {
        case .relays: asked.append(.relays)
        case .shop: if model.purpose == .play { asked.append(.skins) }
        case .clicks: asked.append(.war)
        // Who may not is told so in its place.
        case .admin: lines.append("admin")
        case .home, .canvas, .arcade, .feedback, .boards, .settings, .about, .replay, .signIn, .ad: break
        }
    }

    /// Whether a command is done by going to its page, where what it wants to know is asked for.
    private mutating func expect(_ command: FlatCommand) -> Bool {
        switch command {
        case .relays where model.relays.room == nil: asked.append(.relays)
        case .shop where model.purpose == .play: asked.append(.skins)
        case .clicks: asked.append(.war)
        // What there is comes by itself.
        case .replay(nil): break
        default: return false
        }
        return true
    }

    /// Whether the line that is next has to wait.
    private func hasToWait(nowMs: Int64) -> Bool {
        guard isStarting(nowMs: nowMs) else { return isAwaiting(nowMs: nowMs) }
        // Later a line waits for its turn, whatever it asks for: the place that was asked for is about to come.
        guard !wasLive || model.page == .ad else { return true }
        guard let line = lines.first, case .command(let command) = FlatCommand.read(line) else {
            return false
        }
        return !command.needsNobody
    }

    /// Whether there is no connection yet, or no canvas, or no word about a place.
    private func isStarting(nowMs: Int64) -> Bool {
        // An ad ends by itself, and so does the wait for one.
        if model.page == .ad { return true }
        guard nowMs < sinceMs + Self.patienceMs else { return false }
        switch model.link {
        case .idle, .signingIn, .connecting, .waiting: return !wasLive
        case .connected, .watching:
            return model.canvas == nil || model.play == .asking
                || model.purpose == .play && model.play == .unknown
        case .closed: return false
        }
    }

    /// Whether something was asked for that isn't answered.
    private func isAwaiting(nowMs: Int64) -> Bool {
        guard nowMs < sinceMs + Self.patienceMs else { return false }
        if case .name(let prompt) = model.overlay, prompt.isAsking { return true }
        return !asked.isEmpty || model.desk.followsNext || model.isLeaving || !model.undos.isEmpty
            || model.pending.contains { $0.version == nil }
            || model.relays.isEntering || model.relays.sentMs != nil || model.shop.asking != nil
            || model.feedback.isSending || model.signIn.stage == .asking
            || model.page == .replay && model.replay.isBusy
            || model.page == .admin && model.purpose == .play && model.profile == nil
    }
}
