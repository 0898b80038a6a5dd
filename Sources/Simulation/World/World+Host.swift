import Engine
import Game
import Protocol

extension World {
    /// Tells the server how loaded it is; now and then it is overloaded for some seconds.
    mutating func measureLoad() {
        plan(.measuresLoad, inUs: 500_000)
        guard engine != nil else { return }
        if overloadedUntilUs < nowUs - 20_000_000, !isQuiet, chance(1) {
            overloadedUntilUs = nowUs + milliseconds(500...8_000)
        }
        var reading = LoadReading(loopLagUs: milliseconds(0...150), sentBitsPerSecond: 20_000_000)
        if overloadedUntilUs > nowUs {
            if chance(70) { reading.loopLagUs = milliseconds(251...900) }
            if chance(70) { reading.sentBitsPerSecond = 60_000_000 }
        } else if chance(10) {
            reading.loopLagUs = milliseconds(201...250)
        }
        reach(.load(reading))
    }

    /// Has a host look, kick or give a role.
    mutating func command() {
        plan(.commands, inUs: milliseconds(pauseOfHosts))
        guard engine != nil, !isQuiet else { return }
        if scenario.workload == .hosting, chance(80) {
            host()
            return
        }
        if scenario.workload == .canvases, chance(85) {
            moderate()
            return
        }
        if scenario.workload == .arcade, chance(70) {
            review()
            return
        }
        if scenario.workload == .clicks, !disk.accounts.values.contains(where: { $0.role == .admin }) {
            appoint()
            return
        }
        guard let account = people.randomElement(using: &random)?.identity?.id else { return }
        let command: HostCommand =
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4: .list(all: chance(30))
            case 4..<7: .kick(account: account.description)
            default: .grant(account: account.description, role: role())
            }
        order(command)
    }

    /// Makes someone an admin who orders click games: where the clock was put back by hours, a game that runs
    /// ends in time only by an order.
    private mutating func appoint() {
        guard let account = people.filter({ $0.role == .player }).randomElement(using: &random)?.identity?.id
        else { return }
        order(.grant(account: account.description, role: .admin))
    }

    mutating func order(_ command: HostCommand) {
        lastHostCall += 1
        let call = HostCallID(rawValue: lastHostCall)
        auditor.observe(.hostAsked(call), atUs: nowUs)
        reach(.host(call, command))
    }

    private var pauseOfHosts: ClosedRange<Int64> {
        switch scenario.workload {
        case .arcade: 1_000...6_000
        case .canvases: 50...700
        case .hosting: 500...4_000
        case .canvas, .crowd, .clicks, .relays, .telegram: 5_000...30_000
        }
    }

    /// Puts the first skins up for sale.
    mutating func stock() {
        for number in 0..<5 { order(.installSkin(json: Self.text(Workload.skin(number, price: number * 9)))) }
    }

    private static func text(_ json: [UInt8]) -> String { String(decoding: json, as: UTF8.self) }

    /// Bans someone and thinks better of it at once.
    mutating func banAndPardon() {
        guard let account = people.randomElement(using: &random)?.identity?.id else { return }
        order(.ban(account: account.description, reason: "a mistake"))
        plan(.pardons(account), inUs: milliseconds(0...30))
    }

    mutating func pardon(_ account: Identifier) {
        guard engine != nil else { return }
        order(.unban(account: account.description))
    }

    /// Has a host look at flags and words, ban someone or let someone in again.
    private mutating func review() {
        let banned = disk.accounts.values.filter { $0.banReason != nil }.map(\.id).sorted()
        guard let account = people.randomElement(using: &random)?.identity?.id else { return }
        switch Int.random(in: 0..<12, using: &random) {
        case 0: order(.ban(account: account.description, reason: "points in the past"))
        case 1: banAndPardon()
        case 2..<7:
            if let banned = banned.randomElement(using: &random) {
                order(.unban(account: banned.description))
            }
        case 7: order(.clearFlags(account: account.description))
        case 8: order(.flags)
        case 9: order(.feedback)
        case 10: order(.skins)
        default: order(.installSkin(json: Self.text(Self.skin(&random))))
        }
    }

    /// A role for someone; where games are played, mostly an admin's.
    mutating func role() -> Role {
        switch scenario.workload {
        case .canvas, .canvases, .crowd, .telegram: chance(50) ? .moderator : .player
        case .hosting: [.admin, .moderator, .moderator, .player].randomElement(using: &random) ?? .player
        case .clicks, .relays, .arcade: chance(75) ? .admin : .player
        }
    }
}
