import Engine
import Protocol

/// How often clicks may count, and how many, by the contract's words: no sooner than the push rate less a fifth, no
/// more than anyone clicks in the time since the last push, or in ten push intervals after a pause.
struct ClickPaceLaw: Sendable {
    private let minIntervalUs: Int64
    private let maxCreditUs: Int64
    private let perSecond: Int64
    /// When the latest steps were, by the wall clock's milliseconds that stand in records.
    private var steps: [Int64: Int64] = [:]
    private var offsetMs: Int64?
    /// When each holder's last push counted.
    private var lastUs: [Identifier: Int64] = [:]

    init(_ configuration: EngineConfiguration) {
        let intervalUs = Int64(configuration.clickPushRateSeconds) * 1_000_000
        minIntervalUs = intervalUs * 4 / 5
        maxCreditUs = intervalUs * 10
        perSecond = Int64(configuration.maxClicksPerSecond)
    }

    /// Notes when a step was; where the wall clock stepped, older records tell nothing of times.
    mutating func step(at now: Moment) {
        let offset = now.wallMs - now.monotonicUs / 1000
        if abs(offset - (offsetMs ?? offset)) > 1 { forget() }
        offsetMs = offset
        if steps.count > 20_000 { steps = [:] }
        steps[now.wallMs] = now.monotonicUs
    }

    /// Takes a push that counted; tells how it came too soon or held too many clicks, if it did.
    mutating func add(_ push: ClickPushRecord) -> String? {
        guard push.clicks.allSatisfy({ $0 > 0 }), !push.clicks.isEmpty,
            push.clicks.count <= Limits.maxClickStretches
        else { return "are no numbers that count" }
        guard let atUs = steps[push.atMs] else {
            lastUs[push.holder] = nil
            return nil
        }
        let elapsedUs = lastUs[push.holder].map { atUs - $0 }
        lastUs[push.holder] = atUs
        // Records tell times in whole milliseconds.
        let creditUs = min(maxCreditUs, (elapsedUs ?? maxCreditUs) + 1_000)
        if creditUs > minIntervalUs, Int64(push.accepted) * 1_000_000 <= creditUs * perSecond { return nil }
        return "count \((elapsedUs ?? 0) / 1000) ms after the last"
    }

    mutating func forget() {
        lastUs = [:]
        steps = [:]
    }
}
