import Protocol
import Transport

/// Why a call gave no answer.
enum CallFailure: Error {
    /// The server's own word for it.
    case refused(Failure, status: Int)
    /// No word at all, or one that can't be understood; `mayBeHeard` tells whether the server can have had the
    /// request all the same.
    case unreachable(String, mayBeHeard: Bool = true)

    /// The same as the contract's failure.
    var failure: Failure {
        switch self {
        case .refused(let failure, _): failure
        case .unreachable(let reason, _): Failure(.internalError, reason)
        }
    }

    var isUnauthorized: Bool {
        if case .refused(_, status: 401) = self { true } else { false }
    }
}

/// Sends routes as requests and reads the answers.
final class RouteCaller {
    typealias Completion = (Result<HTTPResponse, CallFailure>) -> Void

    static let timeoutMs = 20_000

    private let http: HTTPClient

    init(loop: EventLoop, url: ServerURL, tls: TLSClientSettings?) {
        http = HTTPClient(loop: loop, url: url, tls: tls, maxAnswerBytes: Limits.maxAnswerBytes)
    }

    /// Calls; the completion hears of it exactly once, later.
    func call(
        _ route: Route, token: String?, timeoutMs: Int = RouteCaller.timeoutMs,
        completion: @escaping Completion
    ) {
        let request = route.request
        var headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        if let token { headers.add("Authorization", "Bearer \(token)") }
        let outgoing = HTTPClientRequest(
            method: request.method, target: request.target, headers: headers, body: request.body)
        http.send(outgoing, timeoutMs: timeoutMs) { result in
            completion(Self.judge(result))
        }
    }

    func close() {
        http.close()
    }

    private static func judge(_ result: Result<HTTPResponse, TransportError>) -> Result<
        HTTPResponse, CallFailure
    > {
        switch result {
        case .failure(let error):
            let wasNobodyThere = error.code == .connectionRefused || error.code == .nameNotFound
            return .failure(.unreachable(error.message, mayBeHeard: !wasNobodyThere))
        case .success(let response) where (200..<300).contains(response.status): return .success(response)
        case .success(let response): return .failure(failure(of: response))
        }
    }

    /// The failure that a response carries, or one made from its status.
    static func failure(of response: HTTPResponse) -> CallFailure {
        if let failure = try? Failure(json: response.body) {
            return .refused(failure, status: response.status)
        }
        let message = "the server answered with status \(response.status)"
        switch response.status {
        case 401: return .refused(Failure(.unauthorized, message), status: 401)
        case 403: return .refused(Failure(.forbidden, message), status: 403)
        default: return .unreachable(message)
        }
    }
}

extension Result where Success == HTTPResponse, Failure == CallFailure {
    /// The answer in the body.
    func answer<Answer: JSONAnswer>(_ type: Answer.Type) -> Result<Answer, CallFailure> {
        flatMap { response in
            do throws(Protocol.Failure) {
                return .success(try Answer(json: response.body))
            } catch {
                return .failure(.unreachable("the server's answer can't be read: \(error.message)"))
            }
        }
    }
}
