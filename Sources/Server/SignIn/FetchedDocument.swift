import Protocol
import Transport

/// A document of the identity provider's: fetched when it is first wanted, kept as long as its headers allow;
/// confined to the loop's thread.
///
/// However many want it at once, it is fetched once; what can't be had is tried again after a pause.
final class FetchedDocument<Value> {
    typealias Waiter = (Result<Value, Failure>) -> Void
    typealias Fetch = (_ done: @escaping (Result<(value: Value, freshSeconds: Int?), Failure>) -> Void) ->
        Void

    private struct Kept {
        let value: Value
        let fetchedMs: Int64
        let freshUntilMs: Int64
    }

    private let fetch: Fetch
    private let nowMs: () -> Int64
    private var kept: Kept?
    private var lastFailure: (failure: Failure, atMs: Int64)?
    private var waiting: [Waiter] = []

    /// - Parameters:
    ///   - nowMs: a clock that is never set back, in milliseconds.
    ///   - fetch: reads the document anew and tells for how many seconds it may be used.
    init(nowMs: @escaping () -> Int64, fetch: @escaping Fetch) {
        self.nowMs = nowMs
        self.fetch = fetch
    }

    /// The value as it was fetched last, however old; nil before that.
    var latest: Value? { kept?.value }

    /// Gives the document, fetching it where it is missing or too old.
    func get(_ then: @escaping Waiter) {
        if let kept, kept.freshUntilMs > nowMs() { return then(.success(kept.value)) }
        refetch(then)
    }

    /// Gives a document that was fetched just now or within the pause: it may have what the one that was used
    /// didn't.
    func getNewer(pauseMs: Int64, _ then: @escaping Waiter) {
        if let kept, nowMs() - kept.fetchedMs < pauseMs { return then(.success(kept.value)) }
        refetch(then)
    }

    private func refetch(_ then: @escaping Waiter) {
        if let lastFailure, nowMs() - lastFailure.atMs < Limits.providerRetryMs {
            return then(.failure(lastFailure.failure))
        }
        waiting.append(then)
        guard waiting.count == 1 else { return }
        fetch { [weak self] result in self?.finish(result) }
    }

    private func finish(_ result: Result<(value: Value, freshSeconds: Int?), Failure>) {
        let now = nowMs()
        let told: Result<Value, Failure>
        switch result {
        case .success(let (value, freshSeconds)):
            let cache = Limits.providerCacheSeconds
            let seconds = min(max(freshSeconds ?? cache.unsaid, 0), cache.most)
            // One that may not be kept at all still serves those who wait, and a moment longer.
            let freshMs = max(Int64(seconds) * 1000, Limits.providerRetryMs)
            kept = Kept(value: value, fetchedMs: now, freshUntilMs: now + freshMs)
            lastFailure = nil
            told = .success(value)
        case .failure(let failure):
            lastFailure = (failure, now)
            told = .failure(failure)
        }
        let waiters = waiting
        waiting = []
        for waiter in waiters { waiter(told) }
    }
}
