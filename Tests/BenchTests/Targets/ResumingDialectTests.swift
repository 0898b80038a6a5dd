import Protocol
import Testing

@testable import Bench

@Suite("Players who come back")
struct ResumingDialectTests {
    private func dialect() throws -> ResumingDialect {
        ResumingDialect(size: try #require(CanvasSize(width: 10, height: 10)))
    }

    private func welcome(_ status: StatusWord) throws -> ServerMessage {
        let size = try #require(CanvasSize(width: 10, height: 10))
        return .welcome(
            Welcome(
                account: AccountName(id: Identifier(rawValue: 4), name: "P"),
                sessionID: Identifier(rawValue: 5), status: status,
                canvas: CanvasHead(size: size, epoch: 1, version: 0, palette: .standard), serverTimeMs: 9,
                heartbeatMs: 15_000, clickPushRateSeconds: 5))
    }

    private func hear(_ dialect: ResumingDialect, _ client: LoadClient, _ message: ServerMessage) -> Reply {
        let bytes = MessageCodec.binary.encode(ServerEnvelope(message))
        return bytes.withUnsafeBytes { dialect.reply(to: client, $0) }
    }

    @Test("have arrived once they were welcomed and told their deadline, and only once")
    func arrives() throws {
        let dialect = try dialect()
        let client = LoadClient(index: 7, descriptor: -1)
        _ = hear(dialect, client, try welcome(.playing))
        #expect(dialect.takeArrivals().isEmpty)
        guard case .playing = hear(dialect, client, .status(.playing(idleDeadlineMs: 88))) else {
            Issue.record("it plays")
            return
        }
        #expect(
            dialect.takeArrivals() == [
                ResumingDialect.Arrival(client: 7, welcomed: .playing, idleDeadlineMs: 88)
            ])
        _ = hear(dialect, client, .status(.playing(idleDeadlineMs: 99)))
        #expect(dialect.takeArrivals().isEmpty, "a later deadline is no arrival")
    }

    @Test("who lost the place is told apart: welcomed as afk, then let in anew or not at all")
    func lost() throws {
        let dialect = try dialect()
        let client = LoadClient(index: 7, descriptor: -1)
        _ = hear(dialect, client, try welcome(.afk))
        _ = hear(dialect, client, .status(.afk))
        _ = hear(dialect, client, .status(.queued(position: 1, sinceMs: 1)))
        #expect(dialect.takeArrivals().isEmpty)
        _ = hear(dialect, client, .status(.playing(idleDeadlineMs: 88)))
        #expect(dialect.takeArrivals().map(\.welcomed) == [.afk])
    }
}
