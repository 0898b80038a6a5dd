public import Protocol
import Transport

// Calls over HTTP whose answers go to a closure.
extension GameClient {
    /// What becomes of a call: its answer or why there is none, later, on the loop's thread.
    public typealias Answer<Value> = (Result<Value, Failure>) -> Void

    /// What the server knows of us: points, skin, today's bonus.
    public func me(_ answer: @escaping Answer<MeAnswer>) {
        call(.me, answer) { json throws(Failure) in try MeAnswer(json: json) }
    }

    /// A leaderboard over a time.
    public func leaderboard(
        _ board: Board, _ period: BoardPeriod, _ answer: @escaping Answer<LeaderboardAnswer>
    ) {
        call(.leaderboard(board, period), answer) { json throws(Failure) in
            try LeaderboardAnswer(json: json)
        }
    }

    /// Calls, and reads the answer's body.
    func call<Value>(
        _ route: Route, _ answer: @escaping Answer<Value>,
        read: @escaping ([UInt8]) throws(Failure) -> Value
    ) {
        callForWhole(route, answer) { response throws(Failure) in try read(response.body) }
    }

    /// Calls, and reads the whole answer.
    ///
    /// - Parameter isLong: whether the server may take minutes.
    func callForWhole<Value>(
        _ route: Route, isLong: Bool = false, _ answer: @escaping Answer<Value>,
        read: @escaping (HTTPResponse) throws(Failure) -> Value
    ) {
        guard let session else {
            let failure = Failure(.unauthorized, "not signed in")
            return loop.atEndOfIteration { answer(.failure(failure)) }
        }
        session.send(route, isLong: isLong) { result in
            switch result {
            case .failure(let failure): answer(.failure(failure.failure))
            case .success(let response):
                do throws(Failure) {
                    answer(.success(try read(response)))
                } catch {
                    let message = "the server's answer can't be read: \(error.message)"
                    answer(.failure(Failure(.internalError, message)))
                }
            }
        }
    }
}
