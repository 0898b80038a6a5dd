import Client
import Protocol
import Transport

/// What the client's thread hands to the screen's.
enum ScreenNews: Sendable {
    case event(ClientEvent)
    /// The answer to a call, in the terms of the screen.
    case report(Report)
    /// What the skin studio waits for, while that is on the screen.
    case studio(StudioNews)
}

/// The games at the terminal: updates the model with what happens, and does what it wants.
///
/// The skin studio can take the screen; the games go on behind it, and are there again when it is left.
final class ScreenStage: TerminalStage {
    typealias News = ScreenNews
    /// Makes a studio for a file, or a new skin, on a model's screen.
    typealias StudioMaker = (_ file: String?, _ model: Model) throws(ProgramFailure) -> StudioStage

    private var model: Model
    private let client: ClientThread
    private let games: GamePort
    /// Makes settings outlive the program.
    private let keep: (Settings) -> Void
    private let makeStudio: StudioMaker
    private var studio: StudioStage?
    private var reader = ReportReader()

    init(
        model: Model, client: ClientThread, games: GamePort, keep: @escaping (Settings) -> Void = { _ in },
        makeStudio: @escaping StudioMaker = { _, _ throws(ProgramFailure) in
            throw ProgramFailure("the skin studio needs a screen")
        }
    ) {
        self.keep = keep
        self.makeStudio = makeStudio
        self.model = model
        self.client = client
        self.games = games
    }

    var frame: CellGrid { studio?.frame ?? View.frame(of: model) }
    var deadlineMs: Int64? { [model.deadlineMs, studio?.deadlineMs].compactMap { $0 }.min() }
    var takesMouse: Bool { studio?.takesMouse ?? model.settings.takesMouse }

    func start() -> [TerminalWish] { update(.started) }

    func take(_ input: InputEvent) -> [TerminalWish] {
        guard let studio else { return update(.input(input)) }
        let wishes = leaveStudio(studio.take(input))
        switch input {
        case .key, .mouse, .paste: return wishes
        // What the terminal tells of itself is for both.
        case .background, .focus: return wishes + update(.input(input))
        }
    }

    func tick() -> [TerminalWish] {
        (studio.map { leaveStudio($0.tick()) } ?? []) + update(.clock)
    }

    func resize(columns: Int, rows: Int) -> [TerminalWish] {
        (studio.map { leaveStudio($0.resize(columns: columns, rows: rows)) } ?? [])
            + update(.resized(columns: columns, rows: rows))
    }

    func take(_ news: ScreenNews) -> [TerminalWish] {
        switch news {
        case .event(let event): reader.reports(of: event).flatMap { update(.server($0)) }
        case .report(let report): update(.server(report))
        case .studio(let news): studio.map { leaveStudio($0.take(news)) } ?? []
        }
    }

    /// Ends what is under way.
    func stop() { studio?.stop() }

    private func update(_ event: Event) -> [TerminalWish] {
        model.update(event, nowMs: Monotonic.nowMs).flatMap(perform)
    }

    // MARK: The studio

    private func openStudio(_ file: String?) -> [TerminalWish] {
        do throws(ProgramFailure) {
            let studio = try makeStudio(file, model)
            self.studio = studio
            return studio.start()
        } catch { return update(.server(.admin(.studioLeft(why: error.message)))) }
    }

    /// What the studio wants of the terminal; its end is the way back to where it was opened.
    private func leaveStudio(_ wishes: [TerminalWish]) -> [TerminalWish] {
        guard wishes.contains(.quit) else { return wishes }
        studio?.stop()
        studio = nil
        return wishes.filter { $0 != .quit } + update(.server(.admin(.studioLeft(why: nil))))
    }

    // MARK: What the model wants

    /// Does what the model wants; what only the terminal can do is left to it.
    func perform(_ command: Command) -> [TerminalWish] {
        switch command {
        case .place(let request, let pixel):
            client.send(ClientEnvelope(id: ReportReader.messageID(request), .place(pixel)))
        case .undo(let request): client.send(ClientEnvelope(id: ReportReader.messageID(request), .undo))
        case .play: client.play()
        case .leave: client.leave()
        case .rename(let name): client.rename(name)
        case .clicks(let wish): games.clicks(wish)
        case .relays(let wish): games.relays(wish)
        case .profile: games.profile()
        case .arcade(let wish): games.arcade(wish)
        case .ads(let wish): games.ads(wish)
        case .shop(let wish): games.shop(wish)
        case .feedback(let message): games.feedback(message)
        case .ask(let question): games.ask(question)
        case .desk(let wish): games.desk(wish)
        case .board(let board, let period): games.board(board, period)
        case .replay(let wish): games.replay(wish)
        case .admin(let wish): games.admin(wish)
        case .studio(let file): return openStudio(file)
        case .signIn(let wish): games.signIn(wish)
        case .keep(let settings): keep(settings)
        case .copy(let text): return [.copy(text)]
        case .notify(let words): return [.notify(words)]
        case .bell: return [.bell]
        case .quit: return [.quit]
        case .suspend: return [.suspend]
        case .repaint: return [.repaint]
        }
        return []
    }
}
