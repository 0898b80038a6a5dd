import Client
import Crypto
import Protocol
import Stage
import Testing
import Transport

@Suite("Clicking", .serialized)
struct ClickingTests {
    private func receipts(_ scene: Scene) -> [ClickReceipt] {
        scene.events.compactMap { event in
            if case .clicksAccepted(let receipt) = event { receipt } else { nil }
        }
    }

    private func batchIDs(_ scene: Scene) -> [String?] {
        scene.server.messages.compactMap { message in
            if case .pushClicks(let push) = message { push.batchID } else { nil }
        }
    }

    @Test("clicks made before and after the connection opens are pushed, and what became of them is told")
    func counts() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client(identity: .guest)
        client.click(count: 3)
        client.start()
        #expect(client.heldClicks == 3)
        #expect(scene.run { receipts(scene).count == 1 })
        client.click(count: 2)
        #expect(scene.run { receipts(scene).count == 2 })
        #expect(receipts(scene).map(\.accepted) == [3, 2] && receipts(scene).map(\.total) == [3, 5])
        #expect(client.heldClicks == 0 && scene.server.clicks.total == 5)
        #expect(scene.run { client.state == .connected })
    }

    @Test("a batch that was counted without an answer is said again after a reconnect, and counts once")
    func lostAnswer() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.clicks.silences = 1
        let client = scene.client()
        client.start()
        client.click(count: 4)
        #expect(scene.run { scene.server.clicks.total == 4 })
        scene.server.sockets[0].terminate()
        #expect(scene.run { receipts(scene).count == 1 })
        #expect(scene.server.clicks.batches == [[4]] && client.heldClicks == 0)
        let ids = batchIDs(scene)
        #expect(ids.count == 2 && ids[0] == ids[1])
    }

    @Test("a refused push is said again, and one that never counts is told")
    func refused() throws {
        let scene = try Scene()
        defer { scene.end() }
        let noGame = Failure(.noActiveGame, "no game is on")
        scene.server.clicks.refusals = [
            Failure(.pushTooSoon, "too soon", retryAfterMs: 20), Failure(.storageUnavailable, "full"), noGame,
        ]
        let client = scene.client()
        client.start()
        client.click(count: 4)
        #expect(scene.run { scene.events.contains(.clicksDropped(4, noGame)) })
        let ids = batchIDs(scene)
        #expect(ids.count == 3 && Set(ids).count == 1 && scene.server.clicks.total == 0)
        #expect(!scene.events.contains { if case .failed = $0 { true } else { false } })
        client.click()
        #expect(scene.run { scene.server.clicks.total == 1 })
    }

    @Test("a click brings back who was sent away for idling, without asking to play")
    func away() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected && scene.server.status == .playing(idleDeadlineMs: nil) })
        scene.server.sendAway()
        #expect(scene.run { client.state == .watching })
        client.click()
        #expect(scene.run { scene.server.clicks.total == 1 })
        #expect(scene.server.handshakes == [true, false] && scene.server.status == .afk)
    }

    @Test("totals are handed on")
    func totals() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected })
        let view = scene.server.clicks.view
        scene.server.publish(.clickTotals(view))
        #expect(scene.run { scene.events.contains(.clickTotals(view)) })
        var game: ClickGameAnswer?
        client.currentClickGame { game = try? $0.get() }
        #expect(scene.run { game != nil })
        #expect(game == ClickGameAnswer(view: view, clickPushRateSeconds: 1))
    }
}
