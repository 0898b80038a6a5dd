import Client
import Engine
import Protocol

extension World {
    /// Lets a fault strike and plans its next.
    mutating func strike(_ fault: FaultKind) {
        plan(.strikes(fault), inUs: milliseconds(pause(of: fault)))
        guard !isQuiet, engine != nil else { return }
        switch fault {
        case .drop:
            if let link = linkOrder.randomElement(using: &random) { reset(link) }
        case .delay:
            break
        case .stall:
            guard let link = linkOrder.randomElement(using: &random) else { return }
            let untilUs = nowUs + milliseconds(100...(chance(20) ? 14_000 : 3_000))
            links[link]?.stalledUntilUs = untilUs
        case .crash:
            if chance(60) {
                die()
            } else if !isDraining {
                isDraining = true
                reach(.drain)
                plan(.arrives(.drain, run: run, link: nil), inUs: 1_000_000)
            }
        case .full:
            if scenario.workload == .arcade, chance(50) {
                banAndPardon()
                plan(.fills, inUs: milliseconds(1...40))
            } else if scenario.workload == .hosting, !isQuiet {
                for _ in 0..<3 { host() }
                plan(.fills, inUs: milliseconds(1...40))
            } else {
                fill()
            }
        case .broken:
            guard disk.fault == nil else { return }
            disk.fault = .broken("a failed write")
            catchWithPendingCalls()
        case .clock:
            stepClock()
        case .duplicate:
            connectTwice()
        }
    }

    /// Leaves the disk without room for a while.
    mutating func fill() {
        guard disk.fault == nil, !isQuiet else { return }
        disk.fault = .full
        catchWithPendingCalls()
        plan(.heals, inUs: milliseconds(300...4_000))
    }

    /// Between two strikes of a fault, in milliseconds.
    private func pause(of fault: FaultKind) -> ClosedRange<Int64> {
        switch scenario.workload {
        case .canvas, .canvases, .clicks, .relays, .telegram: pauseOfFew(fault)
        case .crowd, .hosting: pauseOfMany(fault)
        case .arcade: pauseOfRuns(fault)
        }
    }

    private func pauseOfFew(_ fault: FaultKind) -> ClosedRange<Int64> {
        switch fault {
        case .drop: 300...2_500
        case .delay: 5_000...5_000
        case .stall: 500...4_000
        case .crash: 3_000...12_000
        case .full: 4_000...12_000
        case .broken: 8_000...25_000
        case .clock: 3_000...30_000
        case .duplicate: 500...5_000
        }
    }

    private func pauseOfMany(_ fault: FaultKind) -> ClosedRange<Int64> {
        switch fault {
        case .drop: 500...6_000
        case .delay: 5_000...5_000
        case .stall: 500...4_000
        case .crash: 30_000...300_000
        case .full: 30_000...120_000
        case .broken: 100_000...600_000
        case .clock: 3_000...30_000
        case .duplicate: 500...5_000
        }
    }

    /// A run takes half a minute, so most must pass without a fault.
    private func pauseOfRuns(_ fault: FaultKind) -> ClosedRange<Int64> {
        switch fault {
        case .drop: 1_000...9_000
        case .delay: 5_000...5_000
        case .stall: 4_000...20_000
        case .crash: 15_000...70_000
        case .full: 5_000...25_000
        case .broken: 30_000...120_000
        case .clock: 5_000...30_000
        case .duplicate: 4_000...20_000
        }
    }

    /// Has some people change what the disk holds of them just as it fails, since left to chance few commits
    /// that fail would have such records in them.
    private mutating func catchWithPendingCalls() {
        for _ in 0..<4 {
            let person = Int.random(in: 0..<people.count, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0..<3:
                ask(.rename(name: "late \(Int.random(in: 0..<99, using: &random))"), .curiosity, person)
            case 3: ask(.logout, .logout, person)
            case 4: ask(.deleteAccount, .delete, person)
            case 5: signIn(person)
            default: renew(person)
            }
        }
    }

    /// Steps the wall clock by a second to three hours, never further than six hours from the truth; where days
    /// matter, by up to a day and a half, and no further than three days.
    private mutating func stepClock() {
        let hourMs: Int64 = 3_600_000
        let mindsDays = scenario.workload == .arcade
        let limitMs = (mindsDays ? 72 : 6) * hourMs
        let scale: [ClosedRange<Int64>] = [
            1_000...10_000, 10_000...300_000, 300_000...1_200_000, 1_200_000...10_800_000,
        ]
        let step = Int64.random(in: scale[Int.random(in: 0..<scale.count, using: &random)], using: &random)
        if mindsDays, chance(50) {
            let stepMs = Int64.random(in: (chance(25) ? -36 : 10) * hourMs...36 * hourMs, using: &random)
            wallStepMs = max(-limitMs, min(limitMs, wallStepMs + stepMs))
            return
        }
        let isBackwards = chance(50)
        wallStepMs = max(-limitMs, min(limitMs, wallStepMs + (isBackwards ? -step : step)))
    }

    /// Has an account connect a second time: by its other device, or by two sockets at once.
    private mutating func connectTwice() {
        let person = Int.random(in: 0..<(rules.accounts + rules.secondDevices), using: &random)
        guard case .valid = people[person].credential(atMs: now.wallMs) else { return }
        dial(person)
        let twin = people.indices.first { $0 != person && people[$0].owner == people[person].owner }
        if let twin, chance(50) {
            if case .valid = people[twin].credential(atMs: now.wallMs) { dial(twin) }
        } else if chance(50) {
            dial(person)
        }
    }

    /// Lets everything settle: people rest and nothing goes wrong until all were compared.
    mutating func hush() {
        isQuiet = true
        for id in linkOrder {
            guard let link = links[id], link.stalledUntilUs > nowUs else { continue }
            links[id]?.stalledUntilUs = 0
            // What was put off until the stall's end arrives now.
            for _ in link.words { plan(.delivers(id), inUs: 1_000) }
        }
        switch disk.fault {
        case .full: disk.fault = nil
        case .broken:
            disk.fault = nil
            die()
        case nil:
            // A server that saw its disk fail serves reads only until it is started again.
            if engine?.isStorageHealthy == false { die() }
        }
        plan(.compares, inUs: rules.quietUs)
    }

    /// Holds every replica against the server, then lets life go on.
    mutating func compare() {
        if let engine {
            if engine.counts.pendingRecords == 0, engine.isStorageHealthy {
                auditor.observe(.settled(present: disk.presences), atUs: nowUs)
            }
            compareGames()
            auditor.observe(.quiet(version: engine.durableVersion, cells: engine.durableCells), atUs: nowUs)
            for person in people {
                let replica = person.replica
                auditor.observe(
                    .replica(name: person.name, version: replica.version, cells: replica.cells), atUs: nowUs)
            }
        }
        isQuiet = false
        plan(.hushes, inUs: rules.busyUs)
    }
}
