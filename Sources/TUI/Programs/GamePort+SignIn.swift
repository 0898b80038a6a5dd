import Client
import Protocol

/// Signing in with Google, and back to the profile's key.
extension GamePort {
    /// Tells who the profile's key is, which signs in from then on.
    typealias KeyIdentity = @Sendable () throws(KeyringError) -> ClientConfiguration.Identity

    static func perform(
        _ wish: SignInWish, _ client: ClientThread, _ keyIdentity: @escaping KeyIdentity,
        _ deliver: @escaping @Sendable (Report) -> Void
    ) {
        client.perform { client in
            switch wish {
            case .begin(let isToLink):
                client.signInByGoogle(isToLink: isToLink) { deliver(.signIn(.news($0))) }
            case .cancel: client.cancelSignIn()
            case .useKey:
                do throws(KeyringError) {
                    client.become(try keyIdentity())
                    deliver(.signIn(.byKey))
                } catch { deliver(.signIn(.failed(error.description))) }
            }
        }
    }
}
