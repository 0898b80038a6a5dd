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
    /// Whether metrics are on a listener of their own, and nothing here.
    var hidesMetrics = false
}

/// Parses requests into inputs, keeps those under way, and lays out their answers.
struct RequestDesk {
    /// What becomes of a request.
    enum Admission {
        case input(Input)
        /// Answered already, and not counted by the engine: its signature wasn't even looked at.
        case refused(Failure, address: String)
        /// It waits for the identity provider, and comes as an input then.
        case deferred
    }

    /// A request that waits for its answer.
    struct Pending {
        let exchange: HTTPExchange
        let address: String
        /// For a 405: the methods that are right.
        var allow: [String] = []
        /// The path, fit for a log: a relay's code is all that leads to a private one.
        var path: String { exchange.request.path.hidingRelayCode }

        /// The codec that a WebSocket's handshake asks for.
        var codec: MessageCodec? {
            MessageCodec.chosen(offered: exchange.request.headers.list("sec-websocket-protocol"))
        }
    }

    private let edge: EdgeRules
    private let gate: TokenGate
    private let refreshTokens: RefreshToken
    private let signIns: SignInDesk
    let answers: AnswerResponse
    private let meters: Meters
    private var pending: [RequestID: Pending] = [:]
    private var lastRequest: UInt64 = 0

    init(
        edge: EdgeRules, gate: TokenGate, refreshTokens: RefreshToken, signIns: SignInDesk,
        answers: AnswerResponse, meters: Meters
    ) {
        self.meters = meters
        self.edge = edge
        self.gate = gate
        self.refreshTokens = refreshTokens
        self.signIns = signIns
        self.answers = answers
    }

    /// Turns a request into an input, whatever is wrong with it, so that each one counts; but a caller whose
    /// signatures never hold is refused at once.
    mutating func admit(_ exchange: HTTPExchange, at now: Moment) -> Admission {
        let request = exchange.request
        let address = edge.clientAddress.limitKey(remote: request.remote, headers: request.headers)
        do throws(Failure) {
            var caller = Caller(
                address: address,
                credential: try gate.credential(
                    authorization: request.headers["authorization"], from: address, at: now))
            lastRequest += 1
            let id = RequestID(rawValue: lastRequest)
            var waiting = Pending(exchange: exchange, address: address)
            let input = try input(id, &caller, exchange, &waiting.allow, at: now)
            pending[id] = waiting
            return input.map(Admission.input) ?? .deferred
        } catch {
            send(AnswerResponse.failure(error), on: exchange)
            return .refused(error, address: address)
        }
    }

    private func input(
        _ id: RequestID, _ caller: inout Caller, _ exchange: HTTPExchange, _ allow: inout [String],
        at now: Moment
    ) throws(Failure) -> Input? {
        let request = exchange.request
        let route: Route
        do throws(RouteFailure) {
            route = try Route.parse(
                method: request.method, path: request.path, query: request.query,
                headers: { request.headers.list($0) }, body: request.body)
        } catch {
            allow = error.allow
            return .refused(id, caller, error.failure)
        }
        if case .metrics = route, edge.hidesMetrics {
            return .refused(id, caller, Failure(.notFound, "there is nothing at this path"))
        }
        if case .webSocket = route, let failure = handshakeRefusal(exchange) {
            return .refused(id, caller, failure)
        }
        if case .clicks(.push(_, let token?)) = route, caller.credential == .none {
            caller.credential = try gate.credential(token: token, from: caller.address, at: now)
        }
        if case .auth(let auth) = route {
            let inquiry = SignInDesk.Inquiry(id: id, caller: caller, request: request)
            do throws(Failure) {
                return try signIns.input(auth, inquiry, at: now)
            } catch {
                return .refused(id, caller, error)
            }
        }
        let proofs = try proofs(route, host: request.headers["host"] ?? "", from: caller.address, at: now)
        return .request(id, route, caller, proofs)
    }

    /// Answers a request under way; nil when it is gone.
    mutating func respond(_ id: RequestID, _ answer: Answer, nowMs: Int64) -> Pending? {
        guard let waiting = take(id) else { return nil }
        let request = waiting.exchange.request
        meters.googleSignIns.note(answer, to: request.method, request.path)
        if case .failure(let failure) = answer, failure.code == .methodNotAllowed {
            send(AnswerResponse.failure(failure, allow: waiting.allow), on: waiting.exchange)
        } else if case .view(.page(let canvas)) = answer {
            let address = signIns.devices.address.base(of: waiting.exchange.request)
            send(HomePage.response(canvas, at: address), on: waiting.exchange)
        } else {
            let laidOut = signIns.response(answer, to: waiting.exchange.request)
            send(laidOut ?? answers.response(answer, nowMs: nowMs), on: waiting.exchange)
        }
        return waiting
    }

    /// Takes a request out to answer it otherwise; nil when it is gone.
    mutating func take(_ id: RequestID) -> Pending? { pending.removeValue(forKey: id) }

    private func send(_ response: HTTPResponse, on exchange: HTTPExchange) {
        meters.count(status: response.status)
        exchange.respond(response)
    }

    /// What the edge alone can say against a WebSocket's handshake: its origin, then its form.
    private func handshakeRefusal(_ exchange: HTTPExchange) -> Failure? {
        let origins = exchange.request.headers.all("origin")
        if !origins.allSatisfy({ edge.allowedOrigins.contains($0.lowercased()) }) {
            return Failure(.originRefused, "this origin may not open WebSockets here")
        }
        if !exchange.isUpgradeRequest {
            return Failure(.upgradeRequired, "this path speaks WebSocket: send an RFC 6455 handshake")
        }
        return nil
    }

    /// What a route needs of keys and of the system's randomness.
    func proofs(
        _ route: Route, host: String, from address: String, at now: Moment
    ) throws(Failure) -> EdgeProofs {
        switch route {
        case .signInWithDevice(let signIn):
            let hostTaken = edge.publicHosts.isEmpty || edge.publicHosts.contains(host.lowercased())
            let valid = try gate.isValid(from: address, at: now) {
                hostTaken
                    && Ed25519.isValid(
                        signature: signIn.signature,
                        of: DeviceSignIn.signedBytes(host: host, challenge: signIn.challenge),
                        publicKey: signIn.publicKey)
            }
            return EdgeProofs(entropy: RefreshToken.drawEntropy(), signatureValid: valid)
        case .refresh(let token):
            return EdgeProofs(
                entropy: refreshTokens.entropy(forChildOf: token),
                presentedRefreshHash: RefreshToken.hash(ofText: token))
        case .signInAsGuest, .requestChallenge:
            return EdgeProofs(entropy: RefreshToken.drawEntropy())
        case .clicks(.schedule), .relays(.create), .relays(.newPuzzle), .relays(.answer),
            .ads(.next):
            return EdgeProofs(draw: Draw.fresh())
        case .logout, .me, .rename, .deleteAccount, .canvas, .snapshot, .changes, .touched, .placePixel,
            .undoPixel, .pixel, .lastPixel, .canvasPNG, .health, .readiness, .metrics, .openAPI, .webSocket,
            .leaderboard,
            .clicks(.push), .clicks(.current), .clicks(.contributions), .relays(.list), .relays(.join),
            .relays(.start), .relays(.puzzle), .relays(.points), .relays(.decay),
            .skins, .ads(.complete), .feedback, .admin, .auth, .views, .figures, .history:
            return .none
        }
    }
}

extension Draw {
    /// A name and a seed from the system's generator.
    static func fresh() -> Draw {
        Draw(id: Identifier(rawValue: SecureRandom.uint64()), seed: SecureRandom.uint64())
    }
}

extension String {
    /// A path with `CODE` in the place of a relay's code.
    var hidingRelayCode: String {
        var segments = split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count > 3, segments[1] == "api", segments[2] == "relays",
            Identifier(String(segments[3])) == nil
        else { return self }
        segments[3] = "CODE"
        return segments.joined(separator: "/")
    }
}
