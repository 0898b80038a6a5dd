import Crypto
import Engine
import OpenID
import Protocol
import Transport

/// The edge of sign-ins with Google: what an ID token proves, which browser sends a form, who comes back from
/// the provider; confined to the loop's thread.
///
/// What needs the provider's answer is brought to the engine once that is there, as a fact; so many wait at most.
final class SignInDesk {
    /// What the desk reaches but doesn't make.
    struct Devices {
        /// Nil where Google accounts don't sign in.
        let provider: Provider?
        let gate: TokenGate
        let marks: BrowserMark
        let address: PublicAddress
        let loop: EventLoop
        /// Takes what waited.
        let deliver: (Input) -> Void
    }

    /// A request that asks for a way to sign in.
    struct Inquiry {
        let id: RequestID
        let caller: Caller
        let request: HTTPRequest
    }

    let devices: Devices
    var webSignIns = WebSignIns()
    private var waitingCount = 0

    static let staleForm = Failure(
        .forbidden, "This form is out of date, or another site sent it. Open the page again.")
    private static let staleReturn = Failure(
        .forbidden, "This sign-in was begun elsewhere or long ago. Start again.")
    private static let busy = Failure(
        .googleUnavailable, "Too many sign-ins wait for the identity provider; try again in a moment.",
        retryAfterMs: Int(Limits.providerRetryMs))

    init(_ devices: Devices) {
        self.devices = devices
    }

    /// Turns a request into an input, at once or by `deliver` once the provider has answered.
    ///
    /// - Returns: nil where the input comes later.
    /// - Throws: why the request isn't looked at any further.
    func input(_ route: AuthRoute, _ inquiry: Inquiry, at now: Moment) throws(Failure) -> Input? {
        switch route {
        case .methods, .unlink, .page(.form): return request(route, inquiry)
        case .authorize(let asked):
            return request(.authorize(named(asked, inquiry)), inquiry, EdgeProofs(auth: .codes(.fresh())))
        case .poll(let deviceCode):
            return request(
                route, inquiry,
                EdgeProofs(
                    entropy: RefreshToken.drawEntropy(),
                    auth: .deviceHash(RefreshToken.hash(ofText: deviceCode))))
        case .idToken(let token):
            guard let provider = devices.provider else { return request(route, inquiry) }
            try devices.gate.admit(inquiry.caller.address, at: now)
            try wait(route, inquiry) { [devices] done in
                provider.check(token, nonce: nil) { result in
                    if case .failure(let failure) = result, failure.code == .invalidIDToken {
                        devices.gate.noteFailure(of: inquiry.caller.address, at: devices.moment)
                    }
                    done(result.map { .holder(GoogleHolder($0)) })
                }
            }
        case .page(.enter(let form)):
            try refuseForeign(form, inquiry.request)
            return request(route, inquiry)
        case .page(.decide(let form, let allows)):
            try refuseForeign(form, inquiry.request)
            guard allows, let provider = devices.provider else { return request(route, inquiry) }
            // The page that follows leads to an address of the provider's: it has to be known by then.
            try wait(route, inquiry) { done in provider.getDocument { done($0.map { _ in .none }) } }
        case .page(.callback(let back)):
            guard let provider = devices.provider else { return request(route, inquiry) }
            try comeBack(back, route, inquiry, provider)
        }
        return nil
    }

    // MARK: Waiting

    private func request(
        _ route: AuthRoute, _ inquiry: Inquiry, _ proofs: EdgeProofs = .none
    ) -> Input {
        .request(inquiry.id, .auth(route), inquiry.caller, proofs)
    }

    private func wait(
        _ route: AuthRoute, _ inquiry: Inquiry,
        _ begin: (_ done: @escaping (Result<AuthFacts, Failure>) -> Void) -> Void
    ) throws(Failure) {
        guard waitingCount < Limits.maxWaitingSignIns else { throw Self.busy }
        waitingCount += 1
        begin { [self] result in
            waitingCount -= 1
            switch result {
            case .success(let facts):
                let proofs = EdgeProofs(entropy: RefreshToken.drawEntropy(), auth: facts)
                devices.deliver(request(route, inquiry, proofs))
            case .failure(let failure):
                devices.deliver(.refused(inquiry.id, inquiry.caller, failure))
            }
        }
    }

    /// Goes on where a browser comes back from the provider: the code becomes an ID token, and that a holder.
    private func comeBack(
        _ back: ProviderReturn, _ route: AuthRoute, _ inquiry: Inquiry, _ provider: Provider
    ) throws(Failure) {
        let cookie = BrowserMark.shown(
            inquiry.request.headers, isSecure: devices.address.isSecure(inquiry.request))
        guard
            let attempt = webSignIns.end(
                state: back.state, browser: cookie, nowMs: devices.moment.monotonicUs / 1000)
        else { throw Self.staleReturn }
        if let issuer = back.issuer, issuer != provider.rules.issuer { throw Self.staleReturn }
        guard let code = back.code, back.error == nil else {
            throw Failure(.accessDenied, "The sign-in was not finished: \(back.error ?? "there is no code").")
        }
        try wait(route, inquiry) { done in
            provider.exchange(code, of: attempt.exchange) { result in
                switch result {
                case .failure(let failure): done(.failure(failure))
                case .success(let token):
                    provider.check(token, nonce: attempt.exchange.nonce) { result in
                        done(result.map { .back(attempt.userCode, GoogleHolder($0)) })
                    }
                }
            }
        }
    }

    /// A terminal that doesn't call itself anything is called what its HTTP client says.
    private func named(_ asked: DeviceRequest, _ inquiry: Inquiry) -> DeviceRequest {
        guard asked.client == nil, let agent = inquiry.request.headers["User-Agent"] else { return asked }
        let shown = String(PlayerName.displayed(agent).prefix(Limits.maxClientNameCharacters))
        var named = asked
        named.client = PlayerName.validated(shown, maxCharacters: Limits.maxClientNameCharacters)
        return named
    }
}

extension SignInDesk.Devices {
    /// Now, on both clocks.
    var moment: Moment { Moment(monotonicUs: loop.monotonicUs, wallMs: WallClock.nowMs) }
}

extension GoogleHolder {
    /// What an ID token proved, in the engine's words.
    init(_ claims: IDTokenClaims) {
        self.init(
            id: claims.holder, name: claims.name, issuedAtMs: claims.issuedAt * 1000,
            expiresAtMs: claims.expiresAt * 1000, fingerprint: claims.fingerprint)
    }
}

extension DeviceCodes {
    /// Codes from the system's generator.
    static func fresh() -> DeviceCodes {
        let deviceCode = SecureRandom.bytes(32)
        while true {
            guard let userCode = UserCode(random: SecureRandom.bytes(32)) else { continue }
            return DeviceCodes(
                deviceCode: deviceCode, deviceHash: SHA256.hash(deviceCode), userCode: userCode)
        }
    }
}
