import Simulation
import Testing

@Suite("Scenarios")
struct ScenarioTests {
    @Test("read their faults from a list of names")
    func faults() {
        #expect(Scenario.faults("none") == [])
        #expect(Scenario.faults("all") == FaultKind.allCases)
        #expect(Scenario.faults("drop,crash") == [.drop, .crash])
        for wrong in ["", "drop,", "drop, crash", "flood", "all,drop"] {
            #expect(Scenario.faults(wrong) == nil)
        }
    }

    @Test("are the same whatever the order of their faults")
    func order() {
        let first = Scenario(seed: 1, minutes: 1, faults: [.crash, .drop])
        #expect(first == Scenario(seed: 1, minutes: 1, faults: [.drop, .crash]))
    }

    @Test("count the time that all accounts live through")
    func playerHours() {
        #expect(Scenario(seed: 1, minutes: 60, faults: [], workload: .crowd).playerHours == 50)
        #expect(Scenario(seed: 1, minutes: 30, faults: []).playerHours == 4)
    }
}
