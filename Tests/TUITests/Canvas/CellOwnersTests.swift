import Protocol
import Testing

@testable import TUI

@Suite struct CellOwnersTests {
    private static func answer(_ place: Place, _ name: String = "Grace") -> PixelAnswer {
        PixelAnswer(
            pixel: Pixel(x: place.x, y: place.y, color: 3), version: 77,
            account: AccountName(id: Identifier(rawValue: 9), name: name), placedAtMs: 1_700_000_000_000)
    }

    private let place = Place(x: 3, y: 4)

    @Test("a cell is asked about once the cursor rested on it, and only once")
    func rest() {
        var owners = CellOwners()
        #expect(owners.question(at: place, nowMs: 1_000) == nil)
        #expect(owners.dueMs == 1_150)
        #expect(owners.question(at: Place(x: 4, y: 4), nowMs: 1_149) == nil)
        #expect(owners.question(at: place, nowMs: 1_150) == nil)
        #expect(owners.question(at: place, nowMs: 1_300) == place)
        #expect(owners.question(at: place, nowMs: 1_900) == nil)
        owners.take(Self.answer(place))
        #expect(owners.answer(at: place)?.account?.name == "Grace")
        #expect(owners.dueMs == nil)
        #expect(owners.question(at: place, nowMs: 60_000) == nil)
    }

    @Test("however the cursor moves and the cells change, no more than five questions are asked a second")
    func rate() {
        var owners = CellOwners()
        var generator = SeededGenerator(seed: 7)
        var asked: [Int64] = []
        var cursor = place
        for nowMs in stride(from: Int64(0), to: 60_000, by: 10) {
            if Int.random(in: 0..<25, using: &generator) == 0 { cursor.x += 1 }
            if let place = owners.question(at: cursor, nowMs: nowMs) {
                asked.append(nowMs)
                owners.take(Self.answer(place))
                owners.change(place)
            }
        }
        #expect(asked.count > 20)
        for (first, next) in zip(asked, asked.dropFirst()) { #expect(next - first >= 200) }
    }

    @Test("a cell that changed is asked about anew, and an answer that was under way then doesn't count")
    func change() {
        var owners = CellOwners()
        _ = owners.question(at: place, nowMs: 0)
        #expect(owners.question(at: place, nowMs: 150) == place)
        owners.change(place)
        owners.take(Self.answer(place))
        #expect(owners.answer(at: place) == nil)
        #expect(owners.question(at: place, nowMs: 350) == place)
        owners.take(Self.answer(place, "Ada"))
        #expect(owners.answer(at: place)?.account?.name == "Ada")
        owners.change(place)
        #expect(owners.answer(at: place) == nil && owners.account(named: "Ada") == nil)
    }

    @Test("a lost answer is asked for again, a refusal waits as long as the server says")
    func refusal() {
        var owners = CellOwners()
        _ = owners.question(at: place, nowMs: 0)
        #expect(owners.question(at: place, nowMs: 150) == place)
        #expect(owners.dueMs == 150 + CellOwners.patienceMs)
        #expect(owners.question(at: place, nowMs: 5_150) == place)
        owners.refuse(place, "Too fast", afterMs: 9_000, nowMs: 5_200)
        #expect(owners.refusal?.words == "Too fast")
        #expect(owners.question(at: place, nowMs: 14_199) == nil)
        #expect(owners.question(at: place, nowMs: 14_200) == place)
    }

    @Test("answers that nobody asked for are not believed")
    func unasked() {
        var owners = CellOwners()
        owners.take(Self.answer(place))
        #expect(owners.answer(at: place) == nil)
    }

    @Test("names are found without regard to case, and memory is bounded")
    func memory() {
        var owners = CellOwners()
        var nowMs: Int64 = 0
        for x in 0..<CellOwners.maxKnown + 10 {
            let place = Place(x: x, y: 0)
            _ = owners.question(at: place, nowMs: nowMs)
            #expect(owners.question(at: place, nowMs: nowMs + 200) == place)
            owners.take(Self.answer(place, "P\(x)"))
            nowMs += 400
        }
        #expect(owners.answer(at: Place(x: 9, y: 0)) == nil)
        #expect(owners.answer(at: Place(x: 10, y: 0)) != nil)
        #expect(owners.account(named: "p20")?.name == "P20")
        #expect(owners.account(named: "p3") == nil)
        owners.forget()
        #expect(owners.account(named: "p20") == nil)
    }
}
