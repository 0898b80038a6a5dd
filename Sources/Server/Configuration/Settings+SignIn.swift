import OpenID
import Protocol
import Transport

extension Setting {
    /// How Google accounts sign in, and where players find the server.
    static let signIn: [Setting] = [
        Setting("public-url", "URL", help: "where players find this server; in every address it hands out") {
            text, configuration in
            guard let url = ServerURL(text), text.lowercased().hasPrefix("http") else {
                return Problem(wanted: "an address without a path, as in https://pixels.example.org")
            }
            configuration.publicURL = url.description
            return nil
        } show: {
            $0.publicURL.map { [$0] } ?? []
        },
        Setting(
            "google-client-id", "ID", help: "this server's name at Google; with --google-client-secret-file"
        ) { text, configuration in
            guard (1...Limits.maxClientIDBytes).contains(text.utf8.count),
                text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            else { return Problem(wanted: "a client id, as in 1234-abc.apps.googleusercontent.com") }
            configuration.googleClientID = text
            return nil
        } show: {
            $0.googleClientID.map { [$0] } ?? []
        },
        file(
            "google-client-secret-file", help: "its secret there, in a file that nobody else reads",
            \.googleClientSecretFile),
        Setting("oidc-issuer", "URL", help: "an identity provider in Google's place") {
            text, configuration in
            guard ProviderDocument.place(of: text) != nil else {
                return Problem(wanted: "an https address; http only on this machine")
            }
            configuration.oidcIssuer = text
            return nil
        } show: {
            [$0.oidcIssuer]
        },
    ]
}
