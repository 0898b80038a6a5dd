import Protocol
import Testing

@Suite("Ways to sign in")
struct AuthRouteTests {
    private static let grant = "urn:ietf:params:oauth:grant-type:device_code"
    private static let form = "application/x-www-form-urlencoded"

    private func parse(
        _ method: String, _ path: String, _ query: String? = nil, type: String? = nil, body: String = ""
    ) throws(RouteFailure) -> Route {
        try Route.parse(
            method: method, path: path, query: query,
            headers: { $0.lowercased() == "content-type" ? type : nil }, body: Array(body.utf8))
    }

    private func failure(
        _ method: String, _ path: String, _ query: String? = nil, type: String? = nil, body: String = ""
    ) -> Failure? {
        do {
            _ = try parse(method, path, query, type: type, body: body)
            return nil
        } catch {
            return error.failure
        }
    }

    @Test("take a terminal's calls as JSON and as the forms of RFC 8628")
    func bothForms() throws {
        let asked = Route.auth(.authorize(DeviceRequest(link: true, client: "my bot")))
        #expect(
            try parse(
                "POST", "/api/auth/device/authorize", body: #"{"link":true,"client_id":"my bot"}"#) == asked)
        #expect(
            try parse(
                "POST", "/api/auth/device/authorize", type: Self.form + "; charset=utf-8",
                body: "client_id=my+bot&link=1") == asked)
        #expect(try parse("POST", "/api/auth/device/authorize") == .auth(.authorize(DeviceRequest())))
        let polled = Route.auth(.poll(deviceCode: "a/b"))
        #expect(
            try parse(
                "POST", "/api/auth/device/token",
                body: #"{"device_code":"a/b","grant_type":"\#(Self.grant)"}"#) == polled)
        #expect(
            try parse(
                "POST", "/api/auth/device/token", type: Self.form,
                body: "device_code=a%2Fb&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code")
                == polled)
    }

    @Test("refuse another grant by its own code")
    func grantType() {
        let refused = failure(
            "POST", "/api/auth/device/token", body: #"{"device_code":"a","grant_type":"password"}"#)
        #expect(refused?.code == .unsupportedGrantType)
    }

    @Test(
        "refuse what is missing, of the wrong type or too long, by name",
        arguments: [
            ("/api/auth/google", "{}", "id_token"),
            ("/api/auth/google", #"{"id_token":1}"#, "id_token"),
            ("/api/auth/device/authorize", #"{"link":"yes"}"#, "link"),
            ("/api/auth/device/authorize", #"{"client_id":"\u0007"}"#, "client_id"),
            ("/api/auth/device/token", #"{"device_code":"a"}"#, "grant_type"),
            ("/api/auth/device/token", #"{"grant_type":"\#(grant)"}"#, "device_code"),
            ("/api/auth/device/token", #"{"device_code":"","grant_type":"\#(grant)"}"#, "device_code"),
        ])
    func fields(path: String, body: String, field: String) {
        let refused = failure("POST", path, body: body)
        #expect(refused?.code == .badRequest)
        #expect(refused?.message.contains("\"\(field)\"") == true)
    }

    @Test("read no ID token that is longer than any provider's")
    func longToken() {
        let text = String(repeating: "a", count: Limits.maxIDTokenBytes + 1)
        #expect(
            failure("POST", "/api/auth/google", body: #"{"id_token":"\#(text)"}"#)?.code == .invalidIDToken)
    }

    @Test("take pages' posts as forms alone, so that another site's script can't send them as JSON")
    func pagesAreForms() throws {
        #expect(
            try parse("POST", "/device", type: Self.form, body: "user_code=wdjb+mjht&form_token=t")
                == .auth(.page(.enter(DeviceForm(code: "wdjb mjht", formToken: "t")))))
        #expect(
            failure("POST", "/device", type: "application/json", body: #"{"user_code":"a"}"#)?.code
                == .badRequest)
        #expect(failure("POST", "/device", body: "user_code=a&form_token=t")?.code == .badRequest)
        #expect(
            failure(
                "POST", "/device/decision", type: Self.form, body: "user_code=a&form_token=t&decision=maybe")?
                .message.contains("decision") == true)
        #expect(failure("GET", "/device/callback", "code=a")?.message.contains("state") == true)
    }
}

@Suite("A user code")
struct UserCodeTests {
    @Test("is read as people type it")
    func typing() {
        let code = UserCode(typed: "WDJB-MJHT")
        #expect(code?.description == "WDJB-MJHT")
        for text in ["wdjbmjht", " wdjb mjht ", "WDJB–MJHT", "w-d-j-b-m-j-h-t"] {
            #expect(UserCode(typed: text) == code, "\(text)")
        }
    }

    @Test(
        "is nothing else",
        arguments: ["", "WDJB-MJH", "WDJB-MJHTT", "WDJA-MJHT", "WDJB-MJH1", "WDJB_MJHT", "ＷDJB-MJHT"])
    func nonsense(text: String) {
        #expect(UserCode(typed: text) == nil)
    }

    @Test("has each letter as often as any other, and passes over bytes that would make one likelier")
    func evenness() throws {
        #expect(UserCode(random: [UInt8](repeating: 0, count: 7)) == nil)
        #expect(UserCode(random: [UInt8](repeating: 240, count: 100)) == nil)
        var counts: [Character: Int] = [:]
        for byte in UInt8(0)..<240 {
            let code = try #require(UserCode(random: [UInt8](repeating: byte, count: 8)))
            for letter in Set(code.description) where letter != "-" { counts[letter, default: 0] += 1 }
        }
        #expect(counts.count == 20)
        #expect(Set(counts.values) == [12])
    }

    @Test("comes back from its answer")
    func roundTrip() throws {
        var samples = Samples(seed: 7)
        for _ in 0..<200 {
            let answer = DeviceAuthorizationAnswer(
                deviceCode: samples.text(), userCode: samples.userCode(), verificationURI: samples.text(),
                verificationURIComplete: samples.text(), expiresInSeconds: samples.int(0...100_000),
                intervalSeconds: samples.int(0...100))
            #expect(try DeviceAuthorizationAnswer(json: answer.json()) == answer)
        }
        let methods = AuthMethodsAnswer(google: true)
        #expect(String(decoding: methods.json(), as: UTF8.self) == #"{"device_key":true,"google":true}"#)
        #expect(try AuthMethodsAnswer(json: methods.json()) == methods)
    }
}
