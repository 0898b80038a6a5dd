/// A reading of both clocks, passed in with every input.
public struct Moment: Hashable, Sendable {
    /// Microseconds on a clock that never steps: deadlines, rates, windows.
    public var monotonicUs: Int64
    /// Milliseconds since 1970: what people and clients are told.
    public var wallMs: Int64

    /// Joins both readings.
    public init(monotonicUs: Int64, wallMs: Int64) {
        self.monotonicUs = monotonicUs
        self.wallMs = wallMs
    }
}
