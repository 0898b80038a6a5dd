import Protocol
import Testing

@testable import Game

@Suite("A Fenwick tree")
struct FenwickTreeTests {
    @Test("sums and ranks as an array of counts does", arguments: 1...20 as ClosedRange<UInt64>)
    func naive(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let capacity = Int.random(in: 1...300, using: &random)
        var tree = FenwickTree(capacity: capacity)
        #expect(tree.capacity >= capacity && tree.capacity < 2 * capacity)
        var counts = [Int](repeating: 0, count: tree.capacity)
        for _ in 0..<400 {
            let index = Int.random(in: 0..<tree.capacity, using: &random)
            let change = Int.random(in: -min(counts[index], 2)...3, using: &random)
            counts[index] += change
            tree.add(Int32(change), at: index)
            let total = counts.reduce(0, +)
            #expect(tree.total == total)
            let asked = Int.random(in: 0..<tree.capacity, using: &random)
            #expect(tree.sum(through: asked) == counts[...asked].reduce(0, +))
            let rank = Int.random(in: -1...total + 1, using: &random)
            #expect(tree.index(ofRank: rank) == Self.index(ofRank: rank, in: counts))
        }
    }

    @Test("of one count works at its edges")
    func smallest() {
        var tree = FenwickTree(capacity: 1)
        #expect(tree.index(ofRank: 1) == nil)
        tree.add(1, at: 0)
        #expect(tree.index(ofRank: 1) == 0)
        #expect(tree.sum(through: 0) == 1)
        #expect(tree.index(ofRank: 2) == nil)
    }

    private static func index(ofRank rank: Int, in counts: [Int]) -> Int? {
        guard rank > 0 else { return nil }
        var sum = 0
        for (index, count) in counts.enumerated() {
            sum += count
            if sum >= rank { return index }
        }
        return nil
    }
}
