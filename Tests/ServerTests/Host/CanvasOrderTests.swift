import Arguments
import Engine
import Protocol
import Testing

@testable import Server

@Suite struct CanvasOrderTests {
    private func program(_ words: [String]) throws -> HostProgram? {
        let command = try ServerCommand(
            arguments: ["pixelwars-server"] + words, environment: ["HOME": "/home/a"])
        if case .host(let program) = command { return program }
        return nil
    }

    @Test(arguments: [
        (["admin", "clear", "--yes"], HostCommand.newGame()),
        (["admin", "new-game", "200x100", "--yes"], .newGame(width: 200, height: 100)),
        (["admin", "rollbacks"], .rollbacks), (["admin", "undo-rollback", "3"], .undoRollback(id: 3)),
        (
            ["admin", "protect", "5,6", "1,2", "our monument"],
            .protect(CanvasBox(1, 2, 5, 6), note: "our monument")
        ),
        (["admin", "protect", "5,6", "1,2"], .protect(CanvasBox(1, 2, 5, 6), note: "")),
        (["admin", "unprotect", "4"], .unprotect(id: 4)), (["admin", "protected"], .protectedAreas),
        (
            ["admin", "rollback", "--account", "Ada"],
            .rollback(RollbackOrder(account: "Ada", fromMs: 0, toMs: Limits.lastMomentMs))
        ),
        (
            [
                "admin", "rollback", "--box", "9,8,1,2", "--from", "1970-01-01T00:00:01Z", "--to",
                "1970-01-01T00:00:02.5Z", "--apply",
            ],
            .rollback(
                RollbackOrder(
                    account: nil, fromMs: 1_000, toMs: 2_500, box: CanvasBox(1, 2, 9, 8), isPreview: false))
        ),
    ])
    func `words about the canvas become a command`(words: [String], command: HostCommand) throws {
        #expect(try program(words)?.order == .command(command))
    }

    @Test func `a span says how long ago`() throws {
        let moments = try ["90s", "15m", "2h", "3d", "0s"].map {
            try HostOrder.moment($0, "--from", nowMs: 1_000_000_000)
        }
        #expect(moments == [999_910_000, 999_100_000, 992_800_000, 740_800_000, 1_000_000_000])
    }

    @Test(arguments: [
        (["admin", "clear"], "add --yes"), (["admin", "new-game", "5x5"], "add --yes"),
        (["admin", "new-game", "5", "--yes"], "is no size"),
        (["admin", "new-game", "0x5", "--yes"], "is no size"),
        (["admin", "list", "--yes"], "--yes belongs to"), (["admin", "list", "--apply"], "belong to"),
        (["admin", "rollback"], "say whose"), (["admin", "rollback", "--to", "5m"], "say whose"),
        (["admin", "rollback", "--from", "soon"], "is neither a time"),
        (["admin", "rollback", "--from", "5x"], "is neither a time"),
        (["admin", "rollback", "--from", "1m", "--to", "2m"], "must not lie after"),
        (["admin", "rollback", "--box", "1,2,3"], "is not a box"),
        (["admin", "rollback", "--box", "1,2,3,-4"], "is not a box"),
        (["admin", "protect", "1,2", "3"], "is not a place"),
        (["admin", "protect", "1,2", "3,4", "\u{1b}[2J"], "printable characters"),
        (["admin", "undo-rollback", "x"], "is not a number"), (["--yes"], "belongs to a host's command"),
    ])
    func `wrong words about the canvas are told`(words: [String], problem: String) {
        let error = #expect(throws: ArgumentList.UsageError.self) { try program(words) }
        #expect(error?.message.contains(problem) == true, "\(error?.message ?? "")")
    }
}
