import Protocol

/// Who is present: every sign-in heard of within the heartbeat timeout.
struct PresenceLaw: Sendable {
    let timeoutUs: Int64
    /// When each sign-in that is present was heard last.
    private(set) var heardUs: [Identifier: Int64] = [:]
    /// Nobody's silence ends before this.
    private var quietUntilUs: Int64 = .max

    init(timeoutUs: Int64) { self.timeoutUs = timeoutUs }

    var count: Int { heardUs.count }

    /// Notes a sign of life.
    mutating func hear(_ session: Identifier, atUs: Int64) {
        heardUs[session] = atUs
        quietUntilUs = min(quietUntilUs, atUs + timeoutUs)
    }

    /// Takes out whoever was silent for the timeout; tells since when.
    mutating func pass(atUs nowUs: Int64) -> [Identifier: Int64] {
        guard quietUntilUs <= nowUs else { return [:] }
        let silent = heardUs.filter { $0.value + timeoutUs <= nowUs }
        for session in silent.keys { heardUs[session] = nil }
        quietUntilUs = heardUs.values.min().map { $0 + timeoutUs } ?? .max
        return silent
    }

    mutating func forget() {
        heardUs = [:]
        quietUntilUs = .max
    }
}
