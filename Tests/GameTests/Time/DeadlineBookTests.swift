import Protocol
import Testing

@testable import Game

@Suite("A book of deadlines")
struct DeadlineBookTests {
    @Test(
        "looks at each key no later than its nearest plan, and once a plan",
        arguments: 1...20 as ClosedRange<UInt64>)
    func naive(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var book = DeadlineBook<Int>()
        /// The nearest time that was planned for each key since its last look.
        var planned: [Int: Int64] = [:]
        var nowUs: Int64 = 0
        for _ in 0..<3_000 {
            if Bool.random(using: &random) {
                let key = Int.random(in: 0..<25, using: &random)
                let atUs = nowUs + Int64.random(in: -20...200, using: &random)
                book.plan(key, atUs: atUs)
                planned[key] = min(planned[key] ?? atUs, atUs)
            } else {
                nowUs += Int64.random(in: 0...60, using: &random)
                while let key = book.popDue(atUs: nowUs) {
                    guard let dueUs = planned.removeValue(forKey: key) else {
                        Issue.record("\(key) was looked at though nothing was planned")
                        return
                    }
                    #expect(dueUs <= nowUs, "too early")
                }
                #expect(!planned.values.contains { $0 <= nowUs }, "too late")
            }
            #expect(book.count == planned.count)
            if let nearest = planned.values.min() {
                #expect(book.nextUs.map { $0 <= nearest } == true, "the wake-up would come too late")
            }
        }
        while book.popDue(atUs: .max) != nil { planned.removeAll() }
        #expect(planned.isEmpty)
        #expect(book.nextUs == nil, "void entries go with the rest")
    }

    @Test("moving a deadline away costs nothing: the one look stays, and says the truth then")
    func movesAway() {
        var book = DeadlineBook<String>()
        book.plan("a", atUs: 100)
        for deadlineUs in 101...1_000 as ClosedRange<Int64> { book.plan("a", atUs: deadlineUs) }
        #expect(book.count == 1)
        #expect(book.nextUs == 100)
        #expect(book.popDue(atUs: 99) == nil)
        #expect(book.popDue(atUs: 100) == "a")
        #expect(book.popDue(atUs: .max) == nil)
    }

    @Test("a deadline that came nearer voids the later look, and equals go in the order planned")
    func comesNearer() {
        var book = DeadlineBook<String>()
        book.plan("a", atUs: 100)
        book.plan("a", atUs: 50)
        book.plan("b", atUs: 50)
        #expect(book.popDue(atUs: 60) == "a")
        #expect(book.popDue(atUs: 60) == "b")
        book.plan("a", atUs: 100)
        #expect(book.popDue(atUs: 100) == "a")
        #expect(book.popDue(atUs: 100) == nil, "the void look brings nothing")
    }

    @Test("forgets what is cancelled, and keeps no more void entries than others")
    func cancels() {
        var book = DeadlineBook<Int>()
        for key in 0..<1_000 { book.plan(key, atUs: Int64(1_000_000 + key)) }
        for key in 0..<990 { book.cancel(key) }
        #expect(book.count == 10)
        #expect(book.entryCount <= 2 * 10 + 64)
        var looks: [Int] = []
        while let key = book.popDue(atUs: 2_000_000) { looks.append(key) }
        #expect(looks == Array(990..<1_000), "in their order")
        for turn in 0..<10_000 {
            book.plan(turn % 3, atUs: Int64(1_000_000_000 - turn))
        }
        #expect(book.count == 3)
        #expect(book.entryCount <= 2 * 3 + 64)
        #expect(book.popDue(atUs: 1_000_000_000) == 9_999 % 3, "the nearest of each key's")
    }
}
