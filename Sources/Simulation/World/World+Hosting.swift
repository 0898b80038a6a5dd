import Engine
import Protocol

/// The hosting workload: knobs are turned, bans have ends, and whoever has a role does the same over HTTP.
extension World {
    /// Has a host turn a knob, give a role, ban for a while, or tell everyone something.
    mutating func host() {
        guard let account = people.randomElement(using: &random)?.identity?.id else { return }
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<7:
            let (name, value) = knob()
            order(.setKnob(name: name, value: value))
        case 7..<11:
            order(.ban(account: account.description, reason: "too loud", until: banEnd()))
        case 11..<13: order(.unban(account: account.description))
        case 13: order(.announce(message: "a word for number \(Int.random(in: 0..<99, using: &random))"))
        case 14: order(.audit(limit: 20))
        case 15: order(.status)
        case 16: order(.knobs)
        default: order(.grant(account: account.description, role: role()))
        }
    }

    /// Asks as someone with a role would, who may have none.
    mutating func administer(_ person: Int) {
        guard let account = people.randomElement(using: &random)?.identity?.id else { return }
        let route: AdminRoute =
            switch Int.random(in: 0..<16, using: &random) {
            case 0..<2: .kick(account)
            case 2..<5: .ban(account, reason: "by hand", untilMs: banEnd())
            case 5..<7: .unban(account)
            case 7: .grant(account, chance(50) ? .moderator : .player)
            case 8..<11: turn()
            case 11: AnnouncementText("hello").map(AdminRoute.announce) ?? .status
            case 12: .audit(limit: 10, before: nil)
            case 13: .flags
            case 14: .accounts(all: chance(50))
            default: .status
            }
        ask(.admin(route), .curiosity, person)
    }

    private mutating func turn() -> AdminRoute {
        let (name, value) = knob()
        return .setKnob(name: name, value: value)
    }

    /// A ban of some seconds; at times for good, and at times one that a moderator can't give.
    private mutating func banEnd() -> Int64? {
        if chance(10) { return nil }
        return chance(10)
            ? now.wallMs + Limits.maxModeratorBanMs + 60_000
            : now.wallMs + Int64.random(in: 500...20_000, using: &random)
    }

    /// A knob with a value, or none.
    private mutating func knob() -> (name: String, value: String?) {
        let knob = Knob.allCases.randomElement(using: &random) ?? .ads
        if chance(20) { return (knob.rawValue, nil) }
        let value =
            switch knob {
            case .placeRate:
                "\(Int.random(in: 1...8, using: &random)):\(Int.random(in: 2...12, using: &random))"
            case .maxPlayers: String(Int.random(in: 2...10, using: &random))
            case .maxQueued: String(Int.random(in: 0...25, using: &random))
            case .idleSeconds: String(Int.random(in: 8...40, using: &random))
            case .spectatorCooldown: chance(50) ? "0" : "1"
            case .ads: chance(50) ? "on" : "off"
            }
        return (knob.rawValue, value)
    }
}
