import Protocol

/// The page of leaderboards.
extension Model {
    mutating func performAtBoards(_ action: Action, nowMs: Int64) -> [Command] {
        switch action {
        case .choose(let step): return look(at: boards.chosen + step)
        case .turnPeriod(let step):
            boards.turnPeriod(by: step)
            return askForShownBoard()
        case .refresh:
            return mayAsk(nowMs: nowMs, asPlayer: false) ? askForShownBoard() : []
        default: return perform(action, nowMs: nowMs)
        }
    }

    private mutating func look(at index: Int) -> [Command] {
        let before = boards.chosen
        boards.choose(index)
        return boards.chosen == before ? [] : askForShownBoard()
    }

    /// Asks for what is on the screen; what was told before stays until the answer.
    mutating func askForShownBoard() -> [Command] {
        boards.absence = nil
        return link.isLive ? [.board(boards.board, boards.period)] : []
    }

    mutating func take(_ report: BoardReport) {
        switch report {
        case .board(let answer): boards.take(answer)
        case .failed(let board, let period, let failure):
            guard board == boards.board, period == boards.period else { return }
            boards.absence = words(for: failure).words.shown
        }
    }

    /// What the mouse does over the boards: a click chooses a board or a time, the wheel turns boards.
    mutating func takeOverBoards(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        switch mouse.kind {
        case .press(.left):
            let layout = BoardsLayout(self)
            if let period = layout.period(column: mouse.column, row: mouse.row) {
                boards.period = period
                return askForShownBoard()
            }
            if let step = layout.step(column: mouse.column, row: mouse.row) {
                return look(at: boards.chosen + step)
            }
            return layout.index(column: mouse.column, row: mouse.row).map { look(at: $0) } ?? []
        case .wheelUp: return look(at: boards.chosen - 1)
        case .wheelDown: return look(at: boards.chosen + 1)
        case .press, .release, .motion: return []
        }
    }
}
