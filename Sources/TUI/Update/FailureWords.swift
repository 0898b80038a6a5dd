import Protocol

extension KeyBindings {
    /// What a refusal means to the person, with the keys that help.
    func words(for failure: Failure) -> (words: Words, kind: Toast.Kind) {
        switch failure.code {
        case .queueFull: (again("The queue is full"), .warning)
        case .notPlaying: (play, .warning)
        case .relayStarted: (relayStarted("That relay has begun"), .warning)
        case .rateLimited, .cooldown: (Words(Self.wait(failure)), .warning)
        case .nothingToUndo: (Words("Nothing to undo"), .warning)
        case .storageUnavailable: (Words("The server can't save now; try again soon"), .failure)
        case .shuttingDown: (Words("The server is stopping"), .failure)
        case .banned: (Words("You are banned here"), .failure)
        case .nameTaken: (Words("That name is taken"), .failure)
        case .noActiveGame: (Words("There is no click war now"), .warning)
        case .pushTooSoon: (Words("Pushed too soon: tried again"), .warning)
        case .implausibleClicks: (Words("Faster than fingers can be"), .failure)
        case .relayFull: (Words("That relay is full"), .warning)
        case .relayNotRunning: (Words("That relay isn't running"), .warning)
        case .playerOut: (Words("You are out"), .warning)
        case .runOpen: (Words("The run before is still ending: try again"), .warning)
        case .runOver: (Words("That run is over"), .warning)
        case .pointRejected: (Words("That hit came too late to count"), .warning)
        case .notEnoughPoints: (Words("You have too few points for it"), .warning)
        case .alreadyOwned: (Words("It is yours already"), .news)
        case .notOwned: (Words("It isn't yours"), .warning)
        case .protectedArea: (Words(PlayerName.displayed(failure.message)), .warning)
        case .googleNotConfigured: (Words("This server has no sign-in with Google"), .warning)
        case .googleUnavailable: (Words("Google can't be reached from the server now"), .warning)
        case .googleTaken: (Words("That Google account is another player's"), .failure)
        case .googleLinked: (Words("Another Google account is linked to yours already"), .warning)
        case .emailNotVerified: (Words("Google hasn't checked that account's address"), .failure)
        case .accessDenied: (Words("You said no in the browser"), .warning)
        case .expiredToken: (Words("The code ran out"), .warning)
        case .badRequest, .unauthorized, .tokenExpired, .signInRequired, .forbidden, .notFound,
            .methodNotAllowed, .bodyTooLarge, .outOfBounds, .badColor, .versionAhead, .epochChanged,
            .invalidSignature, .invalidChallenge, .invalidRefreshToken, .refreshReused, .originRefused,
            .upgradeRequired, .gameOverlaps, .puzzleOpen, .noPuzzle, .notInRelay, .adNotOver,
            .rollbackRunning, .internalError,
            .invalidIDToken, .authorizationPending, .slowDown, .unsupportedGrantType, .historyGone:
            (Words(PlayerName.displayed(failure.message)), .failure)
        }
    }

    /// A relay can only be watched any more.
    func relayStarted(_ text: String) -> Words {
        words(text, .watchRelay, in: .lobby, "watches", spoken: "say watch to look on")
    }

    private func again(_ text: String) -> Words {
        words(text, .play, in: .canvas, "tries again", spoken: "say play to try again")
    }

    private var play: Words {
        let key = label(of: .play, in: .canvas)
        return Words(key.map { "Press \($0) to play" } ?? "You aren't playing", spoken: "say play to play")
    }

    private static func wait(_ failure: Failure) -> String {
        guard let wait = failure.retryAfterMs else { return "Too fast" }
        let tenths = max((wait + 99) / 100, 1)
        return "Wait \(tenths / 10).\(tenths % 10) s"
    }
}

extension Model {
    /// What a refusal means to this person.
    func words(for failure: Failure) -> (words: Words, kind: Toast.Kind) { bindings.words(for: failure) }
}
