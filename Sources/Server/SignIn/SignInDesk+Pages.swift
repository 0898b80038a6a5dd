import Crypto
import Engine
import OpenID
import Protocol
import Transport

/// What only the edge can lay out: pages with their forms, and addresses.
extension SignInDesk {
    /// The response to an answer that only the edge can lay out; nil for all others.
    func response(_ answer: Answer, to request: HTTPRequest) -> HTTPResponse? {
        if case .deviceAuthorization(let codes) = answer {
            let page = devices.address.base(of: request) + "/device"
            return AnswerResponse.json(
                200,
                DeviceAuthorizationAnswer(
                    deviceCode: RefreshToken.text(codes.deviceCode), userCode: codes.userCode,
                    verificationURI: page, verificationURIComplete: "\(page)?user_code=\(codes.userCode)",
                    expiresInSeconds: Limits.deviceGrantSeconds, intervalSeconds: Limits.devicePollSeconds
                ).json())
        }
        if case .page(let page) = answer { return lay(page, for: request) }
        guard case .failure(let failure) = answer else { return nil }
        if Self.isOAuth(request) { return AnswerResponse.oauthFailure(failure) }
        guard Self.isPage(request), failure.code != .methodNotAllowed else { return nil }
        return PageShell.response(
            DevicePageView.failure(failure), status: failure.code.httpStatus, host: host(of: request),
            retryAfterMs: failure.retryAfterMs)
    }

    /// Refuses a form that isn't one of ours for the browser that sends it.
    func refuseForeign(_ form: DeviceForm, _ request: HTTPRequest) throws(Failure) {
        let cookie = BrowserMark.shown(request.headers, isSecure: devices.address.isSecure(request))
        let site = request.headers["Sec-Fetch-Site"] ?? "same-origin"
        guard site == "same-origin" || site == "none",
            devices.marks.isOurs(formToken: form.formToken, of: cookie)
        else { throw Self.staleForm }
    }

    private func lay(_ page: DevicePage, for request: HTTPRequest) -> HTTPResponse {
        let isSecure = devices.address.isSecure(request)
        let known = BrowserMark.shown(request.headers, isSecure: isSecure)
        let cookie = known ?? BrowserMark.draw()
        let view = DevicePageView(provider: providerName, formToken: devices.marks.formToken(for: cookie))
        let set = known == nil ? BrowserMark.setCookie(cookie, isSecure: isSecure) : nil
        func response(_ page: PageShell.Page, _ status: Int = 200, retryAfterMs: Int? = nil) -> HTTPResponse {
            PageShell.response(
                page, status: status, host: host(of: request), cookie: set, retryAfterMs: retryAfterMs)
        }
        switch page {
        case .form(let code, let problem):
            switch problem {
            case nil: return response(view.form(code: code, nil))
            case .unknownCode: return response(view.form(code: code, problem), 404)
            case .locked(let ms): return response(view.form(code: code, problem), 429, retryAfterMs: ms)
            }
        case .confirm(let ask): return response(view.confirm(ask))
        case .leave(let code):
            guard let url = wayOut(code, browser: cookie, request) else {
                let failure = Failure(.googleUnavailable, "The identity provider can't be reached now.")
                return response(DevicePageView.failure(failure), failure.code.httpStatus)
            }
            return response(view.leave(to: url))
        case .allowed(let ask): return response(view.allowed(ask))
        case .denied: return response(view.denied())
        }
    }

    /// Begins a browser's way to the provider and back.
    private func wayOut(_ code: UserCode, browser: String, _ request: HTTPRequest) -> String? {
        guard let provider = devices.provider, let document = provider.knownDocument else { return nil }
        let exchange = CodeExchange(
            state: SecureRandom.bytes(32), nonce: SecureRandom.bytes(32), verifier: SecureRandom.bytes(32),
            redirectURI: devices.address.base(of: request) + "/device/callback")
        let nowMs = devices.moment.monotonicUs / 1000
        webSignIns.begin(
            WebSignIns.Attempt(exchange: exchange, userCode: code, browser: browser, startedMs: nowMs),
            nowMs: nowMs)
        return exchange.authorizationURL(at: document.authorization, clientID: provider.rules.clientID)
    }

    private var providerName: String {
        guard let issuer = devices.provider?.rules.issuer, issuer != IDTokenRules.google else {
            return "Google"
        }
        return issuer.split(separator: "/").dropFirst().first.map(String.init) ?? issuer
    }

    private func host(of request: HTTPRequest) -> String {
        let base = devices.address.base(of: request)
        return base.firstRange(of: "://").map { String(base[$0.upperBound...]) } ?? base
    }

    private static func isPage(_ request: HTTPRequest) -> Bool {
        request.path == "/device" || request.path.hasPrefix("/device/")
    }

    /// Whether whoever asks speaks OAuth, and so is to be answered in it.
    private static func isOAuth(_ request: HTTPRequest) -> Bool {
        ["/api/auth/device/authorize", "/api/auth/device/token"].contains(request.path)
            && FormText.isForm(contentType: request.headers["Content-Type"])
    }
}
