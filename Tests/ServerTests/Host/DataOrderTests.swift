import Arguments
import Testing

@testable import Server

@Suite("Words about a data directory")
struct DataOrderTests {
    private func order(_ words: [String]) throws -> DataOrder? {
        let command = try ServerCommand(arguments: ["pixelwars-server"] + words, environment: [:])
        guard case .data(let program) = command else { return nil }
        return program.order
    }

    @Test("become orders")
    func read() throws {
        #expect(try order(["backup", "a.db"]) == .backup(file: "a.db", replacing: false))
        #expect(try order(["backup", "a.db", "--force"]) == .backup(file: "a.db", replacing: true))
        #expect(try order(["restore", "a.db"]) == .restore(file: "a.db"))
        #expect(try order(["migrate", "--data", "/d"]) == .migrate)
        #expect(try order(["check"]) == .check(file: nil))
        #expect(try order(["check", "a.db", "--json"]) == .check(file: "a.db"))
    }

    @Test(
        "are refused where they are too few, too many, or go with another command's option",
        arguments: [
            ["backup"], ["backup", "a", "b"], ["restore"], ["migrate", "x"], ["check", "a", "b"],
            ["restore", "a", "--force"], ["backup", "a", "--all"], ["check", "--reason", "x"], ["--force"],
            ["admin", "list", "--force"],
        ])
    func refused(words: [String]) {
        #expect(throws: ArgumentList.UsageError.self) { try order(words) }
    }

    @Test("stand in help, manual page and completions")
    func told() {
        for (words, help) in DataOrder.commands {
            #expect(ServerCommand.helpText.contains(words))
            #expect(ServerCommand.helpText.contains(help))
            #expect(ServerCommand.manual.usage.contains(words))
        }
        let backup = ServerCommand.manual.commands.first { $0.words == ["backup"] }
        #expect(backup?.operands == [.file])
        let check = ServerCommand.manual.commands.first { $0.words == ["check"] }
        #expect(check?.operands == [.file])
    }
}
