/// The server without I/O: inputs and time go in, effects come out.
public struct ServerEngine: Sendable {
    private let configuration: EngineConfiguration

    /// Starts from what storage kept.
    public init(configuration: EngineConfiguration, recovered: RecoveredState, at now: Moment) {
        self.configuration = configuration
    }

    /// When `.wake` should come next, on the monotonic clock in microseconds; nil when nothing is planned.
    public var nextWakeUs: Int64? { nil }

    /// Takes a batch of inputs: reads are answered first, from the last durable version, then writes in order
    /// of arrival.
    public mutating func step(_ inputs: [Input], at now: Moment, into effects: inout [Effect]) {}
}
