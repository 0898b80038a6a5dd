import FoundationEssentials
import Simulation
import Testing

@Suite("The corpus of seeds")
struct CorpusTests {
    static let scenarios: [Scenario] = {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "seeds.txt")
        let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ").map(String.init)
            guard !line.hasPrefix("#"), parts.count == 3, let seed = UInt64(parts[0]),
                let minutes = Int(parts[1]), let faults = Scenario.faults(parts[2])
            else { return nil }
            return Scenario(seed: seed, minutes: minutes, faults: faults)
        }
    }()

    @Test("is read whole")
    func found() {
        #expect(Self.scenarios.count >= 10)
        for fault in FaultKind.allCases {
            #expect(Self.scenarios.contains { $0.faults == [fault] || $0.faults.count > 1 })
        }
    }

    @Test("breaks no invariant, and everything that can happen does", arguments: scenarios)
    func holds(_ scenario: Scenario) {
        let outcome = Simulator.run(scenario)
        #expect(outcome.violation == nil, "\(scenario): \(outcome.violation?.description ?? "")")
        let tally = outcome.tally
        #expect(tally.acknowledged > 100)
        #expect(tally.undos > 10)
        #expect(tally.frames > 100)
        #expect(tally.comparisons >= 26 * scenario.minutes, "12 people and the server, twice a minute")
        if scenario.faults.contains(.crash) { #expect(tally.restarts > 0) }
        if scenario.faults.contains(.full) { #expect(tally.failedCommits > 0) }
        if scenario.faults.contains(.stall) { #expect(tally.mergedFrames > 0) }
    }

    @Test("comes to the same state twice, and to another with another seed")
    func deterministic() {
        let scenario = Scenario(seed: 77, minutes: 1, faults: FaultKind.allCases)
        let first = Simulator.run(scenario)
        let second = Simulator.run(scenario)
        #expect(first == second)
        let other = Simulator.run(Scenario(seed: 78, minutes: 1, faults: FaultKind.allCases))
        #expect(other.stateHash != first.stateHash)
    }
}
