import OpenID
import Protocol
import Transport

/// The identity provider as this server asks it: addresses, keys, tokens for codes; confined to the loop's
/// thread.
final class Provider {
    typealias Answer<Value> = (Result<Value, Failure>) -> Void

    let rules: IDTokenRules
    private let secret: String
    private let loop: EventLoop
    private let log: Log
    private var clients: [String: HTTPClient] = [:]
    private lazy var document = FetchedDocument<ProviderDocument>(nowMs: clock) { [unowned self] done in
        readDocument(done)
    }
    private lazy var keys = FetchedDocument<KeySet>(nowMs: clock) { [unowned self] done in readKeys(done) }

    private static let unavailable = Failure(
        .googleUnavailable, "The identity provider can't be reached now; try again in a moment.",
        retryAfterMs: Int(Limits.providerRetryMs))

    /// - Parameter secret: the application's at the provider.
    init(loop: EventLoop, rules: IDTokenRules, secret: String, log: Log) {
        self.loop = loop
        self.rules = rules
        self.secret = secret
        self.log = log
    }

    /// Drops every connection; whoever waits is told that it failed.
    func close() {
        for client in clients.values { client.close() }
        clients = [:]
    }

    private var clock: () -> Int64 { { [loop] in loop.monotonicUs / 1000 } }

    /// Where the provider's parts are, as it was heard last; nil before `getDocument`.
    var knownDocument: ProviderDocument? { document.latest }

    /// Gives where the provider's parts are.
    func getDocument(_ then: @escaping Answer<ProviderDocument>) { document.get(then) }

    /// Gives what a token proves; a key that isn't known is looked for once in a fresh set.
    func check(_ token: String, nonce: String?, _ then: @escaping (Result<IDTokenClaims, Failure>) -> Void) {
        keys.get { [weak self] result in
            guard let self else { return }
            switch result {
            case .failure(let failure): then(.failure(failure))
            case .success(let known):
                do throws(IDTokenFailure) {
                    then(.success(try judge(token, known, nonce)))
                } catch {
                    guard error == .unknownKey else { return then(.failure(Self.refusal(error))) }
                    checkWithNewerKeys(token, nonce: nonce, then)
                }
            }
        }
    }

    private func checkWithNewerKeys(
        _ token: String, nonce: String?, _ then: @escaping (Result<IDTokenClaims, Failure>) -> Void
    ) {
        keys.getNewer(pauseMs: Limits.keySetPauseMs) { [weak self] result in
            guard let self else { return }
            switch result {
            case .failure(let failure): then(.failure(failure))
            case .success(let newer):
                do throws(IDTokenFailure) {
                    then(.success(try judge(token, newer, nonce)))
                } catch {
                    then(.failure(Self.refusal(error)))
                }
            }
        }
    }

    private func judge(
        _ token: String, _ keys: KeySet, _ nonce: String?
    ) throws(IDTokenFailure) -> IDTokenClaims {
        try rules.check(token, keys: keys, nonce: nonce, nowSeconds: WallClock.nowMs / 1000)
    }

    /// The contract's word for why a token isn't taken.
    static func refusal(_ failure: IDTokenFailure) -> Failure {
        Failure(failure == .emailNotVerified ? .emailNotVerified : .invalidIDToken, failure.message)
    }

    /// Turns a code into an ID token.
    func exchange(_ code: String, of exchange: CodeExchange, _ then: @escaping Answer<String>) {
        document.get { [weak self] result in
            guard let self else { return }
            switch result {
            case .failure(let failure): then(.failure(failure))
            case .success(let document):
                let request = tokenRequest(code, exchange, document)
                send(request, to: document.token, maxBytes: Self.maxTokenAnswerBytes) { [weak self] result in
                    guard let self else { return }
                    switch result {
                    case .failure(let failure): then(.failure(failure))
                    case .success(let response):
                        do throws(ProviderFailure) {
                            then(
                                .success(
                                    try CodeExchange.idToken(status: response.status, json: response.body)))
                        } catch {
                            then(.failure(fail("token", error.description)))
                        }
                    }
                }
            }
        }
    }

    private static let maxTokenAnswerBytes = 64 * 1024

    private func tokenRequest(
        _ code: String, _ exchange: CodeExchange, _ document: ProviderDocument
    ) -> HTTPClientRequest {
        var headers: HTTPHeaders = [
            "Content-Type": FormText.contentType, "Accept": "application/json",
        ]
        let isBasic = document.clientProof == .basic
        if isBasic {
            headers.add("Authorization", CodeExchange.basic(clientID: rules.clientID, secret: secret))
        }
        return HTTPClientRequest(
            method: "POST", target: document.token.target, headers: headers,
            body: exchange.form(code: code, clientID: rules.clientID, secret: isBasic ? nil : secret))
    }

    // MARK: Documents

    private func readDocument(
        _ done: @escaping (Result<(value: ProviderDocument, freshSeconds: Int?), Failure>) -> Void
    ) {
        guard let place = ProviderDocument.place(of: rules.issuer) else {
            return done(.failure(fail("discovery", "the issuer is no address")))
        }
        read("discovery", place, maxBytes: ProviderDocument.maxBytes, done) {
            [issuer = rules.issuer] json throws(ProviderFailure) in
            try ProviderDocument(json: json, issuer: issuer)
        }
    }

    private func readKeys(
        _ done: @escaping (Result<(value: KeySet, freshSeconds: Int?), Failure>) -> Void
    ) {
        document.get { [weak self] result in
            guard let self else { return }
            switch result {
            case .failure(let failure): done(.failure(failure))
            case .success(let document):
                read("keys", document.keys, maxBytes: KeySet.maxBytes, done) {
                    json throws(ProviderFailure) in try KeySet(json: json)
                }
            }
        }
    }

    private func read<Value>(
        _ what: String, _ place: Endpoint, maxBytes: Int,
        _ done: @escaping (Result<(value: Value, freshSeconds: Int?), Failure>) -> Void,
        _ parse: @escaping ([UInt8]) throws(ProviderFailure) -> Value
    ) {
        let request = HTTPClientRequest(
            method: "GET", target: place.target, headers: ["Accept": "application/json"])
        send(request, to: place, maxBytes: maxBytes) { [weak self] result in
            guard let self else { return }
            switch result {
            case .failure(let failure): done(.failure(failure))
            case .success(let response):
                guard response.status == 200 else {
                    return done(.failure(fail(what, "status \(response.status)")))
                }
                let fresh = Freshness.seconds(
                    cacheControl: response.headers.list("Cache-Control"), age: response.headers["Age"])
                do throws(ProviderFailure) {
                    done(.success((try parse(response.body), fresh)))
                } catch {
                    done(.failure(fail(what, error.description)))
                }
            }
        }
    }

    /// Sends a request to one of the provider's hosts; no redirect is followed.
    private func send(
        _ request: HTTPClientRequest, to place: Endpoint, maxBytes: Int,
        _ then: @escaping (Result<HTTPResponse, Failure>) -> Void
    ) {
        guard let client = client(of: place, maxBytes: maxBytes) else {
            return then(.failure(fail("address", "\(place.origin) is no address")))
        }
        client.send(request, timeoutMs: Limits.providerTimeoutMs) { [weak self] result in
            switch result {
            case .success(let response): then(.success(response))
            case .failure(let error):
                guard let self else { return then(.failure(Self.unavailable)) }
                then(.failure(fail("connection", error.message)))
            }
        }
    }

    /// One connection a host; a provider has three hosts at most.
    private func client(of place: Endpoint, maxBytes: Int) -> HTTPClient? {
        if let client = clients[place.origin] { return client }
        guard let url = ServerURL(place.origin) else { return nil }
        let client = HTTPClient(loop: loop, url: url, maxAnswerBytes: maxBytes)
        clients[place.origin] = client
        return client
    }

    /// Tells the host what went wrong, and the player that it did.
    private func fail(_ what: String, _ reason: String) -> Failure {
        log.write(.warning, "identity_provider_failed", ["what": .text(what), "reason": .text(reason)])
        return Self.unavailable
    }
}
