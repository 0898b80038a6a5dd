import Engine
import Protocol
import Transport

/// Lays the engine's answers out as HTTP.
struct AnswerResponse {
    let tokens: TokenDesk
    let metrics: MetricsPage
    let openAPIDocument: [UInt8]
    /// What the edge remembers of the last minutes.
    var figures: () -> FiguresAnswer = { preconditionFailure("nothing is measured here") }

    /// The response for an answer.
    func response(_ answer: Answer, nowMs: Int64) -> HTTPResponse {
        switch answer {
        case .guest(let identity, let name):
            Self.json(
                200,
                GuestAnswer(
                    token: tokens.token(for: identity, name: name, nowMs: nowMs),
                    sessionID: identity.sessionID, account: AccountName(id: identity.id, name: name),
                    expiresInSeconds: Self.secondsLeft(identity, nowMs)
                ).json())
        case .challenge(let bytes):
            Self.json(200, ChallengeAnswer(challenge: bytes).json())
        case .session(let identity, let name, let refreshToken):
            Self.json(200, session(identity, name, refreshToken, nowMs).json())
        case .me(let me): Self.json(200, me.json())
        case .canvas(let canvas): Self.json(200, canvas.json())
        case .changes(let changes): Self.json(200, changes.json())
        case .placed(let placed): Self.json(200, placed.json())
        case .pixel(let pixel): Self.json(200, pixel.json())
        case .clicks(let receipt): Self.json(200, receipt.json())
        case .clickGame(let game, let isNew): Self.json(isNew ? 201 : 200, game.json())
        case .contributions(let json): Self.json(200, json)
        case .relay(let relay): Self.json(200, relay.json())
        case .relays(let relays): Self.json(200, RelayView.json(relays))
        case .puzzle(let puzzle, let isNew): Self.json(isNew ? 201 : 200, puzzle.json())
        case .attempt(let attempt): Self.json(200, attempt.json())
        case .relayPoints(let players): Self.json(200, RelayPlayer.json(players))
        case .leaderboard(let board): Self.json(200, board.json())
        case .snapshot(let snapshot): Self.snapshot(snapshot)
        case .touched(let touched): Self.touched(touched)
        case .png(let bytes): Self.png(bytes)
        case .history(let history): Self.json(200, history.json())
        case .historyState(let state): Self.state(state)
        case .historyPage(let page): Self.json(200, page.json())
        case .notModified(let entityTag): HTTPResponse(status: 304, headers: [("ETag", entityTag)], body: [])
        case .skins(let offers): Self.json(200, SkinOffer.json(offers))
        case .baseColors(let colors): Self.json(200, colors.json())
        case .purchased(let purchase): Self.json(200, purchase.json())
        case .skin(let skin, let isNew): Self.json(isNew ? 201 : 200, skin.json())
        case .ad(let ad): Self.json(200, ad.json())
        case .authMethods(let methods): Self.json(200, methods.json())
        case .done: Self.empty(204)
        case .created: Self.empty(201)
        case .metrics(let counts): Self.metrics(metrics.page(counts))
        case .upgrade: preconditionFailure("a handshake is answered by its socket")
        case .deviceAuthorization, .page: preconditionFailure("the desk of sign-ins lays these out")
        case .healthy: Self.json(200, Array("{\"status\":\"ok\"}".utf8))
        case .ready: Self.json(200, Array("{\"status\":\"ready\"}".utf8))
        case .openAPI:
            HTTPResponse(
                status: 200, headers: [("Content-Type", "application/yaml; charset=utf-8")],
                body: openAPIDocument)
        case .view(.text(let bytes, let entityTag)): Self.text(bytes, entityTag)
        case .view(.page), .view(.stream): preconditionFailure("answered where the request is known")
        case .figures: Self.json(200, figures().json())
        case .failure(let failure): Self.failure(failure)
        case .host(let answer): Self.json(200, Array(HostReport.json(answer).utf8))
        }
    }

    /// Text for a terminal; at `/` who asks decides what it looks like.
    private static func text(_ bytes: [UInt8], _ entityTag: String) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-cache"),
                ("ETag", entityTag), ("Vary", "User-Agent"), ("X-Content-Type-Options", "nosniff"),
            ],
            body: bytes)
    }

    /// A refusal with its code's status and what HTTP wants beside it (RFC 9110 §10.2.3, §11.6.1, §15.5.6).
    static func failure(_ failure: Failure, allow: [String] = []) -> HTTPResponse {
        var response = json(failure.code.httpStatus, failure.json())
        if let retryAfterMs = failure.retryAfterMs {
            response.headers.add("Retry-After", String(max(1, (retryAfterMs + 999) / 1000)))
        }
        if failure.code.httpStatus == 401 {
            response.headers.add("WWW-Authenticate", "Bearer")
        }
        if !allow.isEmpty {
            response.headers.add("Allow", allow.joined(separator: ", "))
        }
        return response
    }

    /// A refusal for whoever speaks OAuth (RFC 6749 §5.2).
    static func oauthFailure(_ failure: Failure) -> HTTPResponse {
        var response = Self.failure(failure)
        response.body = failure.oauthJSON()
        return response
    }

    /// A picture of the canvas.
    private static func png(_ bytes: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status: 200, headers: [("Content-Type", "image/png"), ("Cache-Control", "no-store")], body: bytes)
    }

    private static func metrics(_ text: String) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", "text/plain; version=0.0.4; charset=utf-8"), ("Cache-Control", "no-store"),
            ],
            body: Array(text.utf8))
    }

    private static func empty(_ status: Int) -> HTTPResponse {
        HTTPResponse(status: status, headers: [("Cache-Control", "no-store")], body: [])
    }

    static func json(_ status: Int, _ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [
                ("Content-Type", "application/json"), ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
            body: body)
    }

    private static func snapshot(_ snapshot: SnapshotAnswer) -> HTTPResponse {
        stream(
            snapshot.zlib, of: snapshot.size, epoch: snapshot.epoch, version: snapshot.version,
            entityTag: snapshot.entityTag)
    }

    private static func touched(_ touched: TouchedAnswer) -> HTTPResponse {
        stream(
            touched.zlib, of: touched.size, epoch: touched.epoch, version: touched.version,
            entityTag: touched.entityTag)
    }

    private static func state(_ state: HistoryState) -> HTTPResponse {
        var response = snapshot(state.snapshot)
        response.headers.add("X-Canvas-At", Timestamp.text(ms: state.atMs))
        return response
    }

    /// A zlib stream with the headers that say which canvas it is about.
    private static func stream(
        _ zlib: [UInt8], of size: CanvasSize, epoch: Int, version: Version, entityTag: String
    ) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", "application/zlib"), ("Cache-Control", "no-cache"),
                ("ETag", entityTag),
                ("X-Canvas-Version", String(version)),
                ("X-Canvas-Epoch", String(epoch)),
                ("X-Canvas-Width", String(size.width)),
                ("X-Canvas-Height", String(size.height)),
            ],
            body: zlib)
    }

    private func session(
        _ identity: Identity, _ name: String, _ refreshToken: [UInt8], _ nowMs: Int64
    ) -> SessionAnswer {
        SessionAnswer(
            accessToken: tokens.token(for: identity, name: name, nowMs: nowMs),
            refreshToken: RefreshToken.text(refreshToken),
            expiresInSeconds: Self.secondsLeft(identity, nowMs), sessionID: identity.sessionID,
            account: AccountName(id: identity.id, name: name))
    }

    /// A second that has begun counts, so that a commit of some milliseconds doesn't shorten what is promised.
    private static func secondsLeft(_ identity: Identity, _ nowMs: Int64) -> Int {
        Int(max(0, identity.expiresAtMs - nowMs + 999) / 1000)
    }
}
