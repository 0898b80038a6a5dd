import Client
import Engine
import Protocol

/// The crowd workload: far more people than places come, wait, play, fall silent and go.
extension World {
    mutating func mingle(_ person: Int) {
        tend(person)
        let isWatching = people[person].link == nil || people[person].status == .afk
        if isQuiet {
            if isWatching { receive(.due, person) }
            plan(.acts(person: person), inUs: milliseconds(800...2_000))
            return
        }
        if people[person].isMuteUntilUs <= nowUs {
            if scenario.workload == .hosting, chance(hasRole(person) ? 40 : 10) { administer(person) }
            if people[person].link == nil {
                stray(person)
            } else {
                switch people[person].status {
                case .afk: lookOn(person)
                case .queued: wait(person)
                case .playing: play(person)
                }
            }
            if chance(1) { runErrand(person) }
        }
        let isPlaying = people[person].link != nil && people[person].isPlaying
        plan(.acts(person: person), inUs: milliseconds(isPlaying ? 400...2_600 : 1_500...5_000))
    }

    /// Whether a person has been given a role, and so has more to do than to try what it may not.
    private func hasRole(_ person: Int) -> Bool {
        people[person].identity.flatMap { disk.accounts[$0.id] }.map { $0.role > .player } ?? false
    }

    /// Without a socket: who has a place may use it by single calls, and all watch now and then.
    private mutating func stray(_ person: Int) {
        if people[person].isPlaying, chance(20) { ask(.placePixel(pixel()), .curiosity, person) }
        if chance(10) { receive(.due, person) }
        if !people[person].isConnecting, !people[person].isComingBack {
            comeBack(person, inUs: milliseconds(1_000...5_000))
        }
    }

    private mutating func lookOn(_ person: Int) {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<45: say(.play, person)
        case 45..<47: say(.leave, person)
        case 47..<49: say(.place(pixel()), person)
        case 49..<52: hangUp(person, forUs: milliseconds(2_000...60_000))
        case 52..<54: people[person].isMuteUntilUs = nowUs + milliseconds(5_000...30_000)
        case 54..<60: receive(.due, person)
        default: break
        }
    }

    private mutating func wait(_ person: Int) {
        switch Int.random(in: 0..<200, using: &random) {
        case 0..<3: say(.leave, person)
        case 3..<7: say(.play, person)
        case 7..<13: hangUp(person, forUs: milliseconds(500...(chance(30) ? 40_000 : 15_000)))
        case 13..<15: people[person].isMuteUntilUs = nowUs + milliseconds(5_000...30_000)
        case 15..<17: say(.place(pixel()), person)
        default: break
        }
    }

    private mutating func play(_ person: Int) {
        if people[person].idlesUntilUs > nowUs { return }
        switch Int.random(in: 0..<200, using: &random) {
        case 0..<120: say(.place(pixel()), person)
        case 120..<136: say(.undo, person)
        case 136..<142: ask(.placePixel(pixel()), .curiosity, person)
        case 142..<144: ask(.undoPixel, .curiosity, person)
        case 144..<156: people[person].idlesUntilUs = nowUs + milliseconds(5_000...35_000)
        case 156..<160: say(.leave, person)
        case 160..<166: hangUp(person, forUs: milliseconds(500...(chance(30) ? 40_000 : 15_000)))
        case 166..<168: people[person].isMuteUntilUs = nowUs + milliseconds(5_000...30_000)
        case 168..<170: say(.play, person)
        default: break
        }
    }
}
