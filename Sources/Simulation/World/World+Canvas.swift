import Client
import Engine
import Protocol

/// The canvas workload: a dozen people paint as fast as they may.
extension World {
    mutating func paint(_ person: Int) {
        if !isQuiet { tend(person) }
        if !isQuiet, people[person].link != nil { doDeed(person) }
        // Whoever watches must ask before all are compared; left to chance, one in thousands didn't.
        if people[person].status == .afk || people[person].link == nil, isQuiet || chance(20) {
            receive(.due, person)
        }
        plan(.acts(person: person), inUs: milliseconds(20...(isQuiet ? 600 : 380)))
    }

    private mutating func doDeed(_ person: Int) {
        if people[person].idlesUntilUs > nowUs { return }
        switch Int.random(in: 0..<1_000, using: &random) {
        case 0..<700: say(.place(pixel()), person)
        case 700..<800: say(.undo, person)
        case 800..<840: ask(.placePixel(pixel()), .curiosity, person)
        case 840..<860: ask(.undoPixel, .curiosity, person)
        case 860..<868: say(.leave, person)
        case 868..<898: say(.play, person)
        case 898..<908: dial(person)
        case 908..<918: renew(person)
        case 918..<928: for _ in 0..<12 { say(.place(pixel()), person) }
        case 928..<938: say(.place(Pixel(x: 24, y: 0, color: 0)), person)
        case 938..<948:
            let route = Route.pixel(
                x: Int.random(in: 0..<24, using: &random), y: Int.random(in: 0..<16, using: &random))
            ask(route, .curiosity, person)
        case 948..<958:
            guard let account = people[person].identity?.id else { return }
            ask(.lastPixel(account: account), .curiosity, person)
        case 958..<968:
            guard let version = people[person].replica.version else { return }
            let from = Version.random(in: 0...version, using: &random)
            ask(.changes(from: from, to: nil, epoch: nil), .curiosity, person)
        case 968..<972: runErrand(person)
        case 972..<975: people[person].idlesUntilUs = nowUs + milliseconds(5_000...40_000)
        default: say(.heartbeat, person)
        }
    }
}
