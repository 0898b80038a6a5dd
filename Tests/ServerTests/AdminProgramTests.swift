import Arguments
import Engine
import Protocol
import Testing

@testable import Server

@Suite struct AdminProgramTests {
    private func admin(_ words: String...) throws -> AdminProgram? {
        let command = try ServerCommand(
            arguments: ["pixelwars-server"] + words, environment: ["HOME": "/home/a"])
        if case .admin(let program) = command { return program }
        return nil
    }

    @Test func `the words after admin become a command`() throws {
        #expect(try admin("admin", "list")?.command == .list(all: false))
        #expect(try admin("admin", "list", "--all", "--json")?.command == .list(all: true))
        #expect(try admin("admin", "list", "--json")?.wantsJSON == true)
        #expect(try admin("--data", "/d", "admin", "kick", "Ada")?.command == .kick(account: "Ada"))
        #expect(try admin("admin", "kick", "Ada", "--data", "/d")?.configuration.dataDirectory == "/d")
        #expect(
            try admin("admin", "grant", "Ada", "moderator")?.command
                == .grant(account: "Ada", role: .moderator))
    }

    @Test(arguments: [
        ["admin"], ["admin", "kick"], ["admin", "grant", "a", "b"], ["play"], ["--all"], ["--json"],
    ])
    func `anything else is wrong usage`(words: [String]) {
        #expect(throws: ArgumentList.UsageError.self) {
            try ServerCommand(arguments: ["pixelwars-server"] + words, environment: ["HOME": "/home/a"])
        }
    }

    @Test func `commands and answers come out of the wire as they went in`() {
        for command in [
            HostCommand.list(all: true), .kick(account: "Zoë \"x\""), .grant(account: "a", role: .admin),
        ] {
            #expect(HostWire.command(HostWire.encode(command)) == command)
            #expect(!HostWire.encode(command).contains(UInt8(ascii: "\n")), "a command is one line")
        }
        let account = HostAccount(
            id: Identifier(rawValue: 5), name: "Ada", status: .queued, role: .player, position: 3,
            idleLeftMs: nil, isConnected: true, sessions: 2)
        for answer in [
            HostAnswer.accounts([account], total: 9), .done("x"), .refused(.notFound, "y"),
        ] {
            #expect(HostWire.answer(HostWire.encode(answer)) == answer)
        }
        for bytes in [Array("{}".utf8), Array("list".utf8), [0xff], []] {
            #expect(HostWire.command(bytes) == nil)
        }
    }

    @Test func `a list is a table, with what was left out`() {
        let account = HostAccount(
            id: Identifier(rawValue: 5), name: "A\u{1b}[2Jda", status: .queued, role: .moderator, position: 3,
            idleLeftMs: nil, isConnected: true, sessions: 2)
        let text = HostReport.text(.accounts([account], total: 4))
        #expect(
            text == """
                ID             NAME    STATE     ROLE       CONNECTED  SIGN-INS
                0000000000005  A[2Jda  queued 3  moderator  yes        2
                … and 3 more
                """)
        #expect(HostReport.text(.accounts([], total: 0)) == "Nobody is here.")
        #expect(HostReport.json(.accounts([account], total: 4)).contains(#""position":3"#))
    }
}
