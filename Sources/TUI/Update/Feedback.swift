import Protocol

/// Words to the host.
extension Model {
    mutating func sendFeedback(nowMs: Int64) -> [Command] {
        guard !feedback.isSending else { return [] }
        guard let message = feedback.message else {
            feedback.refuse("Write something first")
            return []
        }
        guard link.isLive else {
            feedback.refuse("Not connected: what you wrote stays here")
            return []
        }
        feedback.send()
        return [.feedback(message)]
    }

    mutating func take(_ report: FeedbackReport, nowMs: Int64) {
        switch report {
        case .sent:
            feedback.sent()
            if page != .feedback { say("Your words were sent", .news, nowMs: nowMs) }
        case .failed(let failure):
            feedback.refuse(Self.feedbackWords(for: failure))
            if page != .feedback { say("Your words weren't sent", .failure, nowMs: nowMs) }
        }
    }

    /// Why a message wasn't taken, and what can be done.
    static func feedbackWords(for failure: Failure) -> String {
        switch failure.code {
        case .rateLimited:
            let most = "\(Limits.feedbackPerHour) messages an hour"
            guard let wait = failure.retryAfterMs else { return "\(most): try again later" }
            return "\(most): try again in \(Spelled.minutes(milliseconds: wait))"
        case .banned: return "You are banned here, and so are your words"
        case .unauthorized, .tokenExpired:
            return "Your sign-in is over: p on the canvas signs in again"
        case .signInRequired, .forbidden: return "The server takes no words from you"
        default: return "Not sent: \(words(for: failure).0)"
        }
    }

    // MARK: Mouse

    /// What the mouse does over the message.
    mutating func takeOverFeedback(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        let layout = FeedbackLayout(self)
        switch mouse.kind {
        case .press(.left):
            if layout.button?.contains(column: mouse.column, row: mouse.row) ?? false {
                return sendFeedback(nowMs: nowMs)
            }
            guard layout.text.contains(column: mouse.column, row: mouse.row) else { return [] }
            feedback.move(
                to: layout.wrapped.place(
                    row: layout.first + mouse.row - layout.text.row, column: mouse.column - layout.text.column
                ))
        case .wheelUp: feedback.take(KeyPress(.up), columns: layout.wrapColumns)
        case .wheelDown: feedback.take(KeyPress(.down), columns: layout.wrapColumns)
        case .press, .release, .motion: break
        }
        return []
    }
}
