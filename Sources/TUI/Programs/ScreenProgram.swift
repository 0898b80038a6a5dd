import Client
import Glibc
import Protocol
import Transport

/// `pixelwars play` and `pixelwars watch`: canvas, click war and relays in the terminal.
struct ScreenProgram: Hashable, Sendable {
    var purpose: Model.Purpose
    var url: ServerURL
    var profile: String
    var name: String?
    var color: TerminalChoice.Wish

    /// Runs until the person leaves.
    func run() throws(ProgramFailure) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw ProgramFailure("needs a terminal; `pixelwars export FILE.png` saves the canvas without one")
        }
        let configuration = try configuration()
        let own = Screen.entry()
        let term = getenv("TERM").map { String(cString: $0) } ?? ""
        let choice = TerminalChoice.choose(
            wish: color, environment: { getenv($0).map { String(cString: $0) } }, entryColors: own.colors,
            entryIsDirect: own.isDirect)
        guard own.placesText || choice.entry != term else {
            throw ProgramFailure(
                "this terminal can't place text (TERM=\(PlayerName.displayed(term))); if it can, set TERM to its name"
            )
        }
        let planets: PlanetCatalog
        do throws(Failure) {
            planets = try PlanetCatalog(json: PackageResources.planets_json)
        } catch { throw ProgramFailure("the planets that are built in can't be read: \(error.message)") }
        let inbox = try Inbox()
        TerminalGuard.install(wake: inbox.wakeWriter)
        let client: ClientThread
        do throws(TransportError) {
            client = try ClientThread(configuration: configuration) { inbox.deliver(.event($0)) }
        } catch { throw ProgramFailure("can't start: \(error)") }
        guard let screen = Screen(choice) else {
            client.stop()
            throw ProgramFailure("can't use this terminal (TERM=\(PlayerName.displayed(term)))")
        }
        let size = Screen.size()
        var model = Model(
            purpose: purpose, depth: screen.depth, serverName: url.hostHeader, columns: size.columns,
            rows: size.rows)
        model.planets = planets
        let games = GamePort(client) { inbox.deliver(.report($0)) }
        let loop = ScreenLoop(model: model, screen: screen, client: client, games: games, inbox: inbox)
        loop.run()
        screen.close()
        client.stop()
    }

    private func configuration() throws(ProgramFailure) -> ClientConfiguration {
        var configuration: ClientConfiguration
        switch purpose {
        case .watch: configuration = ClientConfiguration(url: url, identity: .guest, mode: .watch)
        case .play:
            do throws(KeyringError) {
                let identity = try Keyring.standard().identity(profile: profile, name: name)
                configuration = ClientConfiguration(url: url, identity: identity, mode: .play)
            } catch { throw ProgramFailure(error.description) }
        }
        configuration.wantsToPlay = purpose == .play
        return configuration
    }
}
