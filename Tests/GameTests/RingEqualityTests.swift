import Game
import Testing

@Suite("Rings")
struct RingEqualityTests {
    @Test("are equal, and hash alike, by what they hold, wherever it lies and whatever lay there before")
    func equality() {
        var straight = Ring<Int>()
        for number in 1...5 { straight.append(number) }
        var wrapped = Ring<Int>()
        for number in -30...5 { wrapped.append(number) }
        wrapped.removeFirst(31)
        #expect(straight == wrapped)
        #expect(straight.hashValue == wrapped.hashValue)
        wrapped.append(6)
        #expect(straight != wrapped)
        _ = wrapped.popFirst()
        #expect(straight != wrapped)
        #expect(Ring<Int>() == Ring<Int>())
    }
}
