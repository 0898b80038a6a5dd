import Client
import Glibc
import Protocol
import Transport

/// `pixelwars skins`: makes and edits a skin; no server is needed until it is to be offered on one.
struct StudioProgram: Hashable, Sendable {
    /// The file to edit; a new one where it isn't there.
    var file: String?
    /// The URL of the server that a finished skin is offered on, read only then.
    var server: String
    var profile: String
    /// How the person wants the screen to be.
    var settings = Settings()

    /// Runs until the person leaves.
    func run() throws(ProgramFailure) {
        let colors: BaseColors
        do throws(Failure) {
            colors = try BaseColors(json: PackageResources.base_colors_json)
        } catch { throw ProgramFailure("the colors that are built in can't be read: \(error.message)") }
        let choice = try TerminalChoice.here(wish: settings.color, alternative: "")
        let (draft, file, isSaved) = try open(colors)
        let inbox = try Inbox<StudioNews>()
        TerminalGuard.install(wake: inbox.wakeWriter)
        let screen = try choice.open()
        let size = Screen.size()
        var studio = Studio(
            draft: draft, isSaved: isSaved, file: file, colors: colors, terminal: screen.depth,
            serverName: ServerURL(server)?.hostHeader ?? PlayerName.displayed(server), columns: size.columns,
            rows: size.rows)
        studio.theme = settings.theme
        studio.isStill = settings.isMotionReduced
        studio.charset =
            CharsetChoice.choose(wish: settings.charset) { getenv($0).map { String(cString: $0) } }.charset
        let stage = StudioStage(studio: studio, server: server, profile: profile, inbox: inbox)
        let signal = TerminalLoop(stage: stage, screen: screen, inbox: inbox).run()
        screen.close()
        if let signal { TerminalGuard.end(by: signal) }
        stage.stop()
    }

    /// The skin of the file, or what a new one begins with.
    func open(
        _ colors: BaseColors
    ) throws(ProgramFailure) -> (draft: SkinDraft, file: SkinFile, isSaved: Bool) {
        if let file, let (found, skin) = try SkinFile.read(file, colors: colors) {
            return (SkinDraft(skin), found, true)
        }
        let name = file.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        let id = name.map { $0.hasSuffix(".json") ? String($0.dropLast(5)) : $0 }
        let author = getenv("USER").flatMap { PlayerName.validated(String(cString: $0)) } ?? "me"
        guard let draft = SkinDraft.template(id: id, author: author, colors: colors) else {
            throw ProgramFailure("there are no colors to make a skin of")
        }
        return (draft, SkinFile(path: file, bytes: nil), false)
    }
}
