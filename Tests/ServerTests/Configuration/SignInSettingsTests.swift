import Arguments
import Engine
import Protocol
import Testing

@testable import Server

@Suite("Settings of Google sign-in")
struct SignInSettingsTests {
    private func configuration(_ arguments: [String]) throws -> ServerConfiguration {
        let command = try ServerCommand(arguments: ["pixelwars-server"] + arguments, environment: [:])
        guard case .serve(let configuration) = command else {
            throw ArgumentList.UsageError("not a serve command")
        }
        return configuration
    }

    @Test("tell the engine, and show a secret's file, never the secret")
    func shown() throws {
        let scratch = try ScratchDirectory()
        let file = try scratch.write("secret", Array("hush hush".utf8))
        let configuration = try configuration([
            "--google-client-id", "1234.apps.example.org", "--google-client-secret-file", file,
            "--public-url",
            "HTTPS://Pixels.Example.org/", "--oidc-issuer", "https://id.example.org/realms/a",
        ])
        #expect(configuration.engine(palette: .standard, BuiltInAssets()).signsInWithGoogle)
        #expect(configuration.publicURL == "https://pixels.example.org")
        let text = ServerCommand.configurationText(configuration)
        #expect(text.contains("google-client-secret-file = \(file)"))
        #expect(!text.contains("hush"))
    }

    @Test(
        "go together, and are addresses that are safe",
        arguments: [
            ["--google-client-id", "a"], ["--google-client-secret-file", "a"], ["--google-client-id", "a b"],
            ["--oidc-issuer", "http://id.example.org"], ["--oidc-issuer", "id.example.org"],
            ["--public-url", "pixels.example.org"], ["--public-url", "https://pixels.example.org/path"],
            ["--public-url", "ws://pixels.example.org"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: ArgumentList.UsageError.self) { try configuration(arguments) }
    }
}
