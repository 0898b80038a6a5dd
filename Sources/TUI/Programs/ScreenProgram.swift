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
    /// The screen to begin with.
    var page: Page

    /// Runs until the person leaves.
    func run() throws(ProgramFailure) {
        let choice = try TerminalChoice.here(
            wish: color, alternative: "; `pixelwars export FILE.png` saves the canvas without one")
        let configuration = try configuration()
        let adGate = try adGate()
        let planets: PlanetCatalog
        do throws(Failure) {
            planets = try PlanetCatalog(json: PackageResources.planets_json)
        } catch { throw ProgramFailure("the planets that are built in can't be read: \(error.message)") }
        let inbox = try Inbox<ScreenNews>()
        TerminalGuard.install(wake: inbox.wakeWriter)
        let client: ClientThread
        do throws(TransportError) {
            client = try ClientThread(configuration: configuration) { inbox.deliver(.event($0)) }
        } catch { throw ProgramFailure("can't start: \(error)") }
        let screen: Screen
        do throws(ProgramFailure) {
            screen = try choice.open()
        } catch {
            client.stop()
            throw error
        }
        let size = Screen.size()
        var model = Model(
            purpose: purpose, depth: screen.depth, serverName: url.hostHeader, columns: size.columns,
            rows: size.rows, page: page)
        model.planets = planets
        model.ads.gate = adGate?.load()
        let games = GamePort(client, adGate: adGate) { inbox.deliver(.report($0)) }
        let stage = ScreenStage(model: model, client: client, games: games)
        TerminalLoop(stage: stage, screen: screen, inbox: inbox).run()
        screen.close()
        client.stop()
    }

    /// Where the state before ads is kept; watchers see none.
    private func adGate() throws(ProgramFailure) -> AdGateFile? {
        guard purpose == .play else { return nil }
        do throws(KeyringError) {
            return try Keyring.standard().adGateFile(profile: profile)
        } catch { throw ProgramFailure(error.description) }
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
