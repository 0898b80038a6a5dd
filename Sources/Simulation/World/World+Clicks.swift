import Client
import Engine
import Protocol

/// The clicks workload: guests and accounts push clicks over HTTP and sockets, some of them more than is right.
extension World {
    /// Whether accounts rename, log out and the like: then the end of a sign-in may hide what became of a batch.
    private var hasErrands: Bool { scenario.faults.contains(.duplicate) }

    mutating func click(_ person: Int) {
        plan(.acts(person: person), inUs: milliseconds(isQuiet ? 200...500 : 150...600))
        let isGuest = people[person].role == .guest
        if isGuest { signInAsGuest(person) }
        tend(person)
        if people[person].link == nil || people[person].status == .afk { receive(.due, person) }
        if !isQuiet, people[person].link == nil, !people[person].isConnecting,
            !people[person].isComingBack
        {
            comeBack(person, inUs: milliseconds(500...5_000))
        }
        push(person)
        guard !isQuiet else { return }
        if chance(4) { cheat(person) }
        if chance(3) { ask(.clicks(.current), .curiosity, person) }
        if chance(2) { say(.play, person) }
        if chance(2) { hangUp(person, forUs: milliseconds(500...6_000)) }
        if chance(2) { lookAtBoards(person) }
        if chance(3), !isGuest { orderGame(person) }
        if hasErrands, chance(1), !isGuest { runErrand(person) }
    }

    /// Sends the batch under way, or the next one.
    mutating func push(_ person: Int) {
        guard case .valid(let identity) = people[person].credential(atMs: now.wallMs) else { return }
        if let batch = people[person].tracker.batch, batch.session != identity.sessionID {
            people[person].tracker.abandon()
        }
        if people[person].tracker.batch == nil {
            guard !isQuiet, people[person].tracker.nextUs <= nowUs || chance(5) else { return }
            let clicks = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                Int.random(in: 1...5, using: &random)
            }
            people[person].tracker.begin(clicks, by: person, for: identity.sessionID)
        }
        guard people[person].tracker.isDue(atUs: nowUs), let batch = people[person].tracker.batch else {
            return
        }
        let socket = people[person].link.flatMap { links[$0]?.session }
        if socket == batch.session, chance(60) {
            people[person].tracker.sent(say(.pushClicks(batch.push), person), atUs: nowUs)
        } else {
            people[person].tracker.sent(nil, atUs: nowUs)
            ask(.clicks(.push(batch.push, anonToken: nil)), .push(batch.name), person)
        }
    }

    /// Pushes what must not count: too many clicks, none, or a batch that was counted under other numbers; and now
    /// and then clicks without a name, of which nobody can be sure.
    private mutating func cheat(_ person: Int) {
        let push: ClickPush
        switch Int.random(in: 0..<5, using: &random) {
        case 0: push = ClickPush(clicks: [5_000], batchID: "cheat")
        case 1: push = ClickPush(clicks: [3, 0], batchID: nil)
        case 2: push = ClickPush(clicks: [2], batchID: nil)
        default:
            guard let name = people[person].tracker.counted.randomElement(using: &random) else { return }
            // Only of this sign-in is the name known to have been counted.
            guard let session = people[person].identity?.sessionID,
                people[person].tracker.tally.acknowledged[ClickBatch(session: session, name: name)] != nil
            else { return }
            if chance(50) {
                ask(.clicks(.push(ClickPush(clicks: [7], batchID: name), anonToken: nil)), .curiosity, person)
                return
            }
            guard people[person].link.flatMap({ links[$0]?.session }) == session else { return }
            push = ClickPush(clicks: [7], batchID: name)
        }
        // On a socket every push has a name.
        if push.batchID != nil, chance(50) || push.batchID != "cheat" {
            say(.pushClicks(push), person)
        } else {
            ask(.clicks(.push(push, anonToken: nil)), .curiosity, person)
        }
    }

    private mutating func lookAtBoards(_ person: Int) {
        ask(.leaderboard(chance(50) ? .clicks : .relay, .all), .curiosity, person)
        if let game = disk.clickGames.keys.sorted().last {
            ask(.clicks(.contributions(game: game)), .curiosity, person)
        }
    }

    /// Orders a game; only admins' orders are taken.
    private mutating func orderGame(_ person: Int) {
        let startsAtMs = now.wallMs + Int64.random(in: -2_000...30_000, using: &random)
        let order = ClickGameOrder(
            startsAtMs: chance(20) ? nil : startsAtMs, seconds: Int.random(in: 5...20, using: &random),
            planets: Array(configuration.planets.shuffled(using: &random).prefix(chance(50) ? 2 : 3)))
        ask(.clicks(.schedule(order)), .curiosity, person)
    }

    /// Takes the answer to a push over HTTP.
    mutating func take(push answer: Answer?, of name: String, _ person: Int) {
        guard people[person].tracker.batch?.name == name else { return }
        switch answer {
        case .clicks:
            // The next push comes in time, or somewhat too soon.
            let nextUs = chance(20) ? milliseconds(0...700) : milliseconds(1_000...2_500)
            people[person].tracker.acknowledge(name, nextInUs: nextUs, atUs: nowUs)
        case .failure(let failure): refuse(push: failure, person)
        default: people[person].tracker.wait(us: milliseconds(100...1_000), atUs: nowUs)
        }
    }

    /// Takes a refusal of the batch under way.
    mutating func refuse(push failure: Failure, _ person: Int) {
        switch failure.code {
        case .implausibleClicks, .noActiveGame: people[person].tracker.drop(atUs: nowUs)
        case .banned: people[person].tracker.abandon()
        case .unauthorized where people[person].role == .guest:
            people[person].identity = nil
            people[person].tracker.abandon()
        default:
            let waitUs = Int64(failure.retryAfterMs ?? 0) * 1000 + milliseconds(50...500)
            people[person].tracker.wait(us: waitUs, atUs: nowUs)
        }
    }

    /// Holds what everyone knows of games and relays against the server.
    mutating func compareGames() {
        for person in people.indices {
            // Who is banned isn't told what became of a batch, nor who couldn't sign in again in time.
            let account = people[person].identity.flatMap { disk.accounts[$0.id] }
            var isIn = false
            if case .valid = people[person].credential(atMs: now.wallMs) { isIn = true }
            let isOut = !isIn && (scenario.workload == .arcade || scenario.faults.contains(.clock))
            if account?.banReason != nil || isOut { people[person].tracker.abandon() }
        }
        auditor.observe(.clicked(people.map(\.tracker.tally)), atUs: nowUs)
        for person in people where person.link != nil {
            for relay in person.rooms.keys.sorted() {
                guard let view = person.rooms[relay] else { continue }
                auditor.observe(.room(name: person.name, view), atUs: nowUs)
            }
        }
    }
}
