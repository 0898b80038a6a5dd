public import Protocol
import Transport

// What moderators and admins ask; whoever has no role is refused with `forbidden`.
extension GameClient {
    /// Asks what a role allows; the answer is the one that hosts get.
    ///
    /// What may take the server minutes, as a rollback does, has a connection of its own, so that nothing waits for it.
    public func administer(_ route: AdminRoute, _ answer: @escaping Answer<HostAnswer>) {
        let kind = route.answer
        callForWhole(.admin(route), isLong: route.isLong, answer) { response throws(Failure) in
            try HostAnswer(json: response.body, kind)
        }
    }

    /// The server's last minutes in numbers.
    public func figures(_ answer: @escaping Answer<FiguresAnswer>) {
        call(.figures, answer) { json throws(Failure) in try FiguresAnswer(json: json) }
    }
}

extension AdminRoute {
    /// Whether the server may look through all of its history before it answers.
    fileprivate var isLong: Bool {
        switch self {
        case .canvas(.rollBack), .canvas(.undoRollback): true
        case .accounts, .kick, .ban, .unban, .grant, .clearFlags, .flags, .feedback, .announce, .knobs,
            .setKnob,
            .audit, .status, .canvas:
            false
        }
    }
}
