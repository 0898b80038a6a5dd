/// The whole server under a virtual clock, network and disk.
public enum Simulator {
    /// Lives through a scenario; the same scenario always comes to the same outcome.
    public static func run(_ scenario: Scenario) -> Outcome {
        do throws(Violation) {
            var world = try World(scenario)
            return world.live()
        } catch {
            return Outcome(violation: error, stateHash: 0, tally: Outcome.Tally())
        }
    }
}
