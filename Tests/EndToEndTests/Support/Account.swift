import Crypto
import Foundation
import Testing

/// An account made by its key, as any program in any language would make one.
struct Account {
    let key = Ed25519PrivateKey()
    var accessToken: String
    var refreshToken: String
    var id: String
    var name: String

    /// Signs in at a server with a fresh key.
    init(on server: TestServer, name: String? = nil) throws {
        let http = try RawHTTP(port: server.port)
        let answer = try Self.signIn(http, key: key, name: name)
        try #require(answer.status == 200, "\(answer.status) \(answer.text)")
        let json = try answer.json()
        accessToken = try #require(json["access_token"] as? String)
        refreshToken = try #require(json["refresh_token"] as? String)
        let account = try #require(json["account"] as? [String: Any])
        id = try #require(account["id"] as? String)
        self.name = try #require(account["name"] as? String)
    }

    /// The two calls of a device's sign-in.
    static func signIn(_ http: RawHTTP, key: Ed25519PrivateKey, name: String? = nil) throws -> RawAnswer {
        let publicKey = Base64.encode(key.publicKey)
        let challenge = try http.call(
            "POST", "/api/auth/device/challenge", body: #"{"public_key":"\#(publicKey)"}"#)
        try #require(challenge.status == 200, "\(challenge.status) \(challenge.text)")
        let text = try #require(try challenge.json()["challenge"] as? String)
        let bytes = try #require(Base64.decode(text))
        let signature = key.sign(Array("pixelwars-login-v1:\(http.host.lowercased()):".utf8) + bytes)
        let wish = name.map { #","name":"\#($0)""# } ?? ""
        return try http.call(
            "POST", "/api/auth/device",
            body: """
                {"public_key":"\(publicKey)","challenge":"\(text)","signature":"\(Base64.encode(signature))"\(wish)}
                """)
    }

    /// Opens a socket and plays.
    func play(on server: TestServer) throws -> RawWebSocket {
        let socket = try RawWebSocket(port: server.port, token: accessToken, subprotocol: "pixelwars.v1.json")
        _ = try socket.message("welcome")
        try socket.send(#"{"type":"play","id":1}"#)
        try eventually("play") {
            let status = try socket.message("status")
            return status["status"] as? String == "playing"
        }
        return socket
    }
}
