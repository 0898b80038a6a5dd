/// A path of the ways to sign in, or of the pages that go with them.
enum AuthPlace {
    case methods, google, authorize, token, page, decision, callback

    private static let paths: [[String]: AuthPlace] = [
        ["api", "auth", "methods"]: .methods, ["api", "auth", "google"]: .google,
        ["api", "auth", "device", "authorize"]: .authorize, ["api", "auth", "device", "token"]: .token,
        ["device"]: .page, ["device", "decision"]: .decision, ["device", "callback"]: .callback,
    ]

    /// The place that a path's segments name; nil where they name none of these.
    init?(_ segments: [String]) {
        guard let place = Self.paths[segments] else { return nil }
        self = place
    }

    /// What may be asked here.
    var methods: [String] {
        switch self {
        case .methods, .callback: ["GET"]
        case .google: ["POST", "DELETE"]
        case .authorize, .token, .decision: ["POST"]
        case .page: ["GET", "POST"]
        }
    }

    /// The route that a request to this place means.
    func route(
        method: String, query: String?, headers: (String) -> String?, body: [UInt8]
    ) throws(Failure) -> Route {
        switch self {
        case .methods: return .auth(.methods)
        case .google where method == "DELETE": return .auth(.unlink)
        case .google: return .auth(.idToken(try Self.idToken(JSONFields(body))))
        case .authorize: return .auth(.authorize(try Self.deviceRequest(headers, body)))
        case .token: return .auth(.poll(deviceCode: try Self.deviceCode(headers, body)))
        case .page where method == "GET":
            return .auth(.page(.form(code: try QueryFields(query).text("user_code"))))
        case .page: return .auth(.page(.enter(try Self.form(QueryFields(form: headers, body)))))
        case .decision:
            let fields = try QueryFields(form: headers, body)
            let word = try fields.needed("decision", maxBytes: 8)
            guard word == "allow" || word == "deny" else {
                throw Failure(.badRequest, "field \"decision\" must be allow or deny")
            }
            return .auth(.page(.decide(try Self.form(fields), allows: word == "allow")))
        case .callback: return .auth(.page(.callback(try Self.back(QueryFields(query)))))
        }
    }

    private static func idToken(_ fields: JSONFields) throws(Failure) -> String {
        let token = try fields.string("id_token")
        guard token.utf8.count <= Limits.maxIDTokenBytes else {
            throw Failure(.invalidIDToken, "The ID token is longer than any that a provider gives.")
        }
        return token
    }

    private static func deviceRequest(
        _ headers: (String) -> String?, _ body: [UInt8]
    ) throws(Failure) -> DeviceRequest {
        if QueryFields.isForm(headers) {
            let fields = try QueryFields(form: headers, body)
            let client = try fields.text("client_id").map { (text) throws(Failure) in try Self.client(text) }
            return DeviceRequest(link: try fields.flag("link"), client: client)
        }
        let fields = try JSONFields(body.isEmpty ? Array("{}".utf8) : body)
        return DeviceRequest(
            link: fields.has("link") ? try fields.bool("link") : false,
            client: try fields.optionalString("client_id").map { (text) throws(Failure) in
                try Self.client(text)
            })
    }

    private static func client(_ text: String) throws(Failure) -> String {
        guard let client = PlayerName.validated(text, maxCharacters: Limits.maxClientNameCharacters) else {
            throw Failure(
                .badRequest,
                "field \"client_id\" must be 1 to \(Limits.maxClientNameCharacters) printable characters")
        }
        return client
    }

    private static func deviceCode(
        _ headers: (String) -> String?, _ body: [UInt8]
    ) throws(Failure) -> String {
        let grant: String
        let code: String
        if QueryFields.isForm(headers) {
            let fields = try QueryFields(form: headers, body)
            grant = try fields.needed("grant_type", maxBytes: Limits.maxDeviceCodeBytes)
            code = try fields.needed("device_code", maxBytes: Limits.maxDeviceCodeBytes)
        } else {
            let fields = try JSONFields(body)
            grant = try fields.string("grant_type")
            code = try fields.string("device_code")
        }
        guard grant == AuthRoute.deviceGrant else {
            throw Failure(
                .unsupportedGrantType, "field \"grant_type\" must be \(AuthRoute.deviceGrant)")
        }
        guard !code.isEmpty, code.utf8.count <= Limits.maxDeviceCodeBytes else {
            throw Failure(
                .badRequest, "field \"device_code\" must be 1 to \(Limits.maxDeviceCodeBytes) bytes")
        }
        return code
    }

    private static func form(_ fields: QueryFields) throws(Failure) -> DeviceForm {
        DeviceForm(
            code: try fields.needed("user_code", maxBytes: Limits.maxTypedCodeBytes),
            formToken: try fields.needed("form_token", maxBytes: Limits.maxDeviceCodeBytes))
    }

    private static func back(_ fields: QueryFields) throws(Failure) -> ProviderReturn {
        ProviderReturn(
            state: try fields.needed("state", maxBytes: Limits.maxDeviceCodeBytes),
            code: try fields.bounded("code", maxBytes: Limits.maxAuthorizationCodeBytes),
            error: try fields.bounded("error", maxBytes: Limits.maxDeviceCodeBytes),
            issuer: try fields.bounded("iss", maxBytes: Limits.maxURLBytes))
    }
}
