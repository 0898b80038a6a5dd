import Protocol
import Testing

@Suite struct TimestampTests {
    @Test(
        "a moment has its one text",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (1_763_000_000_123, "2025-11-13T02:13:20.123Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func known(ms: Int64, text: String) {
        #expect(Timestamp.text(ms: ms) == text)
        #expect(Timestamp.milliseconds(text) == ms)
    }

    @Test("any moment of these ten thousand years comes back")
    func roundTrip() {
        var samples = Samples(seed: 3)
        for _ in 0..<10_000 {
            let ms = Int64(samples.int(-62_167_219_200_000...253_402_300_799_999))
            #expect(Timestamp.milliseconds(Timestamp.text(ms: ms)) == ms)
        }
    }

    @Test(
        "moments beyond them become the nearest",
        arguments: [(Int64.min, "0000-01-01T00:00:00.000Z"), (.max, "9999-12-31T23:59:59.999Z")])
    func beyond(ms: Int64, text: String) {
        #expect(Timestamp.text(ms: ms) == text)
    }

    @Test(
        "any other text is refused",
        arguments: [
            "", "2025-11-13T02:13:20Z", "2025-11-13 02:13:20.123Z", "2025-02-29T00:00:00.000Z",
            "2025-00-01T00:00:00.000Z", "2025-13-01T00:00:00.000Z", "2025-01-01T24:00:00.000Z",
            "2025-01-01T00:60:00.000Z", "2025-01-01T00:00:60.000Z", "2025-01-01T00:00:00.000+",
            "2025-01-01T00:00:00.00aZ",
        ])
    func refused(text: String) {
        #expect(Timestamp.milliseconds(text) == nil)
    }
}
