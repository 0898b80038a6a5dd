/// What can be asked about ways to sign in beside a device's key: those of Google's accounts.
public enum AuthRoute: Hashable, Sendable {
    /// Which ways there are.
    case methods
    /// An ID token that the caller has got by itself.
    case idToken(String)
    /// Takes the Google account off the account that asks, and ends all its sign-ins but this one.
    case unlink
    /// A terminal begins a sign-in that a browser goes on with (RFC 8628 §3.1).
    case authorize(DeviceRequest)
    /// The terminal asks whether it is done (RFC 8628 §3.4).
    case poll(deviceCode: String)
    /// The pages that a person sees in the browser.
    case page(DevicePageRoute)
}

/// What a terminal asks for: `{"link"?,"client_id"?}`.
public struct DeviceRequest: Hashable, Sendable {
    /// Whether the Google account is to be linked to the account that asks, instead of signing in.
    public var link: Bool
    /// What calls itself so; shown to the person who is to allow it.
    public var client: String?

    /// Joins the parts.
    public init(link: Bool = false, client: String? = nil) {
        self.link = link
        self.client = client
    }
}

/// The steps of a sign-in in the browser.
public enum DevicePageRoute: Hashable, Sendable {
    /// Where the code is entered; the one in the address stands in the field already.
    case form(code: String?)
    /// The code that was entered, for a look at what it would allow.
    case enter(DeviceForm)
    /// What the person decided.
    case decide(DeviceForm, allows: Bool)
    /// Back from the provider (RFC 6749 §4.1.2).
    case callback(ProviderReturn)
}

/// What the pages' forms send.
public struct DeviceForm: Hashable, Sendable {
    /// The code as it was typed.
    public var code: String
    /// What shows that the form was one of ours and this browser's.
    public var formToken: String

    /// Joins the parts.
    public init(code: String, formToken: String) {
        self.code = code
        self.formToken = formToken
    }
}

/// What a provider sends a browser back with: a code, or why there is none.
public struct ProviderReturn: Hashable, Sendable {
    /// The value that the way there began with.
    public var state: String
    /// What the ID token is got for.
    public var code: String?
    /// The provider's word for why there is no code.
    public var error: String?
    /// Who says so (RFC 9207), where it does.
    public var issuer: String?

    /// Joins the parts.
    public init(state: String, code: String? = nil, error: String? = nil, issuer: String? = nil) {
        self.state = state
        self.code = code
        self.error = error
        self.issuer = issuer
    }
}

extension AuthRoute {
    /// The grant of RFC 8628 §3.4, which is the only one.
    static let deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"

    /// The request that `Route.parse` reads as this route.
    var request: RouteRequest {
        switch self {
        case .methods: .get("/api/auth/methods")
        case .idToken(let token): .post("/api/auth/google") { $0.field("id_token", token) }
        case .unlink: RouteRequest(method: "DELETE", target: "/api/auth/google")
        case .authorize(let request):
            .post("/api/auth/device/authorize") {
                if request.link { $0.field("link", true) }
                $0.optional("client_id", request.client)
            }
        case .poll(let deviceCode):
            .post("/api/auth/device/token") {
                $0.field("device_code", deviceCode)
                $0.field("grant_type", Self.deviceGrant)
            }
        case .page(let page): page.request
        }
    }
}

extension DevicePageRoute {
    /// The request that `Route.parse` reads as this route.
    var request: RouteRequest {
        switch self {
        case .form(let code):
            .get("/device" + FormText.query([("user_code", code)]))
        case .enter(let form):
            .form("/device", [("user_code", form.code), ("form_token", form.formToken)])
        case .decide(let form, let allows):
            .form(
                "/device/decision",
                [
                    ("user_code", form.code), ("decision", allows ? "allow" : "deny"),
                    ("form_token", form.formToken),
                ])
        case .callback(let back):
            .get(
                "/device/callback"
                    + FormText.query([
                        ("state", back.state), ("code", back.code), ("error", back.error),
                        ("iss", back.issuer),
                    ]))
        }
    }
}
