import Client
import Glibc
import Protocol
import Raster
import Transport

/// `pixelwars play --flat` and `pixelwars watch --flat`: lines in, lines out.
///
/// For screen readers, pipes and terminals that can't place text.
struct FlatProgram {
    var model: Model
    var configuration: ClientConfiguration
    /// Where the state before ads is kept; nil where none are shown.
    var adGate: AdGateFile?
    /// Where marked places are kept.
    var bookmarks: BookmarkFile?
    /// Who the profile's key is, from now on.
    var keyIdentity: GamePort.KeyIdentity

    /// Longer lines are no commands: words to the host are the longest.
    private static let maxLineBytes = Limits.maxFeedbackBytes + 64

    /// Runs until the person leaves, or the input ends and all is answered.
    func run() throws(ProgramFailure) {
        let inbox = try Inbox<ScreenNews>()
        let client: ClientThread
        do throws(TransportError) {
            client = try ClientThread(configuration: configuration) { inbox.deliver(.event($0)) }
        } catch { throw ProgramFailure("can't start: \(error)") }
        defer { client.stop() }
        let games = GamePort(client, adGate: adGate, bookmarks: bookmarks, keyIdentity: keyIdentity) {
            inbox.deliver(.report($0))
        }
        let stage = ScreenStage(model: model, client: client, games: games)
        let loop = FlatLoop(
            session: FlatSession(model), inbox: inbox, maxLineBytes: Self.maxLineBytes,
            isASCII: model.charset == .ascii
        ) { stage.perform($0) }
        try loop.run()
    }
}

extension Model {
    /// A model for whoever hears it: as small a screen as shows everything, with nothing on it that moves.
    static func flat(purpose: Purpose, serverName: String, settings: Settings, page: Page) -> Model {
        var model = Model(
            purpose: purpose, depth: .monochrome, serverName: serverName, columns: 60, rows: 24, page: page)
        model.settings = settings
        model.settings.isMotionReduced = true
        return model
    }
}
