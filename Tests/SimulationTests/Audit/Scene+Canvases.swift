import Engine
import Protocol
import Simulation

/// Histories of canvases that begin anew, are taken back and are protected.
extension Scene {
    private static let small = sized(3, 1)

    private static func sized(_ width: Int, _ height: Int) -> CanvasSize {
        guard let size = CanvasSize(width: width, height: height) else { preconditionFailure("a legal size") }
        return size
    }

    private static func epoch(_ number: Int, after version: Version, _ size: CanvasSize = small) -> Record {
        .epoch(EpochRecord(epoch: number, firstVersion: version + 1, size: size, startedAtMs: 0))
    }

    private static func rollback(
        _ id: Int = 1, of account: Identifier? = ann, in box: CanvasBox = CanvasBox(0, 0, 3, 1),
        untilMs toMs: Int64 = 9, isComplete: Bool = false
    ) -> Record {
        .rollback(
            Rollback(
                id: id, epoch: 1, actor: .console, atMs: 5,
                target: .placements(account: account, fromMs: 0, toMs: toMs, box), firstVersion: 4,
                isComplete: isComplete))
    }

    private static func undo(_ id: Int, of undone: Int, isComplete: Bool = false) -> Record {
        .rollback(
            Rollback(
                id: id, epoch: 1, actor: .console, atMs: 6, target: .rollback(undone), firstVersion: 5,
                isComplete: isComplete))
    }

    private static func back(
        _ version: Version, _ cell: Int, _ color: UInt8, before undone: Version, of account: Identifier = ann,
        rollback: Int = 1, placements: [Version]
    ) -> Record {
        .change(
            ChangeRecord(
                version: version, cell: cell, color: color, account: account, atMs: 5, undoes: undone,
                rollback: rollback, placements: placements))
    }

    private static func protection(_ box: CanvasBox) -> Record {
        let area = ProtectedArea(id: 1, box: box, note: "")
        return .protection(
            ProtectionRecord(
                protection: HostProtectedArea(area: area, actor: .console, atMs: 0), epoch: 1))
    }

    private static func doctored(
        _ invariant: Violation.Invariant, _ observations: Observation...
    ) -> Doctored {
        Doctored(invariant: invariant, observations: observations)
    }

    private static let one = ConnectionID(rawValue: 1)
    private static let call = HostCallID(rawValue: 1)

    private static func order(_ order: RollbackOrder) -> Observation {
        .took(.host(call, .rollback(order)), [])
    }

    private static func report(_ cells: Int, _ placements: Int, id: Int? = nil) -> Observation {
        .pursued([
            .answerHost(
                call, .rollback(RollbackReport(id: id, cells: cells, placements: placements, accounts: 1)))
        ])
    }

    static let canvases: [Doctored] = newCanvases + rollbacks + returns + protections

    private static let newCanvases: [Doctored] = [
        doctored(.freshEpochs, .kept([epoch(2, after: 4)])),
        doctored(.freshEpochs, .kept([epoch(2, after: 2)])),
        doctored(.freshEpochs, .kept([epoch(1, after: 3)])),
        doctored(
            .freshEpochs, .kept([epoch(2, after: 3)]),
            .headShown(CanvasHead(size: small, epoch: 1, version: 4, palette: .standard))),
        doctored(
            .freshEpochs, .kept([epoch(2, after: 3)]),
            .headShown(CanvasHead(size: sized(4, 2), epoch: 2, version: 4, palette: .standard))),
        doctored(
            .freshEpochs, .kept([epoch(2, after: 3), AuditorTests.change(5, 2, 1)]),
            .published(PixelRun(from: 3, to: 5, epoch: 2, pixels: [Pixel(x: 2, y: 0, color: 1)]), .canvas)),
        doctored(
            .freshEpochs, .kept([epoch(2, after: 3)]),
            .resetPublished(epoch: 2, version: 3, small, .canvas)),
        doctored(
            .freshEpochs, .kept([epoch(2, after: 3), AuditorTests.change(5, 2, 1)]),
            .acknowledged(
                PlacedAnswer(version: 5, epoch: 1), account: ann, pixel: Pixel(x: 2, y: 0, color: 1))),
        doctored(.durableFirst, .resetSent(one, epoch: 2, version: 4, small)),
        doctored(
            .toldCanvas, .welcomed(one, at: 3), .follows(one, takesPart: true), .subscribed(one, .canvas),
            .kept([epoch(2, after: 3), AuditorTests.change(5, 2, 1)]),
            .merged(one, PixelRun(from: 4, to: 5, epoch: 2, pixels: [Pixel(x: 2, y: 0, color: 1)]))),
        doctored(
            .toldCanvas, .welcomed(one, at: 3), .kept([epoch(2, after: 3)]),
            .resetSent(one, epoch: 2, version: 4, small), .resetSent(one, epoch: 2, version: 4, small)),
        doctored(
            .toldCanvas, .welcomed(one, at: 3), .kept([epoch(2, after: 3)]), .settled(present: [])),
    ]

    private static let rollbacks: [Doctored] = [
        doctored(.lawfulRollback, .kept([back(4, 1, 0, before: 3, placements: [3])])),
        doctored(
            .lawfulRollback,
            .kept([rollback(in: CanvasBox(0, 0, 0, 0)), back(4, 1, 0, before: 3, placements: [3])])),
        doctored(.lawfulRollback, .kept([rollback(of: bob), back(4, 1, 0, before: 3, placements: [3])])),
        doctored(.lawfulRollback, .kept([rollback(untilMs: -1), back(4, 1, 0, before: 3, placements: [3])])),
        // Ann's lies beneath Bob's: only what is on top goes.
        doctored(.lawfulRollback, .kept([rollback(), back(4, 0, 0, before: 1, placements: [1])])),
        doctored(.lawfulRollback, .kept([rollback(), back(4, 1, 9, before: 3, placements: [3])])),
        doctored(.lawfulRollback, .kept([rollback(), back(4, 1, 0, before: 3, of: bob, placements: [3])])),
        doctored(
            .lawfulRollback, .kept([rollback(of: nil), back(4, 0, 5, before: 2, of: bob, placements: [2])])),
        doctored(
            .lawfulRollback, .took(.committed(CommitID(rawValue: 1)), []),
            .took(.host(call, .undoRollback(id: 9)), []), .kept([rollback(isComplete: true)])),
        doctored(
            .lawfulRollback, .took(.committed(CommitID(rawValue: 1)), []),
            order(RollbackOrder(account: nil, fromMs: 0, toMs: 9)), report(1, 1)),
        doctored(
            .lawfulRollback, .took(.committed(CommitID(rawValue: 1)), []),
            order(RollbackOrder(account: nil, fromMs: 0, toMs: 9)), report(2, 2)),
        doctored(
            .lawfulRollback,
            .pursued([
                .answerHost(
                    call,
                    .rollbacks([
                        Rollback(
                            id: 3, epoch: 1, actor: .console, atMs: 0, target: .rollback(1), firstVersion: 1)
                    ]))
            ])),
    ]

    /// After Ann's third pixel was taken back.
    private static func returned(_ records: Record...) -> Doctored {
        doctored(
            .lawfulRollback,
            .kept([rollback(isComplete: true), back(4, 1, 0, before: 3, placements: [3])]),
            .kept(records))
    }

    private static let returns: [Doctored] = [
        returned(undo(2, of: 1), back(5, 1, 9, before: 4, rollback: 2, placements: [])),
        returned(undo(2, of: 1), back(5, 1, 7, before: 3, rollback: 2, placements: [])),
        returned(undo(2, of: 1), back(5, 0, 5, before: 2, rollback: 2, placements: [])),
        returned(undo(2, of: 1), back(5, 1, 7, before: 4, of: bob, rollback: 2, placements: [])),
        returned(
            AuditorTests.change(5, 1, 3, by: bob), undo(2, of: 1),
            back(6, 1, 7, before: 4, rollback: 2, placements: [])),
    ]

    private static let protections: [Doctored] = [
        doctored(
            .protectedCells,
            .kept([protection(CanvasBox(1, 0, 2, 0)), AuditorTests.change(4, 1, 3, by: bob)])),
        doctored(
            .protectedCells,
            .kept([protection(CanvasBox(1, 0, 2, 0)), AuditorTests.change(4, 1, 0, undoes: 3)])),
    ]

    /// What must pass: a rollback with its undo and a redo of it, a canvas of another size, and what is beside an area.
    static let lawfulCanvases: [Observation] = [
        .welcomed(one, at: 3), .follows(one, takesPart: true), .subscribed(one, .canvas),
        .took(.committed(CommitID(rawValue: 1)), []),
        order(RollbackOrder(account: nil, fromMs: 0, toMs: 9)), report(2, 3),
        .kept([rollback(isComplete: true), back(4, 1, 0, before: 3, placements: [3])]),
        .kept([undo(2, of: 1, isComplete: true), back(5, 1, 7, before: 4, rollback: 2, placements: [])]),
        .kept([undo(3, of: 2, isComplete: true), back(6, 1, 0, before: 5, rollback: 3, placements: [])]),
        .kept([protection(CanvasBox(2, 0, 3, 1)), AuditorTests.change(7, 1, 3, by: bob)]),
        .kept([epoch(2, after: 7)]), .resetPublished(epoch: 2, version: 8, small, .canvas),
        .kept([AuditorTests.change(9, 2, 4)]),
        .published(PixelRun(from: 8, to: 9, epoch: 2, pixels: [Pixel(x: 2, y: 0, color: 4)]), .canvas),
        .snapshotWanted(version: 9, cells: [0, 0, 4]),
    ]
}
