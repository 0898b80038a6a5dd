/// Why a process couldn't be started, or can't be talked to.
public enum ProcessFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no such program.
    case notFound(program: String)
    /// The system doesn't start it.
    case notStarted(program: String, reason: String)
    /// There is no pipe, file or thread for it.
    case nothingLeft(what: String, reason: String)
    /// It reads no more.
    case inputClosed
    /// It wrote no line in time.
    case silent(ms: Int)
    /// It writes no more lines.
    case outputClosed

    /// A line for whoever started it.
    public var description: String {
        switch self {
        case .notFound(let program): "\(program) isn't there"
        case .notStarted(let program, let reason): "\(program) can't be started: \(reason)"
        case .nothingLeft(let what, let reason): "no \(what): \(reason)"
        case .inputClosed: "it reads no more"
        case .silent(let ms): "it said nothing within \(ms) ms"
        case .outputClosed: "it says no more"
        }
    }
}

/// How a process ended.
public enum ProcessEnd: Hashable, Sendable, CustomStringConvertible {
    case exited(status: Int32)
    case killed(signal: Int32)

    /// Reads what wait(2) tells.
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited(status: waitStatus >> 8 & 0xff) : .killed(signal: signal)
    }

    /// The end as the rest of a sentence.
    public var description: String {
        switch self {
        case .exited(let status): "it ended with status \(status)"
        case .killed(let signal): "it was ended by signal \(signal)"
        }
    }
}
