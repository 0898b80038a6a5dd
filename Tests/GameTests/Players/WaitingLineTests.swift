import Protocol
import Testing

@testable import Game

@Suite("A waiting line")
struct WaitingLineTests {
    /// The same line as an array.
    private struct NaiveLine {
        var waiting: [(account: Identifier, isPresent: Bool)] = []

        func index(of account: Identifier) -> Int? { waiting.firstIndex { $0.account == account } }
        var firstPresent: Identifier? { waiting.first { $0.isPresent }?.account }
    }

    private func compare(_ line: WaitingLine, _ naive: NaiveLine) {
        #expect(line.count == naive.waiting.count)
        #expect(line.inOrder == naive.waiting.map(\.account))
        #expect(line.firstPresent == naive.firstPresent)
        for (index, (account, isPresent)) in naive.waiting.enumerated() {
            #expect(line.position(of: account) == index + 1)
            #expect(line.account(at: index + 1) == account)
            #expect((line[account]?.absentSinceUs == nil) == isPresent)
        }
        #expect(line.account(at: 0) == nil)
        #expect(line.account(at: naive.waiting.count + 1) == nil)
    }

    @Test(
        "keeps order, positions and who is first as an array does", arguments: 1...20 as ClosedRange<UInt64>)
    func naive(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var line = WaitingLine()
        var naive = NaiveLine()
        // Far more joins than slots at the start, so that slots are dealt anew again and again.
        for turn in 0..<1_500 {
            let account = Identifier(rawValue: UInt64.random(in: 1...90, using: &random))
            switch (Int.random(in: 0..<4, using: &random), naive.index(of: account)) {
            case (_, nil):
                let isPresent = Bool.random(using: &random)
                _ = line.append(account, sinceMs: Int64(turn), absentSinceUs: isPresent ? nil : Int64(turn))
                naive.waiting.append((account, isPresent))
                #expect(line[account]?.sinceMs == Int64(turn))
            case (0...1, let index?):
                let isRemoved = line.remove(account)
                #expect(isRemoved)
                naive.waiting.remove(at: index)
            case (2, let index?):
                line.setAbsent(account, sinceUs: Int64(turn))
                naive.waiting[index].isPresent = false
            case (_, let index?):
                line.setAbsent(account, sinceUs: nil)
                naive.waiting[index].isPresent = true
            }
            if turn.isMultiple(of: 25) { compare(line, naive) }
            #expect(line.position(of: account) == naive.index(of: account).map { $0 + 1 })
            #expect(line.firstPresent == naive.firstPresent)
        }
        compare(line, naive)
    }

    @Test("is served by its lanes once each, with positions", arguments: [1, 3, 10])
    func lanes(_ lanes: Int) {
        var line = WaitingLine()
        for number in 1...500 as ClosedRange<UInt64> {
            _ = line.append(Identifier(rawValue: number), sinceMs: 0, absentSinceUs: nil)
            if number.isMultiple(of: 3) { line.remove(Identifier(rawValue: number - 1)) }
        }
        let served = (0..<lanes).flatMap { line.lane($0, of: lanes) }
        #expect(served.map(\.account).sorted() == line.inOrder.sorted())
        for (account, position) in served { #expect(line.position(of: account) == position) }
    }

    @Test("ignores whoever doesn't wait")
    func strangers() {
        var line = WaitingLine()
        let stranger = Identifier(rawValue: 4)
        let isRemoved = line.remove(stranger)
        #expect(!isRemoved)
        line.setAbsent(stranger, sinceUs: 5)
        line.told(stranger, position: 1, atUs: 5)
        #expect(line[stranger] == nil)
        #expect(line.position(of: stranger) == nil)
        #expect(line.firstPresent == nil)
    }
}
