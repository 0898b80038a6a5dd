import Game
import Protocol
import Testing

@Suite("Ring")
struct RingTests {
    @Test("does what an array does, whatever comes and goes", arguments: 0..<8 as Range<UInt64>)
    func likeAnArray(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var ring = Ring<Int>()
        var model: [Int] = []
        for step in 0..<5_000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0...(step < 2_500 ? 6 : 3):
                ring.append(step)
                model.append(step)
            case 7:
                #expect(ring.popLast() == model.popLast())
            case 8 where model.count > 3:
                let number = Int.random(in: 0...3, using: &random)
                ring.removeFirst(number)
                model.removeFirst(number)
            default:
                #expect(ring.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
            }
            #expect(ring.count == model.count)
            #expect(ring.first == model.first)
        }
        for offset in model.indices { #expect(ring[offset] == model[offset]) }
    }

    @Test("gives memory back once most of it is unused")
    func shrinks() {
        var ring = Ring<Int>()
        for number in 0..<100_000 { ring.append(number) }
        ring.removeFirst(99_990)
        for number in 0..<10 { #expect(ring[number] == 99_990 + number) }
        while ring.popFirst() != nil {}
        for _ in 0..<10 {
            ring.append(1)
            ring.removeFirst(1)
        }
        #expect(ring.capacity <= 1024)
    }
}
