import Game
import Protocol
import Testing

@testable import Bench

@Suite("A crowd of accounts")
struct CrowdTests {
    @Test("knows who is in which state after any moves", arguments: 1...5 as ClosedRange<UInt64>)
    func naive(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var crowd = Crowd(count: 30)
        var states = [PlayerState](repeating: .afk, count: 30)
        for _ in 0..<500 {
            let account = Int.random(in: 0..<30, using: &random)
            guard let state = PlayerState.allCases.randomElement(using: &random) else { return }
            crowd.move(account, to: state)
            states[account] = state
            for state in PlayerState.allCases {
                #expect(crowd.count(state) == states.count { $0 == state })
                let drawn = crowd.draw(state, using: &random)
                #expect(drawn.map { states[$0] } == (states.contains(state) ? state : nil))
            }
        }
    }

    @Test("draws everyone in a state in the end")
    func drawsAll() {
        var random = SeededGenerator(seed: 1)
        var crowd = Crowd(count: 10)
        for account in 0..<5 { crowd.move(account, to: .queued) }
        let drawn = Set((0..<500).compactMap { _ in crowd.draw(.queued, using: &random) })
        #expect(drawn == Set(0..<5))
    }
}
