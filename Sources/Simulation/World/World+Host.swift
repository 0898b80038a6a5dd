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
        plan(.commands, inUs: milliseconds(5_000...30_000))
        guard engine != nil, !isQuiet else { return }
        guard let account = people.randomElement(using: &random)?.identity?.id else { return }
        lastHostCall += 1
        let call = HostCallID(rawValue: lastHostCall)
        let command: HostCommand =
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4: .list(all: chance(30))
            case 4..<7: .kick(account: account.description)
            default: .grant(account: account.description, role: role())
            }
        auditor.observe(.hostAsked(call), atUs: nowUs)
        reach(.host(call, command))
    }

    /// A role for someone; where games are played, mostly an admin's.
    private mutating func role() -> Role {
        switch scenario.workload {
        case .canvas, .crowd: chance(50) ? .moderator : .player
        case .clicks, .relays: chance(75) ? .admin : .player
        }
    }
}
