import Client
import Engine
import Protocol

/// The arcade workload: people play runs, a third of them not by the rules.
extension World {
    /// Whether a person's account doesn't keep to the rules.
    func isCheat(_ person: Int) -> Bool { people[person].owner.isMultiple(of: 3) }

    /// Whether a person begins runs only to leave them.
    private func isRestless(_ person: Int) -> Bool { people[person].owner == 0 }

    mutating func spendTime(_ person: Int) {
        plan(.acts(person: person), inUs: milliseconds(isQuiet ? 500...1_500 : 250...900))
        tend(person)
        // A clock that stepped by a day has ended what its client takes for fresh.
        if case .expired = people[person].credential(atMs: now.wallMs) { renew(person) }
        if people[person].link == nil || people[person].status == .afk { receive(.due, person) }
        // Clicks pay too, while what they pay is spent.
        push(person)
        guard !isQuiet else { return }
        if people[person].link == nil, !people[person].isConnecting, !people[person].isComingBack {
            comeBack(person, inUs: milliseconds(500...5_000))
        }
        if isCheat(person), let account = people[person].identity?.id {
            auditor.observe(.cheats(account), atUs: nowUs)
            if chance(6) { cheat(person) }
        }
        if let play = people[person].seat.play {
            if chance(isRestless(person) ? 60 : 1) { quit(play, person) }
        } else if people[person].seat.asked == nil, chance(50) {
            let game = ArcadeGameID.all[Int.random(in: 0..<ArcadeGameID.all.count, using: &random)]
            people[person].seat.asked = say(.startRun(game), person)
        }
        lookAround(person)
    }

    /// Whoever has had enough hits nothing any more.
    private mutating func quit(_ play: ArcadeSeat.Play, _ person: Int) {
        say(.endRun(play.start.run), person)
        people[person].seat.former = play.last
        people[person].seat.play = nil
    }

    // MARK: Runs

    /// A client learns that its run has begun.
    mutating func begin(_ start: RunStart, _ person: Int) {
        guard let link = people[person].link else { return }
        let manners = ArcadeSeat.Manner.allCases
        let isFair = !isCheat(person) || chance(30)
        let manner = isFair ? .human : manners[Int.random(in: 1..<manners.count, using: &random)]
        people[person].seat.asked = nil
        people[person].seat.play = ArcadeSeat.Play(
            start: start, link: link, startedUs: nowUs, manner: manner,
            stretch: ArcadeStretch(seed: start.seed, hits: 0, startMs: 0))
        plan(.aims(person: person, run: start.run), inUs: milliseconds(300...900))
    }

    /// A point counts: the next target is there, or the run's last.
    mutating func follow(_ score: RunScore, _ person: Int) {
        guard var play = people[person].seat.play, play.start.run == score.run else { return }
        play.awaited = nil
        play.stretch.hits = score.score
        if let seed = score.seed {
            play.stretch = ArcadeStretch(seed: seed, hits: score.score, startMs: score.tMs)
        }
        people[person].seat.play = play
        aimAgain(play, person)
    }

    /// A point didn't count, or a run doesn't begin.
    mutating func follow(refusal failure: Failure, of message: Int, _ person: Int) {
        if people[person].seat.asked == message { people[person].seat.asked = nil }
        guard let play = people[person].seat.play, play.awaited == message else { return }
        people[person].seat.play?.awaited = nil
        if failure.code == .pointRejected {
            // It came late, unless the run's end follows.
            aimAgain(play, person)
        } else {
            people[person].seat.play = nil
        }
    }

    /// A run is over.
    mutating func follow(_ result: RunResult, _ person: Int) {
        guard let play = people[person].seat.play, play.start.run == result.run else { return }
        people[person].seat.former = play.last
        people[person].seat.play = nil
    }

    private mutating func aimAgain(_ play: ArcadeSeat.Play, _ person: Int) {
        let sinceUs = nowUs - play.startedUs - Int64(play.last?.tMs ?? 0) * 1000
        let inUs: Int64 =
            switch play.manner {
            case .hasty: milliseconds(5...40)
            case .tireless: max(1_000, milliseconds(143...148) - sinceUs)
            case .human, .backdated, .early, .beside, .twice: milliseconds(230...750)
            }
        plan(.aims(person: person, run: play.start.run), inUs: inUs)
    }

    /// Aims at what is seen, and hits it.
    mutating func aim(_ person: Int, _ run: Identifier) {
        guard var play = people[person].seat.play, play.start.run == run, play.awaited == nil,
            people[person].link == play.link
        else { return }
        let tMs = play.ms(atUs: nowUs)
        if case .timed(let seconds) = play.start.game.rules.category, tMs > seconds * 1000 {
            // Some don't wait to be told that their time is up.
            if chance(50) { quit(play, person) }
            return
        }
        guard tMs > play.last?.tMs ?? -1 else {
            plan(.aims(person: person, run: run), inUs: 2_000)
            return
        }
        // What is seen was drawn a moment ago.
        let seenMs = max(play.stretch.startMs, tMs - Int.random(in: 0...45, using: &random))
        let target = play.start.game.rules.target(of: play.stretch, atMs: seenMs)
        guard target.width > 0 else { return }
        var point = RunPoint(
            run: run, seq: play.seq, x: target.x + Int.random(in: 0..<target.width, using: &random),
            y: target.y + Int.random(in: 0..<target.height, using: &random), tMs: tMs)
        if play.seq > 2, chance(40) { distort(&point, play) }
        play.seq += 1
        play.last = point
        play.awaited = say(.point(point), person)
        people[person].seat.play = play
    }

    /// Makes of a point what no honest client sends.
    private mutating func distort(_ point: inout RunPoint, _ play: ArcadeSeat.Play) {
        switch play.manner {
        case .human, .hasty, .tireless: break
        case .backdated: point.tMs = max(0, (play.last?.tMs ?? 0) - Int.random(in: 0...500, using: &random))
        case .early: point.tMs += Int.random(in: 400...20_000, using: &random)
        case .beside:
            let width = play.start.game.rules.field.width
            point.x = (point.x + width / 4) % width
        case .twice: point = play.last ?? point
        }
    }

    // MARK: Cheating

    /// Sends what is wrong whatever is played: a second run, a point for someone else's, for one that is over, or for
    /// a run that nobody began.
    private mutating func cheat(_ person: Int) {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: if people[person].seat.play != nil { say(.startRun(.dot), person) }
        case 1:
            if let former = people[person].seat.former { say(.point(former), person) }
        case 2:
            if let run = anyRun(but: person) {
                say(.point(RunPoint(run: run, seq: 1, x: 1, y: 1, tMs: 1_000)), person)
            }
        case 3:
            let guess = Identifier(rawValue: random.next())
            say(
                chance(50) ? .endRun(guess) : .point(RunPoint(run: guess, seq: 1, x: 1, y: 1, tMs: 1)), person
            )
        default: if let run = anyRun(but: person) { say(.endRun(run), person) }
        }
    }

    /// A run that someone else plays.
    private mutating func anyRun(but person: Int) -> Identifier? {
        let owner = people[person].owner
        let runs = people.filter { $0.owner != owner }.compactMap { $0.seat.play?.start.run }
        return runs.randomElement(using: &random)
    }
}
