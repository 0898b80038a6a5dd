import Crypto
import Engine
import Protocol
import Transport

/// What the edge itself decides about a request, from the host's settings.
struct EdgeRules {
    /// Finds the address behind trusted proxies.
    let clientAddress: ClientAddress
    /// Origins that may open WebSockets, in lower case.
    let allowedOrigins: Set<String>
    /// Hosts that a sign-in signature may name, in lower case; any when empty.
    let publicHosts: Set<String>
}

/// Parses requests into inputs, keeps those under way, and lays out their answers.
struct RequestDesk {
    /// What becomes of a request.
    enum Admission {
        case input(Input)
        case webSocket(Opening)
        case refused(Failure, address: String)
    }

    /// A WebSocket handshake that may go through.
    struct Opening {
        let identity: Identity
        let address: String
        let codec: MessageCodec?
        let play: Bool
    }

    /// A request that waits for its answer.
    struct Pending {
        let exchange: HTTPExchange
        let address: String
        var path: String { exchange.request.path }
    }

    private let edge: EdgeRules
    private let tokens: TokenDesk
    private let answers: AnswerResponse
    private var pending: [RequestID: Pending] = [:]
    private var lastRequest: UInt64 = 0

    init(edge: EdgeRules, tokens: TokenDesk, answers: AnswerResponse) {
        self.edge = edge
        self.tokens = tokens
        self.answers = answers
    }

    /// Parses a request; what can't be parsed is answered at once.
    mutating func admit(_ exchange: HTTPExchange, nowMs: Int64) -> Admission {
        let request = exchange.request
        let address = edge.clientAddress.limitKey(remote: request.remote, headers: request.headers)
        do throws(RouteFailure) {
            let route = try Route.parse(
                method: request.method, path: request.path, query: request.query,
                headers: { request.headers.list($0) }, body: request.body)
            let caller = Caller(
                address: address,
                credential: tokens.credential(authorization: request.headers["authorization"], nowMs: nowMs))
            if case .webSocket(let play) = route {
                return upgrade(exchange, caller, play: play)
            }
            lastRequest += 1
            let id = RequestID(rawValue: lastRequest)
            pending[id] = Pending(exchange: exchange, address: address)
            return .input(.request(id, route, caller, proofs(route, host: request.headers["host"] ?? "")))
        } catch {
            exchange.respond(AnswerResponse.failure(error.failure, allow: error.allow))
            return .refused(error.failure, address: address)
        }
    }

    /// Answers a request under way; nil when it is gone.
    mutating func respond(_ id: RequestID, _ answer: Answer, nowMs: Int64) -> Pending? {
        guard let waiting = pending.removeValue(forKey: id) else { return nil }
        waiting.exchange.respond(answers.response(answer, nowMs: nowMs))
        return waiting
    }

    /// Origin, token, then the handshake itself: the first that fails is the answer.
    private func upgrade(_ exchange: HTTPExchange, _ caller: Caller, play: Bool) -> Admission {
        let headers = exchange.request.headers
        let failure: Failure
        if !headers.all("origin").allSatisfy({ edge.allowedOrigins.contains($0.lowercased()) }) {
            failure = Failure(.originRefused, "this origin may not open WebSockets here")
        } else if !exchange.isUpgradeRequest {
            failure = Failure(.upgradeRequired, "this path speaks WebSocket: send an RFC 6455 handshake")
        } else {
            switch caller.credential {
            case .valid(let identity):
                return .webSocket(
                    Opening(
                        identity: identity, address: caller.address,
                        codec: MessageCodec.chosen(offered: headers.list("sec-websocket-protocol")),
                        play: play))
            case .expired: failure = Failure(.tokenExpired, "the token has expired; refresh it")
            case .none, .invalid:
                failure = Failure(.unauthorized, "a token is needed in Authorization: Bearer")
            }
        }
        exchange.respond(AnswerResponse.failure(failure))
        return .refused(failure, address: caller.address)
    }

    private func proofs(_ route: Route, host: String) -> EdgeProofs {
        switch route {
        case .signInWithDevice(let signIn):
            let hostTaken = edge.publicHosts.isEmpty || edge.publicHosts.contains(host.lowercased())
            let valid =
                hostTaken
                && Ed25519.isValid(
                    signature: signIn.signature,
                    of: DeviceSignIn.signedBytes(host: host, challenge: signIn.challenge),
                    publicKey: signIn.publicKey)
            return EdgeProofs(entropy: RefreshToken.drawEntropy(), signatureValid: valid)
        case .refresh(let token):
            return EdgeProofs(
                entropy: RefreshToken.drawEntropy(), presentedRefreshHash: RefreshToken.hash(ofText: token))
        case .signInAsGuest, .requestChallenge:
            return EdgeProofs(entropy: RefreshToken.drawEntropy())
        case .logout, .me, .rename, .deleteAccount, .canvas, .snapshot, .changes, .placePixel, .undoPixel,
            .pixel,
            .lastPixel, .canvasPNG, .health, .readiness, .metrics, .openAPI, .webSocket:
            return .none
        }
    }
}
