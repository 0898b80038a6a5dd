import FoundationEssentials
import Simulation
import Testing

@Suite("The corpus of seeds")
struct CorpusTests {
    private static let lines: [Substring] = {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "seeds.txt")
        let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    }()

    static let scenarios: [Scenario] = {
        lines.compactMap { line in
            let parts = line.split(separator: " ").map(String.init)
            guard (3...4).contains(parts.count), let seed = UInt64(parts[0]),
                let minutes = Int(parts[1]), let faults = Scenario.faults(parts[2]),
                let workload = Workload(rawValue: parts.count == 4 ? parts[3] : "canvas")
            else { return nil }
            return Scenario(seed: seed, minutes: minutes, faults: faults, workload: workload)
        }
    }()

    @Test("is read whole")
    func found() {
        #expect(Self.scenarios.count >= 30 && Self.scenarios.count == Self.lines.count)
        for workload in Workload.allCases {
            for fault in FaultKind.allCases {
                #expect(Self.scenarios.contains { $0.workload == workload && $0.faults.contains(fault) })
            }
        }
    }

    @Test("breaks no invariant, and everything that can happen does", arguments: scenarios)
    func holds(_ scenario: Scenario) {
        let outcome = Simulator.run(scenario)
        #expect(outcome.violation == nil, "\(scenario): \(outcome.violation?.description ?? "")")
        let tally = outcome.tally
        switch scenario.workload {
        case .canvas:
            #expect(tally.acknowledged > 100)
            #expect(tally.undos > 10)
            #expect(tally.frames > 100)
            #expect((tally.spectatorFrames > 10) == (scenario.seed % 2 == 0), "every second world is live")
            #expect(tally.comparisons >= 26 * scenario.minutes, "12 people and the server, twice a minute")
            if scenario.faults.contains(.crash) { #expect(tally.restarts > 0) }
            if scenario.faults.contains(.full) { #expect(tally.failedCommits > 0) }
            if scenario.faults.contains(.stall) { #expect(tally.mergedFrames > 0) }
        case .canvases:
            #expect(tally.acknowledged > 50)
            #expect(tally.rollbacks > 3 * scenario.minutes)
            #expect(tally.rolledBack > 20 * scenario.minutes)
            #expect(tally.newGames > 0 && tally.previews > 0 && tally.protections > 0)
            #expect(tally.comparisons >= 26 * scenario.minutes)
            if scenario.faults.contains(.crash) { #expect(tally.restarts > 0) }
        case .crowd:
            #expect(tally.promotions >= 7 * scenario.minutes)
            #expect(tally.idlings >= scenario.minutes)
            #expect(tally.absences > 0)
            #expect(tally.fullQueues > 0)
            #expect(tally.reconnects > 0)
            #expect(tally.refreshes > 10 * scenario.minutes)
            #expect(tally.silences > scenario.minutes)
            #expect(tally.comparisons >= 60, "all people and the server, once")
            if scenario.faults.contains(.duplicate) { #expect(tally.replaced > 10 * scenario.minutes) }
            if scenario.faults.contains(.crash) { #expect(tally.restarts > 0) }
        case .hosting:
            #expect(tally.promotions > 0)
            #expect(tally.knobs > 3 * scenario.minutes)
            #expect(tally.banEnds > 0 && tally.bannedCalls > 0)
            #expect(tally.hostedCalls > 3 * scenario.minutes)
            #expect(tally.forbiddenCalls > 5 * scenario.minutes)
            #expect(tally.auditRows > tally.knobs)
            if scenario.faults.contains(.crash) { #expect(tally.restarts > 0) }
        case .telegram:
            #expect(tally.telegramOrders > 5 * scenario.minutes)
            #expect(tally.auditRows > 2 * scenario.minutes)
            if scenario.faults.contains(.crash) { #expect(tally.restarts > 0) }
        case .clicks:
            #expect(tally.pushes > 100 * scenario.minutes)
            #expect(tally.clickGames >= scenario.minutes)
            #expect(tally.totalsTold > 100 * scenario.minutes)
            #expect(tally.implausiblePushes > 0 && tally.earlyPushes > 0 && tally.repeatedPushes > 0)
            #expect(tally.clicksKept >= tally.clicksAcknowledged && tally.clicksAcknowledged > 500)
            if scenario.faults.contains(.crash) { #expect(tally.restarts > 0) }
        case .relays:
            #expect(tally.relaysStarted > 2 * scenario.minutes)
            #expect(tally.relaysEnded > scenario.minutes)
            #expect(tally.solves > 20 * scenario.minutes)
            #expect(tally.wrongAnswers > 5 * scenario.minutes)
            #expect(tally.eventsHeard > 200 * scenario.minutes)
            if scenario.faults.contains(.crash) { #expect(tally.restarts > 0) }
        case .arcade:
            #expect(tally.runsStarted > 15 * scenario.minutes)
            #expect(tally.hits > 300 * scenario.minutes)
            #expect(tally.purchases > scenario.minutes && tally.repeatedPurchases > scenario.minutes)
            #expect(tally.bonuses > 10 && tally.wears > 0 && tally.installs >= 5)
            #expect(tally.completions > 0 && tally.earlyCompletions > 0)
            #expect(tally.messages > 0 && tally.impressions > 0)
            // Lines may be held up; whoever plays by the rules is flagged on none but the worst.
            if scenario.faults.contains(.delay) {
                #expect(tally.latePoints > scenario.minutes)
                #expect(tally.slowLines <= scenario.minutes)
            } else if !scenario.faults.contains(.stall) {
                #expect(tally.slowLines == 0)
            }
            #expect(tally.flags.values.reduce(0, +) > scenario.minutes)
            if scenario.faults.contains(.crash) { #expect(tally.restarts > 0) }
        }
    }

    @Test("pays no cheat and flags every kind", arguments: [UInt64(1), 2])
    func judges(_ seed: UInt64) {
        let outcome = Simulator.run(Scenario(seed: seed, minutes: 6, faults: [], workload: .arcade))
        #expect(outcome.violation == nil, "\(outcome.violation?.description ?? "")")
        let kinds = [
            "burst", "foreign_run", "impossible_score", "off_target", "point_after_end", "point_in_future",
            "point_in_past", "replayed_point", "second_run",
        ]
        #expect(outcome.tally.flags.keys.sorted() == kinds)
        let reasons = ["burst", "completed", "left", "rejected", "time"]
        #expect(outcome.tally.runEnds.keys.sorted() == reasons)
        #expect(outcome.tally.runsCounted > 30)
        #expect(outcome.tally.bans > 0 && outcome.tally.bannedCalls > 0)
        #expect(outcome.tally.refusedMessages > 0 && outcome.tally.slowLines == 0)
        #expect(outcome.tally.refusedRuns > 0 && outcome.tally.lateLeavers > 0)
        #expect(outcome.tally.unknownRuns > 0)
    }

    @Test("counts every click once through 20 crashes and a lossy link", arguments: [UInt64(1), 2, 3])
    func counts(_ seed: UInt64) {
        let scenario = Scenario(
            seed: seed, minutes: 5, faults: [.drop, .delay, .stall, .crash], workload: .clicks)
        let outcome = Simulator.run(scenario)
        #expect(outcome.violation == nil, "\(outcome.violation?.description ?? "")")
        #expect(outcome.tally.restarts >= 20)
        #expect(outcome.tally.repeatedPushes > 10)
        #expect(outcome.tally.clicksAcknowledged > 5_000)
        #expect(outcome.tally.unresolvedBatches == 0)
        #expect(outcome.tally.clicksKept == outcome.tally.clicksAcknowledged)
    }

    @Test(
        "does what was ordered by Telegram once, though crashes have it come again",
        arguments: [UInt64(1), 2])
    func orders(_ seed: UInt64) {
        let scenario = Scenario(seed: seed, minutes: 5, faults: [.drop, .crash], workload: .telegram)
        let outcome = Simulator.run(scenario)
        #expect(outcome.violation == nil, "\(outcome.violation?.description ?? "")")
        #expect(outcome.tally.restarts >= 20)
        #expect(outcome.tally.repeatedOrders > 2)
        #expect(outcome.tally.telegramOrders > 100)
    }

    @Test("comes to the same state twice, and to another with another seed", arguments: Workload.allCases)
    func deterministic(_ workload: Workload) {
        let scenario = Scenario(seed: 77, minutes: 1, faults: FaultKind.allCases, workload: workload)
        let first = Simulator.run(scenario)
        let second = Simulator.run(scenario)
        #expect(first == second)
        let other = Simulator.run(
            Scenario(seed: 78, minutes: 1, faults: FaultKind.allCases, workload: workload))
        #expect(other.stateHash != first.stateHash)
    }
}
