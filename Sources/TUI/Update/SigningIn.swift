import Client
import Protocol

/// Signing in with Google, and back to the key.
extension Model {
    mutating func performAtSignIn(_ action: Action, nowMs: Int64) -> [Command] {
        switch action {
        case .signIn(let action): return perform(action, nowMs: nowMs)
        case .take:
            switch signIn.stage {
            case .choosing: return beginSignIn(isToLink: false, nowMs: nowMs)
            case .asking, .pending: return []
            case .ended(.signedIn), .ended(.linked), .ended(.unavailable): return open(.home)
            case .ended(.denied), .ended(.expired), .ended(.refused):
                return beginSignIn(isToLink: signIn.isToLink, nowMs: nowMs)
            }
        default: return perform(action, nowMs: nowMs)
        }
    }

    mutating func perform(_ action: SignInAction, nowMs: Int64) -> [Command] {
        switch action {
        case .begin: return beginSignIn(isToLink: false, nowMs: nowMs)
        case .link: return beginSignIn(isToLink: true, nowMs: nowMs)
        case .again:
            if case .choosing = signIn.stage { return [] }
            return beginSignIn(isToLink: signIn.isToLink, nowMs: nowMs)
        case .useKey: return useKey(nowMs: nowMs)
        case .copyAddress:
            guard let code = signIn.pending?.code else { return [] }
            say("The address is in the clipboard, where the terminal allows it", .news, nowMs: nowMs)
            return [.copy(code.linkAddress)]
        case .cancel: return cancelSignIn()
        }
    }

    /// Asks for a code; one that waits already counts no more.
    mutating func beginSignIn(isToLink: Bool, nowMs: Int64) -> [Command] {
        guard mayUseSignIn(nowMs: nowMs) else { return [] }
        if isToLink {
            guard link.isLive, account != nil else {
                say("Not connected: there is no account to link to", .warning, nowMs: nowMs)
                return []
            }
            if profile?.google == true {
                say("Google is linked to this account already", .news, nowMs: nowMs)
                return []
            }
        }
        signIn.ask(isToLink: isToLink)
        return [.signIn(.begin(isToLink: isToLink))]
    }

    private mutating func useKey(nowMs: Int64) -> [Command] {
        guard mayUseSignIn(nowMs: nowMs) else { return [] }
        guard signIn.method == .google else {
            say("The key signs you in already", .news, nowMs: nowMs)
            return []
        }
        signIn.reset()
        return [.signIn(.useKey)]
    }

    /// Stops what is under way; where nothing is, goes home.
    private mutating func cancelSignIn() -> [Command] {
        guard signIn.isUnderWay else { return open(.home) }
        signIn.reset()
        return [.signIn(.cancel)]
    }

    private mutating func mayUseSignIn(nowMs: Int64) -> Bool {
        guard purpose == .watch else { return true }
        say("Watching: start `pixelwars play` to take part", .warning, nowMs: nowMs)
        return false
    }

    mutating func take(_ report: SignInReport, nowMs: Int64) -> [Command] {
        switch report {
        case .news(let news):
            let wasUnderWay = signIn.isUnderWay
            signIn.take(news, nowMs: nowMs)
            guard wasUnderWay, case .ended(let ending) = signIn.stage else { return [] }
            if page != .signIn { tell(ending, nowMs: nowMs) }
            if case .linked = ending, link.isLive { return [.profile] }
        case .needed:
            signIn.method = .google
            guard !signIn.isUnderWay else { return [] }
            // First the page: what an earlier one came to is forgotten on the way.
            return open(.signIn) + beginSignIn(isToLink: false, nowMs: nowMs)
        case .byKey: signIn.method = .key
        case .failed(let words): say(PlayerName.displayed(words), .failure, nowMs: nowMs)
        }
        return []
    }

    /// Whoever went on to another page meanwhile hears how it ended.
    private mutating func tell(_ ending: SignInEnding, nowMs: Int64) {
        let (words, kind): (String, Toast.Kind) =
            switch ending {
            case .signedIn, .linked: (words(for: ending), .celebration)
            case .denied, .expired, .unavailable, .refused: (words(for: ending), .warning)
            }
        say(words, kind, nowMs: nowMs)
    }

    /// How a sign-in ended, in a sentence.
    func words(for ending: SignInEnding) -> String {
        switch ending {
        case .signedIn(let account): "You are \(PlayerName.displayed(account.name)) now, by Google"
        case .linked(let account): "Google is linked to \(PlayerName.displayed(account.name))"
        case .denied: "You said no in the browser"
        case .expired: "The code ran out before anybody confirmed it"
        case .unavailable: "This server has no sign-in with Google"
        case .refused(let failure): words(for: failure).words.shown
        }
    }

    /// Somebody else is signed in: what was the account's before is nobody's now.
    mutating func becomeOther() {
        profile = nil
        shop = SkinShop()
        relays = RelayDesk()
        admin = AdminDesk()
        pending.removeAll()
        undos.removeAll()
        returning = nil
        hintUntilMs = nil
    }
}
