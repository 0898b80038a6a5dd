import Game
import Protocol

// Whose a cell is, and which pixel of an account is the latest: storage knows. Where a blank canvas began while it
// looked, it is asked anew.
extension ServerEngine {
    /// Has storage find the placement on top of a place.
    mutating func findTopPixel(_ id: RequestID, x: Int, y: Int, into effects: inout [Effect]) {
        guard canvas.size.contains(x: x, y: y) else {
            let failure = Failure(.outOfBounds, "x, y must lie on the canvas.")
            effects.append(.respond(id, .failure(failure)))
            return
        }
        let query = Query.topPixel(cell: canvas.size.cell(x: x, y: y), epoch: canvas.epoch)
        ask(query, .topPixel(id, x: x, y: y, epoch: canvas.epoch), into: &effects)
    }

    /// Answers with the placement on top, or with the ground.
    mutating func topPixelFound(
        _ stored: StoredPixel?, for id: RequestID, x: Int, y: Int, epoch: Int, into effects: inout [Effect]
    ) {
        guard epoch == canvas.epoch else { return findTopPixel(id, x: x, y: y, into: &effects) }
        effects.append(.respond(id, stored.map(found) ?? ground(x, y)))
    }

    /// Has storage find an account's latest placement, of those before a version.
    mutating func findLastPixel(
        _ id: RequestID, of account: Identifier, before version: Version = .max, into effects: inout [Effect]
    ) {
        let query = Query.lastPixel(account: account, epoch: canvas.epoch, before: version)
        ask(query, .lastPixel(id, account: account, epoch: canvas.epoch), into: &effects)
    }

    /// Answers with an account's latest placement, or has storage look on; false for an answer to something else.
    mutating func lastPixelFound(
        _ answer: QueryAnswer, for id: RequestID, of account: Identifier, epoch: Int,
        into effects: inout [Effect]
    ) -> Bool {
        let isSameCanvas = epoch == canvas.epoch
        if case .pixelBefore(let version) = answer {
            findLastPixel(id, of: account, before: isSameCanvas ? version : .max, into: &effects)
            return true
        }
        guard case .pixel(let stored) = answer else { return false }
        guard isSameCanvas else {
            findLastPixel(id, of: account, into: &effects)
            return true
        }
        let failure = Failure(.notFound, "This account has no pixel on the canvas.")
        effects.append(.respond(id, stored.map(found) ?? .failure(failure)))
        return true
    }

    private func found(_ stored: StoredPixel) -> Answer {
        let pixel = Pixel(
            x: stored.cell % canvas.size.width, y: stored.cell / canvas.size.width, color: stored.color)
        return .pixel(
            PixelAnswer(
                pixel: pixel, version: stored.version, account: stored.account, placedAtMs: stored.placedAtMs)
        )
    }

    private func ground(_ x: Int, _ y: Int) -> Answer {
        let pixel = Pixel(x: x, y: y, color: canvas.durableCells[canvas.size.cell(x: x, y: y)])
        return .pixel(PixelAnswer(pixel: pixel, version: 0, account: nil, placedAtMs: nil))
    }
}
