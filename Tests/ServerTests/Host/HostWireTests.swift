import Engine
import Protocol
import Testing

@testable import Server

@Suite struct HostWireTests {
    @Test func `commands and answers come out of the wire as they went in`() {
        for command in [
            HostCommand.list(all: true), .kick(account: "Zoë \"x\""), .grant(account: "a", role: .admin),
            .flags,
            .clearFlags(account: "a"), .ban(account: "a", reason: "b\nc"), .unban(account: "a"), .feedback,
            .skins, .installSkin(json: "{\n\t\"id\": \"é/\"}"),
            .ban(account: "a", reason: "b", until: 1_767_323_045_000), .announce(message: "é\n"), .knobs,
            .setKnob(name: "ads", value: "off"), .setKnob(name: "ads", value: nil), .audit(limit: 7),
            .audit(limit: 7, before: 3), .status,
        ] {
            #expect(HostWire.command(HostWire.encode(command)) == command)
            #expect(!HostWire.encode(command).contains(UInt8(ascii: "\n")), "a command is one line")
        }
        let account = HostAccount(
            id: Identifier(rawValue: 5), name: "Ada", status: .queued, role: .player, position: 3,
            idleLeftMs: nil, isConnected: true, sessions: 2)
        for answer in [
            HostAnswer.accounts([account], total: 9), .done("x"), .refused(.notFound, "y"),
            .flags([.sample]), .feedback([.sample(by: .sample), .sample(by: nil)]), .skins([.sample]),
            .status(.sample),
        ] {
            #expect(HostWire.answer(HostWire.encode(answer)) == answer)
        }
        for bytes in [Array("{}".utf8), Array("list".utf8), [0xff], []] {
            #expect(HostWire.command(bytes) == nil)
        }
    }
}
