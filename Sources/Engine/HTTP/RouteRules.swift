import Protocol

extension Route {
    /// Whether it changes nothing: reads are answered before a batch's writes.
    var isRead: Bool {
        switch self {
        case .me, .canvas, .snapshot, .changes, .touched, .pixel, .lastPixel, .canvasPNG, .health, .readiness,
            .metrics,
            .openAPI, .leaderboard, .clicks(.current), .clicks(.contributions), .relays(.list),
            .relays(.puzzle), .relays(.points), .skins(.list), .skins(.colors), .auth(.methods),
            .auth(.page(.form)), .views, .figures, .history:
            true
        case .signInAsGuest, .requestChallenge, .signInWithDevice, .refresh, .logout, .rename, .deleteAccount,
            .placePixel, .undoPixel, .webSocket, .clicks(.push), .clicks(.schedule), .relays(.create),
            .relays(.join), .relays(.start), .relays(.newPuzzle), .relays(.answer), .relays(.decay),
            .skins(.purchase), .skins(.wear), .skins(.install), .ads, .feedback, .admin, .auth:
            false
        }
    }
}

extension Caller {
    /// What a valid token says; nil for everyone else.
    var identity: Identity? {
        if case .valid(let identity) = credential { identity } else { nil }
    }

    /// The account; nil for guests and everyone without a valid token.
    var account: Identifier? {
        guard let identity, case .account = identity.kind else { return nil }
        return identity.id
    }

    /// Whom a limit counts by where guests of an address count as one: an account, else an address.
    var requestKey: RateKey {
        account.map(RateKey.account) ?? .address(address)
    }

    /// Whom a limit counts by where guests count for themselves, as a spectator's cooldown does: an account or
    /// guest, else an address.
    var watcherKey: RateKey {
        identity.map { .account($0.id) } ?? .address(address)
    }

    /// Why there is no account where one is needed.
    var accountRefusal: Failure {
        identity == nil ? refusal : Failure(.signInRequired, "Guests watch; sign in with a key for this.")
    }

    /// Why there is no identity where one is needed.
    var refusal: Failure {
        switch credential {
        case .banned(let reason, let untilMs): ServerEngine.banned(reason, untilMs: untilMs)
        case .expired: Failure(.tokenExpired, "The token has ended; refresh it.")
        case .none: Failure(.unauthorized, "A token is needed: Authorization: Bearer TOKEN.")
        case .invalid, .valid: Failure(.unauthorized, "The token is not valid here.")
        }
    }
}
