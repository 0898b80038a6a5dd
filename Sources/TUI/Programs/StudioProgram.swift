import Client
import Glibc
import Protocol
import Raster
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
        let choice = try TerminalChoice.here(wish: settings.color, alternative: "")
        // What is wrong with the file is told before there is a screen.
        let opened = try opened()
        let inbox = try Inbox<StudioNews>()
        TerminalGuard.install(wake: inbox.wakeWriter)
        let screen = try choice.open()
        let size = Screen.size()
        let charset =
            CharsetChoice.choose(wish: settings.charset) { getenv($0).map { String(cString: $0) } }.charset
        let stage = stage(
            of: opened,
            on: Screenful(depth: screen.depth, charset: charset, columns: size.columns, rows: size.rows)
        ) { inbox.deliver($0) }
        let signal = TerminalLoop(stage: stage, screen: screen, inbox: inbox).run()
        screen.close()
        if let signal { TerminalGuard.end(by: signal) }
        stage.stop()
    }

    /// What the studio is drawn on.
    struct Screenful: Hashable, Sendable {
        var depth: ColorDepth
        var charset: Charset
        var columns: Int
        var rows: Int
    }

    /// What the studio begins with.
    struct Opened: Hashable, Sendable {
        var draft: SkinDraft
        var file: SkinFile
        var isSaved: Bool
        var colors: BaseColors
    }

    /// Reads the colors and the file.
    func opened() throws(ProgramFailure) -> Opened {
        let colors: BaseColors
        do throws(Failure) {
            colors = try BaseColors(json: PackageResources.base_colors_json)
        } catch { throw ProgramFailure("the colors that are built in can't be read: \(error.message)") }
        let (draft, file, isSaved) = try open(colors)
        return Opened(draft: draft, file: file, isSaved: isSaved, colors: colors)
    }

    /// The studio as a stage, on whatever screen.
    func stage(
        of opened: Opened, on screen: Screenful, deliver: @escaping @Sendable (StudioNews) -> Void
    ) -> StudioStage {
        var studio = Studio(
            draft: opened.draft, isSaved: opened.isSaved, file: opened.file, colors: opened.colors,
            terminal: screen.depth, serverName: ServerURL(server)?.hostHeader ?? PlayerName.displayed(server),
            columns: screen.columns, rows: screen.rows)
        studio.theme = settings.theme
        studio.isStill = settings.isMotionReduced
        studio.charset = screen.charset
        return StudioStage(studio: studio, server: server, profile: profile, deliver: deliver)
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
