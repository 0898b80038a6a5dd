import Client
import Protocol
import Transport

/// What the client's thread hands to the screen's.
enum ScreenNews: Sendable {
    case event(ClientEvent)
    /// The answer to a call, in the terms of the screen.
    case report(Report)
}

/// The games at the terminal: updates the model with what happens, and does what it wants.
final class ScreenStage: TerminalStage {
    typealias News = ScreenNews

    private var model: Model
    private let client: ClientThread
    private let games: GamePort
    /// Makes settings outlive the program.
    private let keep: (Settings) -> Void
    private var reader = ReportReader()

    init(
        model: Model, client: ClientThread, games: GamePort, keep: @escaping (Settings) -> Void = { _ in }
    ) {
        self.keep = keep
        self.model = model
        self.client = client
        self.games = games
    }

    var frame: CellGrid { View.frame(of: model) }
    var deadlineMs: Int64? { model.deadlineMs }
    var takesMouse: Bool { model.settings.takesMouse }

    func start() -> [TerminalWish] { update(.started) }
    func take(_ input: InputEvent) -> [TerminalWish] { update(.input(input)) }
    func tick() -> [TerminalWish] { update(.clock) }

    func resize(columns: Int, rows: Int) -> [TerminalWish] {
        update(.resized(columns: columns, rows: rows))
    }

    func take(_ news: ScreenNews) -> [TerminalWish] {
        switch news {
        case .event(let event): reader.reports(of: event).flatMap { update(.server($0)) }
        case .report(let report): update(.server(report))
        }
    }

    private func update(_ event: Event) -> [TerminalWish] {
        model.update(event, nowMs: Monotonic.nowMs).flatMap(perform)
    }

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
