import Game
import Protocol

/// When who wrote to the host within the last hour, on the monotonic clock: the other one may be set.
struct FeedbackBook: Sendable {
    private static let hourUs: Int64 = 3_600_000_000

    private var timesUs: [RateKey: [Int64]] = [:]

    /// Takes what was kept; guests count by their address, which storage doesn't know.
    init(_ kept: [FeedbackRecord], at now: Moment) {
        for record in kept where !record.isGuest {
            let ageMs = max(0, now.wallMs - record.atMs)
            timesUs[.account(record.holder), default: []].append(now.monotonicUs - ageMs * 1000)
        }
    }

    /// How long someone has to wait before the next message, in milliseconds; 0 where none.
    func waitMs(_ key: RateKey, at now: Moment) -> Int {
        let recent = (timesUs[key] ?? []).filter { now.monotonicUs - $0 < Self.hourUs }.sorted()
        guard recent.count >= Limits.feedbackPerHour else { return 0 }
        let waitUs = recent[recent.count - Limits.feedbackPerHour] + Self.hourUs - now.monotonicUs
        return Int((waitUs + 999) / 1000)
    }

    /// Counts a message.
    mutating func note(_ key: RateKey, at now: Moment) {
        if timesUs.count >= Limits.maxRateKeys, timesUs[key] == nil {
            timesUs = timesUs.filter { $0.value.contains { now.monotonicUs - $0 < Self.hourUs } }
            // So many within an hour are no people: from here on each counts as if for the first time.
            if timesUs.count >= Limits.maxRateKeys { timesUs = [:] }
        }
        let recent = (timesUs[key] ?? []).filter { now.monotonicUs - $0 < Self.hourUs }
        timesUs[key] = recent + [now.monotonicUs]
    }

    /// Takes a message back that didn't become durable.
    mutating func forget(_ key: RateKey, atUs: Int64) {
        guard let index = timesUs[key]?.lastIndex(of: atUs) else { return }
        timesUs[key]?.remove(at: index)
    }
}

extension ServerEngine {
    /// Keeps what someone wrote to the host; answered once durable.
    mutating func giveFeedback(
        _ message: FeedbackMessage, _ id: RequestID, _ caller: Caller, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard let identity = caller.identity else {
            effects.append(.respond(id, .failure(caller.refusal)))
            return
        }
        if let refusal = writeRefusal {
            effects.append(.respond(id, .failure(refusal)))
            return
        }
        let key = caller.requestKey
        let waitMs = feedback.waitMs(key, at: now)
        guard waitMs <= 0 else {
            let failure = Failure(
                .rateLimited, "\(Limits.feedbackPerHour) messages an hour; thank you for those.",
                retryAfterMs: waitMs)
            effects.append(.respond(id, .failure(failure)))
            return
        }
        feedback.note(key, at: now)
        let record = FeedbackRecord(
            holder: identity.id, isGuest: caller.account == nil, message: message, atMs: now.wallMs)
        commits.add(
            .feedback(record),
            held: Held(
                asker: .request(id), answer: .response(.created), log: .feedbackGiven(holder: identity.id)),
            reversal: .feedback(key, atUs: now.monotonicUs))
    }
}
