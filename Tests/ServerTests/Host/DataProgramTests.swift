import FoundationEssentials
import Protocol
import Storage
import Testing

@testable import Server

@Suite("A command about a data directory where no server lives")
struct DataProgramTests {
    private let scratch: ScratchDirectory
    private let configuration: ServerConfiguration
    private let size: CanvasSize

    init() throws {
        scratch = try ScratchDirectory()
        size = try #require(CanvasSize(width: 8, height: 8))
        configuration = ServerConfiguration(dataDirectory: scratch.path + "/data", canvasSize: size)
    }

    private var file: String { scratch.path + "/one.db" }

    private func keep() throws {
        let database = try Database(directory: configuration.dataDirectory)
        _ = try database.recover(canvasSize: size, nowMs: 1)
        database.close()
    }

    private func run(_ order: DataOrder) throws -> DataProgram.Result {
        try DataProgram(order: order, wantsJSON: false, configuration: configuration).result()
    }

    @Test("goes from backup over check to restore, and tells each")
    func goesRound() throws {
        try keep()
        guard case .backedUp(file, let bytes) = try run(.backup(file: file, replacing: false)).report else {
            Issue.record("no backup")
            return
        }
        #expect(bytes > 4_096)
        let check = try run(.check(file: file))
        #expect(check.isSound)
        #expect(check.report.text.hasPrefix("ok    pages: "))
        #expect(check.report.json.hasPrefix("{\"findings\":[{\"is_sound\":true,\"subject\":\"pages\""))
        let restored = try run(.restore(file: file))
        guard case .restored(_, 0, let former?) = restored.report else {
            Issue.record("not restored: \(restored)")
            return
        }
        #expect(former.contains(/pixelwars\.db\.before-restore-\d{8}T\d{6}Z$/))
        #expect(try run(.check(file: nil)).isSound)
        #expect(try run(.migrate).report.text.hasPrefix("Nothing to do: the database has schema "))
    }

    @Test("is refused beside a server, with what to do")
    func locked() throws {
        try keep()
        _ = try run(.backup(file: file, replacing: false))
        let database = try Database(directory: configuration.dataDirectory)
        defer { database.close() }
        for order in [DataOrder.restore(file: file), .migrate] {
            let failure = #expect(throws: HostProgram.Failure.self) { try run(order) }
            #expect(failure?.message.hasSuffix("; stop it first") == true)
        }
        // A look is no harm.
        #expect(try run(.check(file: nil)).isSound)
    }

    @Test("tells what a migration brought, and what is wrong")
    func tells() {
        #expect(
            DataReport.migrated(from: 4, to: 6, names: ["skins", "counts"]).text
                == "Schema 4 became 6: skins; counts.")
        let findings = [
            DatabaseCheck.Finding("pages", "12"), DatabaseCheck.Finding("points", "off", isSound: false),
        ]
        #expect(DataReport.checked(findings).text == "ok    pages: 12\nWRONG points: off")
        #expect(DataReport.checked(findings).json.contains("\"is_sound\":false"))
    }
}
