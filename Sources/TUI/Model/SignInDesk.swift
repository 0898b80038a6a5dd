import Client
import QRCodes

/// A sign-in with Google: what was asked for, and how far it is.
struct SignInDesk: Hashable, Sendable {
    /// How far it is.
    enum Stage: Hashable, Sendable {
        /// Nothing is asked for yet.
        case choosing
        /// A code is asked for.
        case asking
        /// A code waits to be confirmed in a browser.
        case pending(Pending)
        case ended(SignInEnding)
    }

    /// A code that waits.
    struct Pending: Hashable, Sendable {
        var code: SignInCode
        /// The code's address as a picture; nil where it is too long for one.
        var picture: QRCode?
        /// When the code ends, on the screen's own clock.
        var endsMs: Int64

        init(_ code: SignInCode, nowMs: Int64) {
            self.code = code
            picture = QRCode(code.linkAddress)
            endsMs = nowMs + code.lifeMs
        }
    }

    private(set) var stage = Stage.choosing
    /// Whether Google is to open the account that the person has.
    private(set) var isToLink = false
    /// Why the server can't be asked at the moment; nil where it can.
    private(set) var trouble: String?
    /// How the profile signs in at this server.
    var method = SignInMethod.key

    /// Whether something is on its way.
    var isUnderWay: Bool {
        switch stage {
        case .asking, .pending: true
        case .choosing, .ended: false
        }
    }

    /// Whether it ended so that another code may help.
    var canBeTriedAgain: Bool {
        guard case .ended(let ending) = stage else { return false }
        switch ending {
        case .denied, .expired, .refused: return true
        case .signedIn, .linked, .unavailable: return false
        }
    }

    /// The code that waits.
    var pending: Pending? { if case .pending(let pending) = stage { pending } else { nil } }

    mutating func ask(isToLink: Bool) {
        self.isToLink = isToLink
        trouble = nil
        stage = .asking
    }

    /// Back to where nothing is asked for.
    mutating func reset() {
        trouble = nil
        stage = .choosing
    }

    /// What came of an earlier one is not shown again.
    mutating func visit() {
        if case .ended = stage { reset() }
    }

    mutating func take(_ news: SignInNews, nowMs: Int64) {
        // What was cancelled meanwhile may still be told of.
        guard isUnderWay else { return }
        switch news {
        case .code(let code):
            trouble = nil
            stage = .pending(Pending(code, nowMs: nowMs))
        case .unreachable(let reason): trouble = reason
        case .reachable: trouble = nil
        case .ended(let ending):
            trouble = nil
            stage = .ended(ending)
            if case .signedIn = ending { method = .google }
        }
    }
}

/// What a key asks for where one signs in.
enum SignInAction: String, Hashable, Sendable, CaseIterable {
    case begin = "sign_in_google"
    case link = "link_google"
    case useKey = "sign_in_key"
    case copyAddress = "copy_address"
    case again = "another_code"
    case cancel = "cancel_sign_in"
}

/// What the model wants of a sign-in.
enum SignInWish: Hashable, Sendable {
    case begin(isToLink: Bool)
    case cancel
    /// To be the account of the profile's key again.
    case useKey
}

/// What is told of a sign-in.
enum SignInReport: Hashable, Sendable {
    case news(SignInNews)
    /// Nobody but a person can sign this profile in.
    case needed
    /// The profile signs in by its key from now on.
    case byKey
    case failed(String)
}
