import Protocol
import Testing

@testable import Bench

@Suite("The ledger of pushed clicks")
struct ClickLedgerTests {
    private let sessions = [Identifier(rawValue: 1), Identifier(rawValue: 2)]

    private func receipt(_ accepted: Int, total: Int, planet: String = "earth") -> ClickReceipt {
        ClickReceipt(game: Identifier(rawValue: 9), planet: planet, accepted: accepted, total: total)
    }

    private func view(earth: (Int, Int), mars: (Int, Int)) -> ClickGameView {
        ClickGameView(
            game: Identifier(rawValue: 9), status: .active, startsAtMs: 0, endsAtMs: 1,
            planets: [
                PlanetTotal(name: "earth", clicks: earth.0, players: earth.1),
                PlanetTotal(name: "mars", clicks: mars.0, players: mars.1),
            ], winner: nil)
    }

    /// Two pushes of the first guest, one of the second, the last one sent twice.
    private func ledger() -> ClickLedger {
        var ledger = ClickLedger(sessions: sessions)
        ledger.push([3, 4], guest: 0)
        ledger.acknowledge(receipt(7, total: 7), guest: 0)
        ledger.push([5], guest: 0)
        ledger.acknowledge(receipt(5, total: 12), guest: 0)
        ledger.push([1, 1], guest: 1)
        ledger.acknowledge(receipt(2, total: 2, planet: "mars"), guest: 1)
        ledger.acknowledge(receipt(2, total: 2, planet: "mars"), guest: 1)
        return ledger
    }

    private var contributions: [String: [String: [Int]]] {
        ["earth": [sessions[0].description: [3, 4, 5]], "mars": [sessions[1].description: [1, 1]]]
    }

    @Test("counts what was acknowledged once, and agrees with totals and contributions that do so too")
    func agrees() {
        var ledger = ledger()
        ledger.compare(view(earth: (12, 1), mars: (2, 1)))
        ledger.compare(contributions)
        #expect(ledger.acknowledgedPushes == 3)
        #expect(ledger.acknowledgedClicks == 14)
        #expect(ledger.repeats == 1)
        #expect(ledger.differences == 0)
        #expect(ledger.firstDifference == nil)
    }

    @Test(
        "a receipt of another sum, another total or another planet differs",
        arguments: [(6, 13, "earth"), (6, 12, "earth"), (5, 12, "earth"), (6, 13, "mars")])
    func receipts(accepted: Int, total: Int, planet: String) {
        var ledger = ClickLedger(sessions: sessions)
        ledger.push([7], guest: 0)
        ledger.acknowledge(receipt(7, total: 7), guest: 0)
        ledger.push([6], guest: 0)
        ledger.acknowledge(receipt(accepted, total: total, planet: planet), guest: 0)
        let isRight = accepted == 6 && total == 13 && planet == "earth"
        #expect((ledger.differences == 0) == isRight)
    }

    @Test("a repeat that is answered otherwise than the first time differs, and counts no clicks")
    func repeated() {
        var ledger = ledger()
        ledger.acknowledge(receipt(2, total: 4, planet: "mars"), guest: 1)
        #expect(ledger.differences == 1)
        #expect(ledger.acknowledgedClicks == 14)
    }

    @Test("totals that tell a click or a player more or less differ")
    func totals() {
        for wrong in [
            view(earth: (13, 1), mars: (2, 1)), view(earth: (12, 2), mars: (2, 1)),
            view(earth: (11, 1), mars: (3, 1)),
        ] {
            var ledger = ledger()
            ledger.compare(wrong)
            #expect(ledger.differences > 0)
        }
    }

    @Test("contributions that are missing, doubled, of another order or of a stranger differ")
    func parts() {
        var missing = contributions
        missing["earth"] = [:]
        var doubled = contributions
        doubled["mars"] = [sessions[1].description: [1, 1, 1, 1]]
        var reordered = contributions
        reordered["earth"] = [sessions[0].description: [5, 3, 4]]
        var strange = contributions
        strange["mars"]?[Identifier(rawValue: 77).description] = [1]
        for wrong in [missing, doubled, reordered, strange] {
            var ledger = ledger()
            ledger.compare(wrong)
            #expect(ledger.differences == 1)
        }
    }
}
