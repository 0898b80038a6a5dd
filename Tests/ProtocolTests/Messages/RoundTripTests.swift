import Protocol
import Testing

@Suite struct RoundTripTests {
    @Test("every message comes back as it went", arguments: MessageCodec.allCases, [1, 2, 3, 4] as [UInt64])
    func messages(codec: MessageCodec, seed: UInt64) throws {
        var samples = Samples(seed: seed)
        for _ in 0..<2_000 {
            let client = samples.client()
            #expect(try codec.decodeClient(codec.encode(client)) == client)
            let server = samples.server()
            #expect(try codec.decodeServer(codec.encode(server)) == server)
        }
    }

    @Test("every answer comes back as it went", arguments: [1, 2, 3] as [UInt64])
    func answers(seed: UInt64) throws {
        var samples = Samples(seed: seed)
        for _ in 0..<500 {
            try comesBack(ChallengeAnswer(challenge: samples.bytes(samples.int(0...40))))
            try comesBack(
                GuestAnswer(
                    token: samples.text(), sessionID: samples.identifier(), account: samples.account(),
                    expiresInSeconds: samples.anyInt()))
            try comesBack(
                SessionAnswer(
                    accessToken: samples.text(), refreshToken: samples.text(),
                    expiresInSeconds: samples.anyInt(), sessionID: samples.identifier(),
                    account: samples.account()))
            try comesBack(
                MeAnswer(
                    account: samples.account(), status: StatusWord.allCases[samples.int(0...4)],
                    points: samples.anyInt(), roles: ["player", samples.text()],
                    google: [nil, true, false][samples.int(0...2)]))
            try comesBack(
                CanvasAnswer(
                    head: samples.head(), snapshotVersion: Version(samples.count()), players: samples.count(),
                    queued: samples.count(),
                    hasLiveSpectators: samples.int(0...1) == 1,
                    protectedAreas: (0..<samples.int(0...3)).map { number in
                        ProtectedArea(
                            id: number,
                            box: CanvasBox(
                                samples.count(), samples.count(), samples.count(), samples.count()),
                            note: samples.text())
                    }))
            try comesBack(
                ChangesAnswer(run: samples.run(), snapshot: [nil, [], samples.bytes(10)][samples.int(0...2)]))
            try comesBack(PlacedAnswer(version: Version(samples.count()), epoch: samples.anyInt()))
            try comesBack(
                PixelAnswer(
                    pixel: Pixel(x: samples.anyInt(), y: samples.anyInt(), color: 3),
                    version: Version(samples.count()), account: samples.account(),
                    placedAtMs: Int64(samples.int(-62_167_219_200_000...253_402_300_799_999))))
            try comesBack(
                PixelAnswer(pixel: Pixel(x: 0, y: 0, color: 0), version: 0, account: nil, placedAtMs: nil))
            try comesBack(samples.failure())
        }
    }

    private func comesBack<Answer: JSONAnswer & Equatable>(_ answer: Answer) throws {
        #expect(try Answer(json: answer.json()) == answer)
    }

    @Test("an answer's JSON has the contract's fields")
    func fields() {
        let placed = PixelAnswer(
            pixel: Pixel(x: 1, y: 2, color: 3), version: 4, account: GoldenVectors.ada,
            placedAtMs: 1_763_000_000_123)
        #expect(
            String(decoding: placed.json(), as: UTF8.self)
                == #"{"x":1,"y":2,"color":3,"version":4,"account":{"id":"028t5cy4tqkff","name":"Ada \"漢\""},"placed_at":"2025-11-13T02:13:20.123Z"}"#
        )
        #expect(
            String(decoding: Failure(.cooldown, "Wait.", retryAfterMs: 5).json(), as: UTF8.self)
                == #"{"error":{"code":"cooldown","message":"Wait.","retry_after_ms":5}}"#)
    }
}
