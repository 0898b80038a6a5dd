import Protocol
import Testing

@testable import Game

/// The burst rule in the plainest books: nothing is ever thrown away but what made a burst.
struct NaiveBursts {
    var rule: BurstRule
    var points: [Int] = []
    var bursts: [Int] = []

    mutating func note(atMs: Int) -> Bool {
        points.append(atMs)
        guard points.count(where: { atMs - $0 < 1_000 }) >= rule.threshold else { return false }
        points = []
        bursts.append(atMs)
        return bursts.count { atMs - $0 < rule.windowMs } > rule.limit
    }
}

@Suite("Bursts")
struct BurstCounterTests {
    /// What a counter says to each of some times.
    private func notes(_ times: [Int], threshold: Int, limit: Int, windowMs: Int = 10_000) -> [Bool] {
        var counter = BurstCounter(BurstRule(threshold: threshold, limit: limit, windowMs: windowMs))
        return times.map { counter.note(atMs: $0) }
    }

    @Test("as many points within a second as the threshold are a burst; one fewer is none")
    func threshold() {
        #expect(notes([0, 1, 2], threshold: 4, limit: 0) == [false, false, false])
        #expect(notes([0, 1, 2, 3], threshold: 4, limit: 0) == [false, false, false, true])
        #expect(notes([5], threshold: 1, limit: 0) == [true])
    }

    @Test("the last second is 1,000 ms: a point exactly that old has left it")
    func second() {
        #expect(notes([0, 500, 999], threshold: 3, limit: 0).last == true)
        #expect(notes([0, 500, 1_000], threshold: 3, limit: 0).last == false)
        #expect(notes([0, 500, 1_000, 1_499], threshold: 3, limit: 0).last == true)
        #expect(notes([0, 500, 1_000, 1_500], threshold: 3, limit: 0).last == false)
    }

    @Test("a burst begins the count anew: its points make no other burst")
    func emptied() {
        #expect(notes([0, 1, 2, 3, 4], threshold: 3, limit: 0) == [false, false, true, false, false])
        #expect(
            notes([0, 1, 2, 3, 4, 5], threshold: 3, limit: 1) == [false, false, false, false, false, true])
    }

    @Test("as many bursts within a window as the limit pass; one more doesn't")
    func limit() {
        let bursts = [0, 1, 100, 101, 200, 201]
        #expect(notes(bursts, threshold: 2, limit: 3).allSatisfy { !$0 })
        #expect(notes(bursts, threshold: 2, limit: 2) == [false, false, false, false, false, true])
        #expect(notes(bursts, threshold: 2, limit: 1) == [false, false, false, true, false, true])
    }

    @Test("a burst exactly as old as the window has left it")
    func window() {
        // Noted at 1, 5,001 and then.
        let twoBursts = [0, 1, 5_000, 5_001]
        #expect(notes(twoBursts + [9_900, 10_000], threshold: 2, limit: 2).last == true)
        #expect(notes(twoBursts + [9_900, 10_001], threshold: 2, limit: 2).last == false)
    }

    @Test("a burst right under the limit, over and over for ten minutes, is legal; a millisecond less isn't")
    func underTheLimit() {
        /// Bursts of 8 points in 70 ms, so far apart.
        func history(everyMs: Int) -> [Int] {
            (0..<600_000 / everyMs).flatMap { round in (0..<8).map { everyMs * round + 10 * $0 } }
        }
        #expect(notes(history(everyMs: 5_000), threshold: 8, limit: 2).allSatisfy { !$0 })
        let faster = notes(history(everyMs: 4_999), threshold: 8, limit: 2)
        #expect(faster.firstIndex(of: true) == 23)
    }

    @Test("one point fewer than a burst each second, for ten minutes, is legal")
    func underTheThreshold() {
        // Seven a second: each eighth comes exactly a second after the first of its seven.
        let steady = (0..<4_200).map { $0 / 7 * 1_000 + $0 % 7 * 142 }
        #expect(notes(steady, threshold: 8, limit: 0).allSatisfy { !$0 })
        let faster = (0..<4_200).map { $0 / 7 * 999 + $0 % 7 * 142 }
        #expect(notes(faster, threshold: 8, limit: 0).firstIndex(of: true) == 7)
    }

    @Test("are counted as plain lists of times count them", arguments: 0..<40 as Range<UInt64>)
    func naive(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rule = BurstRule(
            threshold: Int.random(in: 1...9, using: &random), limit: Int.random(in: 0...3, using: &random),
            windowMs: Int.random(in: 1...20_000, using: &random))
        var counter = BurstCounter(rule)
        var naive = NaiveBursts(rule: rule)
        var atMs = 0
        let pauseMs = Int.random(in: 2...600, using: &random)
        for _ in 0..<1_000 {
            atMs += Int.random(in: 1...pauseMs, using: &random)
            #expect(counter.note(atMs: atMs) == naive.note(atMs: atMs))
        }
    }
}
