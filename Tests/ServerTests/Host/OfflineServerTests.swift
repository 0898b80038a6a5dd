import Engine
import Protocol
import Storage
import Testing

@testable import Server

@Suite("A host's command where no server lives")
struct OfflineServerTests {
    private let scratch: ScratchDirectory
    private let configuration: ServerConfiguration
    private let size: CanvasSize

    init() throws {
        scratch = try ScratchDirectory()
        size = try #require(CanvasSize(width: 8, height: 8))
        configuration = ServerConfiguration(dataDirectory: scratch.path, canvasSize: size)
    }

    /// Leaves records in the directory as a server would.
    private func keep(_ records: [Record]) throws {
        let database = try Database(directory: scratch.path)
        defer { database.close() }
        _ = try database.recover(canvasSize: size, nowMs: 1, stock: BuiltInAssets().stock)
        try database.commit(records)
    }

    private func ask(_ order: HostOrder) throws -> HostAnswer {
        try HostProgram(order: order, wantsJSON: false, configuration: configuration).answer()
    }

    private static func account(_ number: UInt64, _ name: String) -> AccountRecord {
        AccountRecord(
            id: Identifier(rawValue: number), name: name,
            publicKey: [UInt8](repeating: UInt8(number), count: 32), createdAtMs: 1)
    }

    private static func flag(_ number: UInt64) -> FlagRecord {
        FlagRecord(account: Identifier(rawValue: number), reason: .burst, evidence: "dot run 7", atMs: 1_000)
    }

    @Test("a canvas of thousands of cells is taken back, brought back, protected and begun anew")
    func canvas() throws {
        let large = try #require(CanvasSize(width: 50, height: 50))
        let database = try Database(directory: scratch.path)
        _ = try database.recover(canvasSize: large, nowMs: 1, stock: BuiltInAssets().stock)
        try database.commit(
            [.account(Self.account(1, "Ada"))]
                + (1...2_500).map { version in
                    .change(
                        ChangeRecord(
                            version: version, cell: Int(version) - 1, color: 5,
                            account: Identifier(rawValue: 1), atMs: 1_000))
                })
        database.close()
        let order = RollbackOrder(account: "Ada", fromMs: 0, toMs: 2_000, isPreview: false)
        #expect(
            try ask(.command(.rollback(order)))
                == .rollback(RollbackReport(id: 1, cells: 2_500, placements: 2_500, accounts: 1)))
        #expect(try recovered(large).cells.allSatisfy { $0 == 0 })
        #expect(
            try ask(.command(.undoRollback(id: 1)))
                == .rollback(RollbackReport(id: 2, undid: 1, cells: 2_500, placements: 0, accounts: 1)))
        #expect(try recovered(large).cells.allSatisfy { $0 == 5 })
        _ = try ask(.command(.protect(CanvasBox(0, 0, 1, 1), note: "here")))
        #expect(try recovered(large).protections.map(\.area.note) == ["here"])
        _ = try ask(.command(.newGame(width: 9, height: 4)))
        let state = try recovered(large)
        #expect(state.epoch?.epoch == 2 && state.version == 7_501 && state.cells.count == 36)
        #expect(state.protections.isEmpty && state.rollbacks.isEmpty)
    }

    private func recovered(_ size: CanvasSize) throws -> RecoveredState {
        let database = try Database(directory: scratch.path)
        defer { database.close() }
        return try database.recover(canvasSize: size, nowMs: 1, stock: BuiltInAssets().stock)
    }

    @Test("flags are listed, a ban shows beside them, and those that are cleared are gone")
    func review() throws {
        try keep([
            .account(Self.account(1, "Ada")), .account(Self.account(2, "Bob")), .flag(Self.flag(1)),
            .flag(Self.flag(2)),
        ])
        guard case .flags(let flags) = try ask(.command(.flags)) else {
            Issue.record("no flags")
            return
        }
        #expect(Set(flags.map(\.account.name)) == ["Ada", "Bob"])
        #expect(flags.allSatisfy { $0.evidence == "dot run 7" && $0.reason == "burst" && !$0.isBanned })

        let ban = HostCommand.ban(account: "ada", reason: "Bursts")
        #expect(try ask(.command(ban)) == .done("Ada is banned."))
        guard case .flags(let after) = try ask(.command(.flags)) else {
            Issue.record("no flags")
            return
        }
        #expect(after.filter(\.isBanned).map(\.account.name) == ["Ada"])

        #expect(
            try ask(.command(.clearFlags(account: "Bob"))) == .done("The flags of Bob are cleared."))
        guard case .flags(let left) = try ask(.command(.flags)) else {
            Issue.record("no flags")
            return
        }
        #expect(left.map(\.account.name) == ["Ada"])
    }

    @Test("a ban and its end are kept with the reason")
    func bans() throws {
        try keep([.account(Self.account(1, "Ada"))])
        _ = try ask(.command(.ban(account: "Ada", reason: "Bursts")))
        #expect(try kept().accounts.first?.banReason == "Bursts")
        let id = Identifier(rawValue: 1).description
        #expect(try ask(.command(.unban(account: id))) == .done("Ada may sign in again."))
        let ada = try #require(try kept().accounts.first)
        #expect(ada.banReason == nil)
    }

    @Test("what players wrote is listed, the newest first")
    func feedback() throws {
        func message(_ text: String, isGuest: Bool, atMs: Int64) throws -> Record {
            .feedback(
                FeedbackRecord(
                    holder: Identifier(rawValue: 1), isGuest: isGuest,
                    message: try #require(FeedbackMessage(text)), atMs: atMs))
        }
        try keep([
            .account(Self.account(1, "Ada")), message("More red!", isGuest: false, atMs: 1),
            message("Hello", isGuest: true, atMs: 2),
        ])
        guard case .feedback(let entries) = try ask(.command(.feedback)) else {
            Issue.record("no feedback")
            return
        }
        #expect(entries.map(\.message) == ["Hello", "More red!"])
        #expect(entries.map(\.isGuest) == [true, false])
        #expect(entries.map(\.account?.name) == [nil, "Ada"])
    }

    @Test("a skin from a file is for sale, then replaced; owners are counted")
    func skins() throws {
        let text = String(decoding: try asset("skins/noir.json"), as: UTF8.self)
            .replacing("\"noir\"", with: "\"night\"").replacing("\"Noir\"", with: "\"Night\"")
        let file = try scratch.write("night.json", Array(text.utf8))
        let night = try #require(SkinID(rawValue: "night"))
        try keep([.account(Self.account(1, "Ada"))])
        #expect(try ask(.install(file: file)) == .done("Night (night) is for sale."))
        #expect(try ask(.install(file: file)) == .done("Night (night) is replaced."))
        try keep([
            .skinOwned(
                OwnershipRecord(account: Identifier(rawValue: 1), skin: night, price: 1_500, atMs: 1))
        ])
        guard case .skins(let skins) = try ask(.command(.skins)) else {
            Issue.record("no skins")
            return
        }
        #expect(skins.count == BuiltInAssets().skins.count + 1)
        #expect(skins.first { $0.id == "night" }?.owners == 1)
        #expect(skins.map(\.price) == skins.map(\.price).sorted())
    }

    @Test("an account there is none of is refused, and so is a directory that no server made")
    func refusals() throws {
        let none = HostProgram.Failure(
            message: "no server has ever kept its data in \(scratch.path) (see --data)")
        #expect(throws: none) { try ask(.command(.skins)) }
        try keep([])
        for command in [
            HostCommand.ban(account: "Eve", reason: "x"), .unban(account: "Eve"), .clearFlags(account: "Eve"),
        ] {
            let failure = HostProgram.Failure(message: "There is no account with the id or name Eve.")
            #expect(throws: failure) { try ask(.command(command)) }
        }
    }

    private func kept() throws -> RecoveredState {
        let database = try Database(directory: scratch.path)
        defer { database.close() }
        return try database.recover(canvasSize: size, nowMs: 1, stock: BuiltInAssets().stock)
    }
}
