import Engine
import Protocol

extension Desk {
    /// The call that a host's commands bear.
    static let hostCall = HostCallID(rawValue: 77)

    /// A desk with nine accounts: 1 is a moderator, 2 another one, 9 an admin by the options.
    static func hosted(_ change: (inout EngineConfiguration) -> Void = { _ in }) -> Desk {
        var recovered = withAccounts()
        for index in [0, 1] { recovered.accounts[index].role = .moderator }
        return Desk(recovered: recovered) {
            $0.admins = [Identifier(rawValue: 9)]
            change(&$0)
        }
    }

    /// Gives a host's command, and lets a tick pass where its answer waits for storage.
    mutating func order(_ command: HostCommand, by actor: Actor = .console) -> HostAnswer? {
        give(.host(Self.hostCall, command, by: actor))
        if let answer = hostAnswer { return answer }
        let before = effects
        pass(ms: 25)
        give(.wake)
        effects = before + effects
        return hostAnswer
    }

    private var hostAnswer: HostAnswer? {
        for case .answerHost(Self.hostCall, let answer) in effects { return answer }
        return nil
    }

    /// Asks over HTTP as an account, and lets a tick pass where the answer waits for storage.
    mutating func administer(_ route: AdminRoute, as number: UInt64) -> Answer? {
        settle(.admin(route), .valid(Self.account(number)))
    }

    /// Every row of the audit that was kept, as words.
    var audit: [String] {
        kept.compactMap { record in
            guard case .audit(let row) = record else { return nil }
            let who =
                switch row.actor {
                case .console: "console"
                case .account(let id): "\(id.rawValue)"
                case .telegram(let user): "telegram \(user)"
                }
            let subject = row.account.map { "\($0.rawValue)" } ?? row.subject
            return "\(who) \(row.action) \(subject) \(row.detail)"
        }
    }
}

extension Answer {
    /// What a host's command came to; nil for anything else.
    var host: HostAnswer? { if case .host(let answer) = self { answer } else { nil } }
}
