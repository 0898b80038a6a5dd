import Protocol

/// The bot's words: plain text, in which nothing is markup.
enum Wording {
    static let help =
        "I look after a Pixel Wars server.\n\n"
        + ChatCommand.menu.map { "/\($0.word) – \($0.help)" }.joined(separator: "\n")
    static let welcome =
        help + "\n\nWhat players write to the host is told here as it comes; /feedback off ends that."
    static let talk = "/help lists what I do."
    static let busy = "Too much is under way already; try again in a moment. Nothing was done."
    static let tooManyChats = "I know too many chats already. Nothing was changed."
    static let feedbackOn = "New feedback is told here from now on."
    static let feedbackOff = "New feedback isn't told here any more; /feedback lists it."
    static let questionOver = "This question is over. Ask again."
    static let notYours = "Only whoever asked can answer this."
    static let clear =
        "Clear the whole canvas? A new, blank one of the same size begins, for everyone and at once. "
        + "The history keeps the old one."

    static func newGame(_ size: CanvasSize) -> String {
        "Begin a new, blank canvas of \(size.width)×\(size.height), for everyone and at once? "
            + "The history keeps the old one."
    }

    static func unknown(_ word: String) -> String { "I don't know /\(word). \(talk)" }

    static func tooOld(ageMs: Int64) -> String {
        "This came \(duration(ms: ageMs)) ago by the server's clock, when I couldn't hear it. Nothing was done; send "
            + "it again if you still want it."
    }

    static func confirmed(_ order: String) -> String { "\(order): confirmed." }

    static func cancelled(_ order: String) -> String { "\(order): cancelled, nothing was done." }

    static func expired(_ order: String) -> String {
        "\(order): nobody confirmed within \(duration(ms: Limits.telegramQuestionMs)), nothing was done."
    }

    static func restarted(_ order: String) -> String {
        "The server was started again before it could answer \(order). It was taken and won't be done again; /status "
            + "and the audit tell what came of it."
    }

    static func noPicture(bytes: Int) -> String {
        bytes > Limits.maxTelegramFileBytes
            ? "The picture is too large for Telegram (\(bytes / 1_000_000) MB)."
            : "The picture could not be made."
    }

    /// The server's answer; never empty.
    static func answer(_ answer: HostAnswer) -> String {
        switch answer {
        case .done(let words): words.isEmpty ? "Done." : words
        case .refused(_, let words): words.isEmpty ? "That was refused." : words
        case .feedback(let entries): list(entries)
        case .status(let status): text(status)
        case .accounts, .flags, .skins, .audit, .knobs, .rollback, .rollbacks, .protectedAreas, .picture:
            "Done."
        }
    }

    private static func list(_ entries: [FeedbackEntry]) -> String {
        guard !entries.isEmpty else { return "Nobody wrote yet." }
        let shown = entries.prefix(Limits.telegramFeedbackShown).map { entry in
            piece(
                FeedbackNews(
                    account: entry.account, isGuest: entry.isGuest, message: entry.message, atMs: entry.atMs))
        }
        let more = entries.count > shown.count ? ["… and older ones (pixelwars-server feedback list)."] : []
        return (shown + more).joined(separator: "\n\n")
    }

    /// A piece of feedback; its words are cleaned, and nothing in them can pass for ours.
    static func piece(_ piece: FeedbackNews) -> String {
        let who =
            piece.account.map { PlayerName.displayed($0.name) }
            ?? (piece.isGuest ? "a guest" : "someone gone")
        return "Feedback from \(who), \(time(ms: piece.atMs)):\n> \(PlayerName.displayed(piece.message))"
    }

    private static func text(_ status: HostStatus) -> String {
        """
        Pixel Wars \(status.release), up for \(duration(ms: status.uptimeMs))
        \(status.players) playing, \(status.queued) waiting, \(status.spectators) watching, \
        \(status.connections) connected
        \(status.accounts) accounts
        Canvas \(status.width)×\(status.height), game \(status.epoch), version \(status.version)
        Storage \(status.isStorageHealthy ? "takes writes" : "REFUSES WRITES")
        """
    }

    private static func time(ms: Int64) -> String {
        let text = Timestamp.text(ms: ms)
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }

    static func duration(ms: Int64) -> String {
        let seconds = max(0, ms / 1000)
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7_200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3_600) h"
        default: return "\(seconds / 86_400) days"
        }
    }
}
