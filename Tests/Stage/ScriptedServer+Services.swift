package import Client
package import Protocol
package import Transport

// Runs, skins, ads, feedback, and a host's ban.
extension ScriptedServer {
    /// Ends the open run, and tells.
    package func endRun(_ reason: RunEndReason) {
        guard let result = arcade.end(reason) else { return }
        publish(.runEnded(result))
    }

    /// Bans the account.
    package func ban(_ reason: String) {
        banReason = reason
        hangUp(.banned)
    }

    func checkBan() throws(Failure) {
        if let banReason { throw Failure(.banned, "This account is banned: \(banReason)") }
    }

    /// The answer; nil where the messages to come are all.
    func answerInRun(_ message: ClientMessage) -> ServerMessage? {
        do throws(Failure) {
            switch message {
            case .startRun(let game): return .runStarted(try arcade.start(game))
            case .point(let point):
                let score = try arcade.take(point)
                if arcade.isComplete { endRunLater(.completed) }
                return .score(score)
            case .endRun(let run):
                guard arcade.runs.contains(where: { $0.run == run }) else {
                    throw Failure(.notFound, "there is no such run")
                }
                guard let result = arcade.end(.left) else { throw Failure(.runOver, "this run is over") }
                return .runEnded(result)
            default: return nil
            }
        } catch {
            if arcade.isRejected { endRunLater(.rejected) }
            return .error(error)
        }
    }

    /// A result comes behind the answer to the point that led to it.
    private func endRunLater(_ reason: RunEndReason) {
        loop.atEndOfIteration { [weak self] in self?.endRun(reason) }
    }

    func answer(_ route: SkinRoute) throws(Failure) -> HTTPResponse {
        switch route {
        case .list: return Self.json(SkinOffer.json(shop.offers))
        case .colors: return Self.json(shop.colors.json())
        case .purchase(let skin): return Self.json(try shop.buy(skin))
        case .wear(let skin):
            try shop.wear(skin)
            return Self.json(me)
        case .install(let json):
            let isNew = try shop.install(json)
            return HTTPResponse(
                status: isNew ? 201 : 200, headers: ["Content-Type": "application/json"], body: json)
        }
    }

    func answer(_ route: AdRoute) throws(Failure) -> HTTPResponse {
        switch route {
        case .next(let page):
            guard let answer = ads.next(before: page) else { return Self.nothing(204) }
            return Self.json(answer)
        case .complete(let impression):
            try ads.complete(impression)
            return Self.nothing(204)
        }
    }

    func answer(_ route: HistoryRoute) throws(Failure) -> HTTPResponse {
        if let lie = historyLie?(route) { return lie }
        guard let history else { throw Failure(.notFound, "not scripted") }
        switch route {
        case .overview: return Self.json(history.overview)
        case .changes(let after, let limit): return Self.json(try history.page(after: after, limit: limit))
        case .at(let moment): return Self.canvas(try history.canvas(at: moment))
        }
    }

    /// A canvas of the past as it is answered.
    package static func canvas(_ canvas: HistoryCanvas) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [
                "Content-Type": "application/zlib", "X-Canvas-Width": "\(canvas.size.width)",
                "X-Canvas-Height": "\(canvas.size.height)", "X-Canvas-Epoch": "\(canvas.epoch)",
                "X-Canvas-Version": "\(canvas.version)",
                "X-Canvas-At": Timestamp.text(ms: canvas.atMs),
            ], body: SnapshotCodec.deflate(canvas.cells))
    }

    func take(_ message: FeedbackMessage) -> HTTPResponse {
        feedback.append(message.text)
        return Self.nothing(201)
    }

    func answer(_ route: AuthRoute) throws(Failure) -> HTTPResponse {
        switch route {
        case .authorize(let request): return Self.json(try codes.authorize(request))
        case .poll(let deviceCode):
            let request = try codes.poll(deviceCode)
            if request.link { isLinked = true } else { account = codes.account }
            return Self.json(sessions.signIn(account))
        case .methods: return Self.json(AuthMethodsAnswer(google: codes.isOffered))
        case .idToken, .unlink, .page: throw Failure(.notFound, "not scripted")
        }
    }

    static func nothing(_ status: Int) -> HTTPResponse {
        HTTPResponse(status: status, headers: [:], body: [])
    }
}
