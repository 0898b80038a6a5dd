/// Every HTTP call of the contract that the server answers, with its arguments.
///
/// A server parses a request into a case, a client prints a case as a request: the same enum serves both.
public enum Route: Hashable, Sendable {
    case signInAsGuest(name: String?)
    case requestChallenge(publicKey: [UInt8])
    case signInWithDevice(DeviceSignIn)
    case refresh(token: String)
    /// Ends the sign-in that the token belongs to.
    case logout
    case me
    case rename(name: String)
    case deleteAccount
    case canvas
    case snapshot(ifNoneMatch: String?)
    case changes(from: Version, to: Version?, epoch: Int?)
    /// Which cells ever got a pixel.
    case touched(ifNoneMatch: String?)
    case placePixel(Pixel)
    case undoPixel
    case pixel(x: Int, y: Int)
    case lastPixel(account: Identifier)
    case canvasPNG
    case health
    case readiness
    case metrics
    case openAPI
    case clicks(ClickRoute)
    case relays(RelayRoute)
    case leaderboard(Board, BoardPeriod)
    case skins(SkinRoute)
    case ads(AdRoute)
    case feedback(FeedbackMessage)
    /// What moderators and admins ask.
    case admin(AdminRoute)
    case auth(AuthRoute)
    case history(HistoryRoute)
    /// `/ws`, or `/ws/game/RELAY`, which also enters that relay's room.
    case webSocket(play: Bool, relay: Identifier?)
    /// The canvas for shells and browsers.
    case views(ViewRoute)
    /// The last minutes in numbers, for those who look after the server.
    case figures
}

/// What can be asked about click games.
public enum ClickRoute: Hashable, Sendable {
    /// The token may stand in the body where there is no `Authorization`.
    case push(ClickPush, anonToken: String?)
    case current
    case contributions(game: Identifier)
    case schedule(ClickGameOrder)
}

/// What can be asked about relays.
public enum RelayRoute: Hashable, Sendable {
    case list
    case create(RelayOptions)
    /// By its id or its code.
    case join(RelayReference)
    case start(Identifier)
    case newPuzzle(Identifier)
    case puzzle(Identifier)
    case answer(Identifier, PuzzleAttempt)
    case points(Identifier)
    case decay(Identifier)
}

/// What can be asked about skins.
public enum SkinRoute: Hashable, Sendable {
    /// All of them, and which are the caller's.
    case list
    /// The colors that skins are made of.
    case colors
    case purchase(SkinID)
    /// None: the standard look.
    case wear(SkinID?)
    /// A skin's JSON, judged where the base colors are known.
    case install([UInt8])
}

/// What can be asked about ads.
public enum AdRoute: Hashable, Sendable {
    /// The ad to show before a page, where there is one.
    case next(before: AdPage)
    /// An impression was seen to its end.
    case complete(Identifier)
}

/// The proof that a device holds its key.
public struct DeviceSignIn: Hashable, Sendable {
    /// The raw Ed25519 key, 32 bytes.
    public var publicKey: [UInt8]
    /// The challenge as it was handed out.
    public var challenge: [UInt8]
    /// Ed25519 over `DeviceSignIn.signedBytes`, 64 bytes.
    public var signature: [UInt8]
    /// The name wished for at first sign-in.
    public var name: String?

    /// Joins the parts.
    public init(publicKey: [UInt8], challenge: [UInt8], signature: [UInt8], name: String?) {
        self.publicKey = publicKey
        self.challenge = challenge
        self.signature = signature
        self.name = name
    }

    /// What the key signs: `pixelwars-login-v1:`, the request's `Host` in lower case, `:`, the challenge.
    public static func signedBytes(host: String, challenge: [UInt8]) -> [UInt8] {
        Array("pixelwars-login-v1:\(host.lowercased()):".utf8) + challenge
    }
}
