import Crypto
import Foundation
import Testing

extension EndToEnd.OfServers {
    /// Signing in by hand, against a real server.
    @Suite struct SignInTests {
        let server: TestServer
        let http: RawHTTP

        init() throws {
            server = try TestServer()
            http = try RawHTTP(port: server.port)
        }

        @Test("a key is an account: signing in again gives the same one, with its first name")
        func sameAccount() throws {
            let first = try Account(on: server, name: "Grace")
            let again = try Account.signIn(http, key: first.key, name: "Other")
            let account = try #require(try again.json()["account"] as? [String: Any])
            #expect(account["id"] as? String == first.id)
            #expect(account["name"] as? String == "Grace")
            let me = try http.call("GET", "/api/me", token: first.accessToken).json()
            #expect(me["id"] as? String == first.id)
            #expect(me["status"] as? String == "afk")
        }

        @Test("a name belongs to one account, however it is written")
        func nameTaken() throws {
            _ = try Account(on: server, name: "Grace")
            let other = try Account.signIn(http, key: Ed25519PrivateKey(), name: "gRACE")
            #expect(other.status == 409)
            #expect(other.errorCode == "name_taken")
        }

        @Test("a challenge is good once, and a signature must be the key's own over this host")
        func proof() throws {
            let key = Ed25519PrivateKey()
            let publicKey = Base64.encode(key.publicKey)
            func challenge() throws -> String {
                let answer = try http.call(
                    "POST", "/api/auth/device/challenge", body: #"{"public_key":"\#(publicKey)"}"#)
                return try #require(try answer.json()["challenge"] as? String)
            }
            func signIn(_ challenge: String, host: String, key signer: Ed25519PrivateKey) throws -> RawAnswer
            {
                let bytes = try #require(Base64.decode(challenge))
                let signature = Base64.encode(signer.sign(Array("pixelwars-login-v1:\(host):".utf8) + bytes))
                return try http.call(
                    "POST", "/api/auth/device",
                    body:
                        #"{"public_key":"\#(publicKey)","challenge":"\#(challenge)","signature":"\#(signature)"}"#
                )
            }
            let foreign = try signIn(try challenge(), host: http.host, key: Ed25519PrivateKey())
            #expect(foreign.status == 401)
            #expect(foreign.errorCode == "invalid_signature")
            #expect(
                try signIn(try challenge(), host: "elsewhere:80", key: key).errorCode == "invalid_signature")
            let good = try challenge()
            #expect(try signIn(good, host: http.host, key: key).status == 200)
            #expect(try signIn(good, host: http.host, key: key).errorCode == "invalid_challenge")
            let invented = Base64.encode(SecureRandom.bytes(32))
            #expect(try signIn(invented, host: http.host, key: key).errorCode == "invalid_challenge")
        }

        @Test("a server that names its public hosts takes no signature over another, though the Host fits it")
        func publicHost() throws {
            let server = try TestServer(["--public-host", "Play.Example:8080"])
            let byAddress = try Account.signIn(try RawHTTP(port: server.port), key: Ed25519PrivateKey())
            #expect(byAddress.status == 401)
            #expect(byAddress.errorCode == "invalid_signature")
            let byName = try RawHTTP(port: server.port, host: "pLAY.example:8080")
            #expect(try Account.signIn(byName, key: Ed25519PrivateKey()).status == 200)
        }

        @Test("a refresh gives a new pair for the same session; an unknown token gives nothing")
        func refresh() throws {
            let account = try Account(on: server)
            let answer = try http.call(
                "POST", "/api/auth/refresh", body: #"{"refresh_token":"\#(account.refreshToken)"}"#)
            #expect(answer.status == 200, "\(answer.text)")
            let token = try #require(try answer.json()["access_token"] as? String)
            #expect(try http.call("GET", "/api/me", token: token).json()["id"] as? String == account.id)
            let unknown = try http.call("POST", "/api/auth/refresh", body: #"{"refresh_token":"nothing"}"#)
            #expect(unknown.status == 401)
            #expect(unknown.errorCode == "invalid_refresh_token")
        }

        @Test("a sign-in outlives a kill of the server: tokens and accounts are on the disk")
        func restart() throws {
            let account = try Account(on: server, name: "Edsger")
            try server.kill()
            try server.restart()
            let http = try RawHTTP(port: server.port)
            let me = try http.call("GET", "/api/me", token: account.accessToken)
            #expect(try me.json()["name"] as? String == "Edsger", "\(me.text)")
            let refreshed = try http.call(
                "POST", "/api/auth/refresh", body: #"{"refresh_token":"\#(account.refreshToken)"}"#)
            #expect(refreshed.status == 200, "\(refreshed.text)")
        }

        @Test("neither stderr nor stdout shows a token")
        func noSecretsInLogs() throws {
            let account = try Account(on: server)
            let socket = try account.play(on: server)
            _ = try http.call("GET", "/api/me", token: account.accessToken + "x")
            server.process.signal(SIGTERM)
            #expect(try server.process.wait() == .exited(0))
            let log = server.process.errors + (try server.process.output())
            let signature = try #require(account.accessToken.split(separator: ".").last)
            #expect(!log.contains(signature))
            #expect(!log.contains(account.refreshToken))
            withExtendedLifetime(socket) {}
        }
    }
}
