import Testing

@testable import TUI

/// Bytes of one key at given times, and how many presses they are once everything is settled.
@Suite struct KeyHoldTests {
    private func presses(_ times: [Int64]) -> Int {
        var hold = KeyHold()
        var count = 0
        for time in times { count += hold.press(atMs: time) }
        return count + hold.settle(nowMs: (times.last ?? 0) + 10_000)
    }

    /// A key held down: the first byte, a delay, then a byte each interval.
    private func held(delayMs: Int64, intervalMs: Int64, repeats: Int, jitterMs: [Int64] = [0]) -> [Int64] {
        [0] + (0..<repeats).map { delayMs + Int64($0) * intervalMs + jitterMs[$0 % jitterMs.count] }
    }

    @Test("a single press is one, but only when nothing followed it at once")
    func single() {
        var hold = KeyHold()
        #expect(hold.press(atMs: 1_000) == 0)
        #expect(hold.dueMs == 1_060)
        #expect(hold.settle(nowMs: 1_059) == 0)
        #expect(hold.settle(nowMs: 1_060) == 1)
        #expect(hold.settle(nowMs: 1_061) == 0)
        #expect(hold.dueMs == nil)
    }

    @Test(
        "a key held down is one press, whatever the terminal's delay and pace",
        arguments: [200, 250, 400, 500, 660], [25, 30, 33, 40])
    func held(delayMs: Int64, intervalMs: Int64) {
        for repeats in [2, 3, 10, 400] {
            #expect(presses(held(delayMs: delayMs, intervalMs: intervalMs, repeats: repeats)) == 1)
        }
        let uneven = held(
            delayMs: delayMs, intervalMs: intervalMs, repeats: 200, jitterMs: [0, 7, 3, -6, 11, 1])
        #expect(presses(uneven) == 1)
    }

    @Test("repeats that a slow line brings in bundles are no presses either")
    func bundles() {
        // Three at a time, every 100 ms.
        var times: [Int64] = [0]
        for bundle in 0..<100 { times += [Int64](repeating: 500 + Int64(bundle) * 100, count: 3) }
        #expect(presses(times) == 1)
    }

    @Test("a finger's presses all count, up to thirteen a second", arguments: [75, 90, 120, 200, 700])
    func finger(meanMs: Int64) {
        // A finger is never even: gaps differ by some milliseconds.
        let unevenness: [Int64] = [0, 9, -8, 13, -12, 4, -14, 11]
        var times: [Int64] = [0]
        for press in 1..<200 { times.append(times[press - 1] + meanMs + unevenness[press % 8]) }
        #expect(presses(times) == 200)
    }

    @Test("a slow machine's repeats are told by their evenness after the fourth")
    func slowRepeat() {
        #expect(presses(held(delayMs: 250, intervalMs: 92, repeats: 300)) <= 5)
        #expect(presses(held(delayMs: 250, intervalMs: 92, repeats: 300, jitterMs: [0, 1, 2, 0, -1])) <= 5)
    }

    @Test("held, let go and pressed again is two presses")
    func again() {
        let first = held(delayMs: 400, intervalMs: 30, repeats: 20)
        #expect(presses(first + [2_000]) == 2)
        #expect(presses(first + first.map { $0 + 3_000 }) == 2)
    }
}
