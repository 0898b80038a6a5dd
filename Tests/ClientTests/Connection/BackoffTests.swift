import Client
import Protocol
import Testing

@Suite("Backoff")
struct BackoffTests {
    @Test("doubles its bound from 500 ms to 10 s")
    func boundsDouble() {
        let bounds = (1...7).map { Backoff.boundMs(attempt: $0) }
        #expect(bounds == [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
        #expect(Backoff.boundMs(attempt: .max) == 10_000)
    }

    @Test("waits anything up to the bound, and both ends of it come up")
    func fullJitter() {
        var generator = SeededGenerator(seed: 7)
        var shortest = Int.max
        var longest = 0
        for _ in 0..<2_000 {
            var backoff = Backoff()
            for attempt in 1...6 {
                let delayMs = backoff.nextDelayMs(using: &generator)
                #expect((0...Backoff.boundMs(attempt: attempt)).contains(delayMs))
                if attempt == 6 {
                    shortest = min(shortest, delayMs)
                    longest = max(longest, delayMs)
                }
            }
        }
        #expect(shortest < 100 && longest > 9_900)
    }

    @Test("waits the same after the same seed")
    func repeats() {
        func waits() -> [Int] {
            var generator = SeededGenerator(seed: 42)
            var backoff = Backoff()
            return (0..<10).map { _ in backoff.nextDelayMs(using: &generator) }
        }
        #expect(waits() == waits())
        #expect(Set(waits()).count > 5)
    }

    @Test("starts over after a stable connection")
    func resets() {
        var generator = SeededGenerator(seed: 1)
        var backoff = Backoff()
        for _ in 0..<5 { _ = backoff.nextDelayMs(using: &generator) }
        backoff.reset()
        #expect(backoff.attempt == 0)
        #expect(backoff.nextDelayMs(using: &generator) <= 500)
    }
}
