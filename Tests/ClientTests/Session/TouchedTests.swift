import Client
import Protocol
import Stage
import Testing

@Suite("Asking which cells were touched", .serialized)
struct TouchedTests {
    private func ask(_ scene: Scene, _ client: GameClient) -> Result<TouchedMask, Failure>? {
        var answer: Result<TouchedMask, Failure>?
        client.touchedCells { answer = $0 }
        _ = scene.run { answer != nil }
        return answer
    }

    @Test(
        "gives the mask and its epoch as the server has them; a refusal and a broken answer are told as such")
    func mask() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        #expect(ask(scene, client)?.failure?.code == .unauthorized, "nobody is signed in")
        client.start()
        #expect(scene.run { client.isConnected })
        var mask = CellMask(size: scene.server.canvas.size)
        mask[0] = true
        mask[191] = true
        scene.server.touched = mask.bytes
        #expect(try ask(scene, client)?.get() == TouchedMask(mask, epoch: scene.server.canvas.epoch))
        scene.server.touched = Array(mask.bytes.dropLast())
        #expect(ask(scene, client)?.failure?.code == .internalError)
        scene.server.touched = nil
        #expect(ask(scene, client)?.failure?.code == .cooldown)
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
