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
    /// Another way to sign in than the last time.
    var method: SignInMethod?
    var settings: Settings
    /// The screen to begin with.
    var page: Page
    var output = OutputOptions()
    /// The picture to paint after.
    var template: TemplateOrder?
    /// Whether it goes from one busy place to the next by itself.
    var isTour = false
    /// Where settings that are changed at the screen are kept.
    var configFile: ConfigFile?

    /// What to say to whoever has no screen.
    private static let alternative =
        "; `pixelwars --flat` plays in plain lines, `pixelwars export FILE.png` saves the canvas"

    /// Runs until the person leaves.
    func run() throws(ProgramFailure) {
        if settings.isFlat { return try runFlat() }
        let choice = try TerminalChoice.here(
            wish: settings.color, alternative: Self.alternative)
        let environment = { (name: String) in getenv(name).map { String(cString: $0) } }
        let facts = TerminalSurvey.here.facts(settings, configFile: configFile, environment: environment)
        let configuration = try configuration()
        let adGate = try adGate()
        let keyIdentity = keyIdentity
        let planets = try planets()
        let inbox = try Inbox<ScreenNews>()
        TerminalGuard.install(wake: inbox.wakeWriter)
        let client: ClientThread
        do throws(TransportError) {
            client = try ClientThread(configuration: configuration) { inbox.deliver(.event($0)) }
        } catch { throw ProgramFailure("can't start: \(error)") }
        let screen: Screen
        do throws(ProgramFailure) {
            screen = try choice.open(output: output, takesMouse: settings.takesMouse)
        } catch {
            client.stop()
            throw error
        }
        let size = Screen.size()
        var model = Model(
            purpose: purpose, depth: screen.depth, serverName: url.hostHeader, columns: size.columns,
            rows: size.rows, page: page)
        model.serverURL = url.description
        model.signIn.method = configuration.method
        model.settings = settings
        model.charset = CharsetChoice.choose(wish: settings.charset, environment: environment).charset
        model.terminalFacts = facts
        model.planets = planets
        model.ads.gate = adGate?.load()
        model.desk.order = template
        model.desk.wantsTour = isTour
        let bookmarks = bookmarks(for: &model)
        let games = GamePort(client, adGate: adGate, bookmarks: bookmarks, keyIdentity: keyIdentity) {
            inbox.deliver(.report($0))
        }
        let keep = keeper { inbox.deliver(.report(.unkept($0))) }
        let stage = ScreenStage(
            model: model, client: client, games: games, keep: keep,
            makeStudio: studioMaker { inbox.deliver(.studio($0)) })
        let signal = TerminalLoop(stage: stage, screen: screen, inbox: inbox).run()
        screen.close()
        if let signal { TerminalGuard.end(by: signal) }
        stage.stop()
        client.stop()
    }

    /// Makes skin studios on the screen that the games are on.
    private func studioMaker(_ deliver: @escaping @Sendable (StudioNews) -> Void) -> ScreenStage.StudioMaker {
        { [url, profile] file, model throws(ProgramFailure) in
            // Where many share a user, as behind the ssh doorway, nobody may write files of their choice.
            if getenv("PIXELWARS_NO_STUDIO") != nil {
                throw ProgramFailure("the skin studio isn't open here")
            }
            // A shell would have put the home directory in.
            let home = getenv("HOME").map { String(cString: $0) }
            let path = file.map { $0.hasPrefix("~/") ? (home ?? "~") + $0.dropFirst() : $0 }
            let program = StudioProgram(
                file: path, server: url.description, profile: profile, settings: model.settings)
            return program.stage(
                of: try program.opened(),
                on: StudioProgram.Screenful(
                    depth: model.depth, charset: model.charset, columns: model.columns, rows: model.rows),
                deliver: deliver)
        }
    }

    /// Keeps what is changed in the config file; what is wrong with that is told.
    func keeper(_ tell: @escaping (String) -> Void) -> (Settings) -> Void {
        var kept = settings
        return { [configFile] new in
            guard let configFile else {
                return tell("settings last until you leave: there is no place for a file")
            }
            do throws(ConfigProblem) {
                try configFile.keep(new, insteadOf: kept)
                kept = new
            } catch { tell("not kept: \(error.message)") }
        }
    }

    private func runFlat() throws(ProgramFailure) {
        guard output == OutputOptions() else {
            throw ProgramFailure("--record and --stats need a screen, which --flat has none of")
        }
        var model = Model.flat(purpose: purpose, serverName: url.hostHeader, settings: settings, page: page)
        model.charset =
            CharsetChoice.choose(wish: settings.charset) { getenv($0).map { String(cString: $0) } }.charset
        let adGate = try adGate()
        model.planets = try planets()
        model.ads.gate = adGate?.load()
        model.desk.order = template
        let bookmarks = bookmarks(for: &model)
        let configuration = try configuration()
        model.signIn.method = configuration.method
        let program = FlatProgram(
            model: model, configuration: configuration, adGate: adGate, bookmarks: bookmarks,
            keyIdentity: keyIdentity)
        try program.run()
    }

    /// Who the profile's key is; from the question on it is the key that signs in here.
    private var keyIdentity: GamePort.KeyIdentity {
        { [profile, name, url] () throws(KeyringError) in
            try Keyring.standard().identity(profile: profile, name: name, at: url, by: .key)
        }
    }

    private func planets() throws(ProgramFailure) -> PlanetCatalog {
        do throws(Failure) {
            return try PlanetCatalog(json: PackageResources.planets_json)
        } catch { throw ProgramFailure("the planets that are built in can't be read: \(error.message)") }
    }

    /// Where the state before ads is kept; watchers see none.
    private func adGate() throws(ProgramFailure) -> AdGateFile? {
        guard purpose == .play else { return nil }
        do throws(KeyringError) {
            return try Keyring.standard().adGateFile(profile: profile)
        } catch { throw ProgramFailure(error.description) }
    }

    /// Where bookmarks on the server are kept; the model learns those that are.
    private func bookmarks(for model: inout Model) -> BookmarkFile? {
        do throws(KeyringError) {
            let file = try Keyring.standard().bookmarkFile(server: url)
            model.desk.bookmarks = try file.load()
            return file
        } catch {
            model.desk.bookmarkTrouble = error.description
            return nil
        }
    }

    private func configuration() throws(ProgramFailure) -> ClientConfiguration {
        var configuration: ClientConfiguration
        switch purpose {
        case .watch: configuration = ClientConfiguration(url: url, identity: .guest, mode: .watch)
        case .play:
            do throws(KeyringError) {
                let identity = try Keyring.standard().identity(
                    profile: profile, name: name, at: url, by: method)
                configuration = ClientConfiguration(url: url, identity: identity, mode: .play)
            } catch { throw ProgramFailure(error.description) }
        }
        configuration.wantsToPlay = purpose == .play
        return configuration
    }
}

extension ClientConfiguration {
    /// How whoever it is signs in.
    fileprivate var method: SignInMethod {
        switch identity {
        case .google: .google
        case .device, .guest: .key
        }
    }
}
