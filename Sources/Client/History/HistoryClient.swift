public import Protocol
public import Transport

/// Reads a server's history: what is kept, the canvas at a moment, the changes after it.
///
/// Where the server asks to wait it waits and asks again, for some time; confined to its loop's thread.
public final class HistoryClient {
    /// What becomes of a read: its answer or why there is none, later, on the loop's thread.
    public typealias Answer<Value> = (Result<Value, Failure>) -> Void

    /// The waits that one read puts up with, in milliseconds together.
    private static let maxWaitMs = 120_000

    private typealias Reply = (Result<HTTPResponse, Failure>) -> Void

    private let loop: EventLoop
    private let send: (Route, @escaping Reply) -> Void
    private let end: () -> Void
    private var waits: [Int: LoopTimer] = [:]
    private var lastWait = 0
    private var isClosed = false

    /// Reads as anyone may, without a sign-in, over a connection of its own.
    public init(loop: EventLoop, url: ServerURL, tls: TLSClientSettings? = nil) {
        self.loop = loop
        let caller = RouteCaller(loop: loop, url: url, tls: tls)
        send = { route, reply in
            caller.call(route, token: nil) { reply($0.mapError(\.failure)) }
        }
        end = { caller.close() }
    }

    /// Reads with a client's sign-in, which a player's reads wait less for.
    public init(_ client: GameClient) {
        loop = client.loop
        send = { [weak client] route, reply in
            guard let client else { return reply(.failure(Failure(.unauthorized, "the client has ended"))) }
            client.callForWhole(route, reply) { response throws(Failure) in response }
        }
        end = {}
    }

    /// What is kept: epochs with their versions and times.
    public func overview(_ answer: @escaping Answer<HistoryAnswer>) {
        read(.overview, answer) { response throws(Failure) in try HistoryAnswer(json: response.body) }
    }

    /// The canvas as it stood at a version or a time; `history_gone` where that isn't kept any more.
    public func state(at moment: HistoryMoment, _ answer: @escaping Answer<HistoryCanvas>) {
        read(.at(moment), answer) { response throws(Failure) in
            guard let state = HistoryState(response) else {
                throw Failure(.badRequest, "it has no proper head")
            }
            if case .version(let asked) = moment, state.snapshot.version != asked {
                throw Failure(.badRequest, "it is of another version")
            }
            return try HistoryCanvas(state)
        }
    }

    /// The changes after a version, in order; none at the end of its epoch.
    ///
    /// - Parameter limit: the most that are wished for, up to `Limits.maxHistoryChanges`.
    public func page(
        after version: Version, limit: Int = Limits.standardHistoryChanges,
        _ answer: @escaping Answer<HistoryPage>
    ) {
        read(.changes(after: version, limit: limit), answer) { response throws(Failure) in
            let page = try HistoryPage(json: response.body)
            guard page.from == version else { throw Failure(.badRequest, "it begins elsewhere") }
            guard page.changes.count <= limit else { throw Failure(.badRequest, "it is too long") }
            return page
        }
    }

    /// Fetches what a timeline lacks and hands it over; the answer tells whether it came.
    public func fetch(
        _ need: Timeline.Need, _ answer: @escaping Answer<Timeline.Supply>
    ) {
        switch need {
        case .state(let version):
            state(at: .version(version)) { answer($0.map(Timeline.Supply.state)) }
        case .page(let version, let limit):
            page(after: version, limit: limit) { answer($0.map(Timeline.Supply.page)) }
        }
    }

    /// Asks nothing more; reads under way are answered with a failure or not at all.
    public func close() {
        isClosed = true
        waits = [:]
        end()
    }

    private func read<Value>(
        _ route: HistoryRoute, waitedMs: Int = 0, _ answer: @escaping Answer<Value>,
        decode: @escaping (HTTPResponse) throws(Failure) -> Value
    ) {
        send(.history(route)) { [weak self] result in
            switch result {
            case .success(let response):
                do throws(Failure) {
                    answer(.success(try decode(response)))
                } catch {
                    answer(
                        .failure(
                            Failure(
                                .internalError, "the server's answer can't be read: \(error.message)")))
                }
            case .failure(let failure):
                guard let self, let waitMs = failure.retryAfterMs, !isClosed,
                    waitedMs + waitMs <= Self.maxWaitMs
                else { return answer(.failure(failure)) }
                wait(waitMs) { [weak self] in
                    self?.read(route, waitedMs: waitedMs + waitMs, answer, decode: decode)
                }
            }
        }
    }

    private func wait(_ ms: Int, _ body: @escaping () -> Void) {
        lastWait += 1
        let number = lastWait
        let timer = loop.makeTimer { [weak self] in
            // The timer must outlive its own call.
            let kept = self?.waits.removeValue(forKey: number)
            withExtendedLifetime(kept) { body() }
        }
        waits[number] = timer
        timer.schedule(afterMs: max(1, ms))
    }
}
