import Protocol
import Transport

/// Gives what the listener refuses by itself the contract's answer.
enum RefusedRequest {
    static func response(_ refusal: HTTPRefusal, _ failure: Failure) -> HTTPResponse {
        var response = AnswerResponse.failure(failure)
        response.status = refusal.status
        return response
    }

    /// The contract's code for it.
    static func failure(_ refusal: HTTPRefusal) -> Failure {
        switch refusal.status {
        case 413: Failure(.bodyTooLarge, "a body may have \(Limits.maxBodyBytes) bytes")
        default: Failure(.badRequest, refusal.message)
        }
    }
}
