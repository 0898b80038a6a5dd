import Game
import Protocol

extension ServerEngine {
    /// The canvas as last made durable.
    var canvasHead: CanvasHead {
        CanvasHead(
            size: canvas.size, epoch: canvas.epoch, version: canvas.durableVersion,
            palette: configuration.palette)
    }

    /// Puts a playing account's pixel on the canvas; it is answered once durable.
    mutating func place(
        _ pixel: Pixel, by account: Identifier, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard canvas.size.contains(x: pixel.x, y: pixel.y) else {
            let limit = "\(canvas.size.width)x\(canvas.size.height)"
            refuse(asker, Failure(.outOfBounds, "x, y must lie on the canvas of \(limit)."), into: &effects)
            return
        }
        guard Int(pixel.color) < configuration.palette.count else {
            let limit = configuration.palette.count
            refuse(asker, Failure(.badColor, "color must be below \(limit)."), into: &effects)
            return
        }
        if let refusal = paintRefusal ?? protectionRefusal(pixel.x, pixel.y, of: account)
            ?? rates.place(by: account, at: now)
        {
            refuse(asker, refusal, into: &effects)
            return
        }
        let cell = canvas.size.cell(x: pixel.x, y: pixel.y)
        acted(account, at: now, into: &effects)
        hold(
            canvas.place(cell: cell, color: pixel.color, account: account, atUs: now.monotonicUs), for: asker,
            at: now)
    }

    /// Takes a playing account's latest pixel back; it is answered once durable.
    mutating func undo(
        by account: Identifier, for asker: Asker, at now: Moment, into effects: inout [Effect]
    ) {
        if let refusal = paintRefusal {
            refuse(asker, refusal, into: &effects)
            return
        }
        guard let cell = canvas.undoableCell(by: account, atUs: now.monotonicUs) else {
            let seconds = Limits.undoWindowMs / 1000
            let failure = Failure(
                .nothingToUndo, "No pixel of yours from the last \(seconds) s is still on top.")
            refuse(asker, failure, into: &effects)
            return
        }
        let (x, y) = (cell % canvas.size.width, cell / canvas.size.width)
        if let refusal = protectionRefusal(x, y, of: account) ?? rates.place(by: account, at: now) {
            refuse(asker, refusal, into: &effects)
            return
        }
        guard let change = canvas.undo(by: account, atUs: now.monotonicUs) else { return }
        acted(account, at: now, into: &effects)
        hold(change, for: asker, at: now)
    }

    private mutating func hold(_ change: CanvasChange, for asker: Asker, at now: Moment) {
        let record = ChangeRecord(
            version: change.version, cell: change.cell, color: change.color, account: change.account,
            atMs: now.wallMs, undoes: change.undoes)
        let placed = PlacedAnswer(version: change.version, epoch: canvas.epoch)
        commits.add(
            .change(record), held: Held(asker: asker, answer: .placed(placed), takenAtUs: now.monotonicUs))
    }
}
