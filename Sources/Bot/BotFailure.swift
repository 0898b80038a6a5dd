import Client
import Transport

/// Why the bot ends with status 1, in one line.
struct BotFailure: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}

extension BotCommand.Account {
    /// Who signs in: the profile's key, made if there is none, or a guest.
    func identity() throws(BotFailure) -> ClientConfiguration.Identity {
        if isGuest { return .guest }
        do throws(KeyringError) {
            return try Keyring.standard().identity(profile: profile, name: name)
        } catch {
            throw BotFailure(error.description)
        }
    }
}

/// A loop, or the reason why there is none.
func makeLoop() throws(BotFailure) -> EventLoop {
    do throws(TransportError) {
        return try EventLoop()
    } catch {
        throw BotFailure(error.message)
    }
}
