import Testing

@testable import Bench

@Suite("The beat of decays")
struct BeatBookTests {
    @Test("arrivals an interval apart keep the beat, whatever their room's beat is")
    func kept() {
        var book = BeatBook(rooms: 2)
        for decay in 1...5 {
            for _ in 0..<3 {
                let us = Int64(decay) * 1_000_000
                book.arrive(room: 0, leftMs: 60_000 - decay * 1_000, us: us + 40)
                book.arrive(room: 1, leftMs: 60_000 - decay * 1_000, us: us + 777_000)
            }
        }
        let found = book.delays()
        #expect(found.behind.count == 30)
        #expect(found.behind.longestUs == 0)
        #expect(found.spread.count == 10)
        #expect(found.spread.longestUs == 0)
    }

    @Test("a late arrival is behind the most punctual one of its room, and spreads its own decay alone")
    func late() {
        var book = BeatBook(rooms: 1)
        book.arrive(room: 0, leftMs: 9_000, us: 5_000_000)
        book.arrive(room: 0, leftMs: 9_000, us: 5_002_000)
        book.arrive(room: 0, leftMs: 8_000, us: 6_030_000)
        book.arrive(room: 0, leftMs: 8_000, us: 6_031_000)
        let found = book.delays()
        #expect(found.behind.count == 4)
        #expect(found.behind.longestUs == 31_000)
        #expect(found.behind.percentileMs(0.5) <= 2.01)
        #expect(found.spread.count == 2)
        #expect(found.spread.longestUs == 2_000)
    }

    @Test("no arrivals, no delays")
    func none() {
        let found = BeatBook(rooms: 3).delays()
        #expect(found.behind.count == 0)
        #expect(found.spread.count == 0)
    }
}
