import Engine
import Protocol

/// What hosts do with the canvas.
extension World {
    /// Has a host begin a canvas, take placements back, or protect a part of it.
    mutating func moderate() {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<4: beginCanvas()
        case 4..<40: order(.rollback(rollbackOrder(isPreview: false)))
        case 40..<55: order(.rollback(rollbackOrder(isPreview: true)))
        case 55..<75: order(.undoRollback(id: rollbackNumber()))
        case 75..<78: order(.rollbacks)
        case 78..<90: order(.protect(box(), note: chance(50) ? "" : "a monument"))
        case 90..<99: order(.unprotect(id: areaNumber()))
        default: order(.protectedAreas)
        }
    }

    private mutating func beginCanvas() {
        let sizes: [(width: Int?, height: Int?)] = [(nil, nil), (24, 16), (20, 18), (30, nil), (nil, 12)]
        guard let size = sizes.randomElement(using: &random) else { return }
        order(.newGame(width: size.width, height: size.height))
        if chance(20) { order(.newGame(width: 24, height: 16)) }
    }

    private mutating func rollbackOrder(isPreview: Bool) -> RollbackOrder {
        let account = chance(75) ? people.randomElement(using: &random)?.identity?.id : nil
        let end = chance(60) ? now.wallMs : now.wallMs - Int64.random(in: 0...8_000, using: &random)
        return RollbackOrder(
            account: account?.description, fromMs: end - Int64.random(in: 0...15_000, using: &random),
            toMs: end, box: chance(50) ? nil : box(), isPreview: isPreview)
    }

    /// A box that lies on the canvas mostly.
    private mutating func box() -> CanvasBox {
        let width = chance(90) ? 20 : 40
        return CanvasBox(
            Int.random(in: 0..<width, using: &random), Int.random(in: 0..<12, using: &random),
            Int.random(in: 0..<width, using: &random), Int.random(in: 0..<12, using: &random))
    }

    /// One of the latest numbers.
    private mutating func rollbackNumber() -> Int {
        max(1, (disk.rollbacks.map(\.id).max() ?? 1) - Int.random(in: 0...2, using: &random))
    }

    private mutating func areaNumber() -> Int {
        let areas = disk.protections.filter { $0.endedAtMs == nil }.map(\.protection.area.id)
        return areas.randomElement(using: &random) ?? 1
    }
}
