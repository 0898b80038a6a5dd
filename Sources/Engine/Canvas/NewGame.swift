import Game
import Protocol

extension ServerEngine {
    /// Why nobody can paint; nil when people can.
    var paintRefusal: Failure? { writeRefusal ?? (nextEpoch == nil ? nil : Self.beginsAnew) }

    private static let beginsAnew = Failure(.epochChanged, "The canvas is being begun anew.")

    /// Has a blank canvas begin, as the next version in an epoch of its own; told once that is durable.
    ///
    /// Until then nobody paints: what would come in between was meant for the canvas that ends.
    mutating func newGame(
        width: Int?, height: Int?, by actor: Actor, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) {
        let former = canvas.size
        guard let size = CanvasSize(width: width ?? former.width, height: height ?? former.height) else {
            let most = "\(Limits.maxCanvasSide) a side and \(Limits.maxCanvasCells) cells"
            refuse(asker, Failure(.badRequest, "A canvas has 1 to \(most)."), into: &effects)
            return
        }
        if let refusal = paintRefusal {
            refuse(asker, refusal, into: &effects)
            return
        }
        let next = EpochRecord(
            epoch: canvas.epoch + 1, firstVersion: canvas.headVersion + 1, size: size,
            startedAtMs: now.wallMs)
        let words = "A new canvas of \(size.width)x\(size.height) begins, epoch \(next.epoch)."
        nextEpoch = next
        commits.add(
            .epoch(next),
            held: Held(
                asker: asker, answer: .newGame(next, words), log: .newGame(epoch: next.epoch, size)))
        audit(
            "new_game", of: "epoch \(next.epoch)",
            "\(size.width)x\(size.height), after version \(canvas.headVersion)", by: actor, at: now)
    }

    /// Lets the blank canvas be seen: everyone hears of it in the place of a frame, and whatever was of the one
    /// before ends.
    mutating func begin(_ next: EpochRecord, at now: Moment, into effects: inout [Effect]) {
        let version = next.firstVersion
        nextEpoch = nil
        epoch = next
        isEpochDurable = true
        stopRollingBack(Self.beginsAnew, into: &effects)
        rollbacks.forgetAll()
        protections.endAll()
        canvas = Canvas(
            size: next.size, epoch: next.epoch, version: version,
            cells: [UInt8](repeating: 0, count: next.size.cellCount))
        snapshots.restart()
        frames.skip(to: version)
        spectators.skip(to: version)
        let reset = ServerMessage.canvasReset(
            epoch: next.epoch, version: version, width: next.size.width, height: next.size.height)
        effects.append(.publish(.canvas, reset))
        if spectators.followers > 0 { effects.append(.publish(.spectators, reset)) }
        for id in connections.sorted { tell(id, of: reset, at: version, into: &effects) }
    }

    /// Tells a connection that follows no topic; one that is behind is led on from the blank canvas.
    private mutating func tell(
        _ id: ConnectionID, of reset: ServerMessage, at version: Version, into effects: inout [Effect]
    ) {
        guard let connection = connections[id] else { return }
        switch connection.feed {
        case .following: return
        case .none: break
        case .behind: set(.behind(version), connection.lane, of: id, into: &effects)
        }
        effects.append(.send(id, ServerEnvelope(reset)))
    }
}
