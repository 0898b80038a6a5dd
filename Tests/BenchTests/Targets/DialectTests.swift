import Protocol
import Testing

@testable import Bench

@Suite("How each server speaks")
struct DialectTests {
    private func seen(_ replica: any LoadReplica, _ payload: [UInt8]) -> [[Int]] {
        var found: [[Int]] = []
        payload.withUnsafeBytes { bytes in replica.apply(bytes) { found.append([$0, Int($1)]) } }
        return found
    }

    @Test(
        "the head of our own frame tells the versions it covers",
        arguments: [
            (0, 1), (127, 300), (1_000_000, 1_000_200), (1 << 40, (1 << 40) + 5),
        ])
    func ownHead(from: Int64, to: Int64) throws {
        let size = try #require(CanvasSize(width: 1000, height: 1000))
        let run = PixelRun(from: from, to: to, epoch: -3, pixels: [Pixel(x: 5, y: 6, color: 7)])
        let bytes = MessageCodec.binary.encode(ServerEnvelope(.pixels(run)))
        let span = bytes.withUnsafeBytes { PixelWarsDialect(size: size).pixels(opcode: 2, payload: $0) }
        #expect(span == PixelSpan(from: from, to: to))
    }

    @Test(
        "our own other messages carry no pixels",
        arguments: [
            ServerMessage.ok, .placed(version: 3, epoch: 1), .heartbeat(serverTimeMs: 5),
        ])
    func ownOthers(message: ServerMessage) throws {
        let size = try #require(CanvasSize(width: 1000, height: 1000))
        let bytes = MessageCodec.binary.encode(ServerEnvelope(replyTo: 9, message))
        #expect(bytes.withUnsafeBytes { PixelWarsDialect(size: size).pixels(opcode: 2, payload: $0) } == nil)
    }

    @Test("a JSON frame's three numbers are read in their order")
    func json() {
        let dialect = JSONPixelDialect(width: 1000, height: 1000)
        let replica = dialect.makeReplica()
        let text = Array(#"{"type":"pixel","pixels":[{"x":12,"y":345,"color":6}]}"#.utf8)
        #expect(seen(replica, text) == [[345_012, 6]])
        #expect(replica.cells[345_012] == 6)
        #expect(text.withUnsafeBytes { dialect.pixels(opcode: 1, payload: $0) } == PixelSpan(count: 1))
        #expect(seen(replica, Array("{}".utf8)).isEmpty)
    }

    @Test("a frame of 5 bytes a pixel is read whole, and a placement has the same form")
    func fiveBytes() {
        let dialect = FiveByteDialect(width: 1000, height: 1000)
        let replica = dialect.makeReplica()
        let payload =
            dialect.placement(cell: 999_999, color: 31, number: 0)
            + dialect.placement(cell: 70_000, color: 1, number: 1)
        #expect(payload.count == 10)
        #expect(seen(replica, payload) == [[999_999, 31], [70_000, 1]])
        #expect(payload.withUnsafeBytes { dialect.pixels(opcode: 2, payload: $0) } == PixelSpan(count: 2))
    }
}
