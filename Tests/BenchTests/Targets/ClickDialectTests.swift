import Protocol
import Testing

@testable import Bench

@Suite("How guests who push clicks are spoken to")
struct ClickDialectTests {
    private let view = ClickGameView(
        game: Identifier(rawValue: 3), status: .active, startsAtMs: 0, endsAtMs: 60_000,
        planets: [PlanetTotal(name: "earth", clicks: 8, players: 1)], winner: nil)

    private func hear(_ dialect: ClickDialect, client: Int, _ envelope: ServerEnvelope) -> Reply {
        let bytes = MessageCodec.binary.encode(envelope)
        return bytes.withUnsafeBytes {
            dialect.reply(to: LoadClient(index: client, descriptor: -1), $0)
        }
    }

    @Test("totals are counted for all, and the first guest's latest can be read")
    func totals() {
        let dialect = ClickDialect()
        #expect(dialect.totals() == nil)
        for client in [0, 1, 2] { _ = hear(dialect, client: client, ServerEnvelope(.clickTotals(view))) }
        var later = view
        later.planets[0].clicks = 9
        _ = hear(dialect, client: 1, ServerEnvelope(.clickTotals(later)))
        #expect(dialect.totalsFrames == 4)
        #expect(dialect.totals() == view)
    }

    @Test("an answer to a push is handed over with the number of the push")
    func answers() {
        let dialect = ClickDialect()
        var heard: [ServerEnvelope] = []
        dialect.heard = { _, envelope in heard.append(envelope) }
        let receipt = ClickReceipt(game: view.game, planet: "earth", accepted: 4, total: 8)
        let envelope = ServerEnvelope(replyTo: 12, .clicksAccepted(receipt, batchID: "b"))
        _ = hear(dialect, client: 5, envelope)
        let refusal = ServerEnvelope(replyTo: 13, .error(Failure(.pushTooSoon, "wait", retryAfterMs: 5)))
        _ = hear(dialect, client: 5, refusal)
        #expect(heard == [envelope, refusal])
        #expect(dialect.totalsFrames == 0)
    }
}
