import Protocol

/// Words to the host.
extension Model {
    mutating func sendFeedback(nowMs: Int64) -> [Command] {
        guard !feedback.isSending else { return [] }
        guard let message = feedback.message else {
            feedback.refuse(Words("Write something first"))
            return []
        }
        guard link.isLive else {
            feedback.refuse(Words("Not connected: what you wrote stays here"))
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
            feedback.refuse(feedbackWords(for: failure))
            if page != .feedback { say("Your words weren't sent", .failure, nowMs: nowMs) }
        }
    }

    /// Why a message wasn't taken, and what can be done.
    func feedbackWords(for failure: Failure) -> Words {
        switch failure.code {
        case .rateLimited:
            let most = "\(Limits.feedbackPerHour) messages an hour"
            guard let wait = failure.retryAfterMs else { return Words("\(most): try again later") }
            return Words("\(most): try again in \(Spelled.minutes(milliseconds: wait))")
        case .banned: return Words("You are banned here, and so are your words")
        case .unauthorized, .tokenExpired:
            return bindings.words(
                "Your sign-in is over", .play, in: .canvas, "on the canvas signs in again",
                spoken: "say play to sign in again")
        case .signInRequired, .forbidden: return Words("The server takes no words from you")
        default: return words(for: failure).words.behind("Not sent: ")
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
