import Engine
import Protocol

/// Knobs and the ends of bans as a host's words tell.
struct HostingModel: Sendable {
    /// What options say.
    private let options: EngineConfiguration
    /// The knobs that are set, with all that the server has taken on.
    var head: [Knob: Knob.Value] = [:]
    /// The same as the disk has it.
    var durable: [Knob: Knob.Value] = [:]
    /// When the time to idle was changed last.
    var turnedUs: Int64 = -1_000_000_000
    /// Since when spectators wait for another time.
    var cooledUs: Int64 = -1
    /// How many played and waited after the last step: nobody is thrown out for a smaller number.
    var crowd = (playing: 0, waiting: 0)
    /// When each ban that ends is over, on the monotonic clock.
    var endsUs: [Identifier: Int64] = [:]

    /// Starts with no knob set.
    init(_ options: EngineConfiguration) { self.options = options }

    /// What a knob stands at.
    func value(_ knob: Knob) -> Knob.Value { head[knob] ?? options[knob] }

    func durableValue(_ knob: Knob) -> Knob.Value { durable[knob] ?? options[knob] }
}
