import Client
import Engine
import Protocol

extension World {
    /// Lets a fault strike and plans its next.
    mutating func strike(_ fault: FaultKind) {
        let pause: ClosedRange<Int64>
        switch fault {
        case .drop: pause = 300...2_500
        case .delay: pause = 5_000...5_000
        case .stall: pause = 500...4_000
        case .crash: pause = 3_000...12_000
        case .full: pause = 4_000...12_000
        case .broken: pause = 8_000...25_000
        }
        plan(.strikes(fault), inUs: milliseconds(pause))
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
            guard disk.fault == nil else { return }
            disk.fault = .full
            plan(.heals, inUs: milliseconds(300...4_000))
        case .broken:
            guard disk.fault == nil else { return }
            disk.fault = .broken("a failed write")
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
        plan(.compares, inUs: Self.cycleUs - Self.busyUs)
    }

    /// Holds every replica against the server, then lets life go on.
    mutating func compare() {
        if let engine {
            auditor.observe(.quiet(version: engine.durableVersion, cells: engine.durableCells), atUs: nowUs)
            for person in people {
                let replica = person.replica
                auditor.observe(
                    .replica(name: person.name, version: replica.version, cells: replica.cells), atUs: nowUs)
            }
        }
        isQuiet = false
        plan(.hushes, inUs: Self.busyUs)
    }
}
