import Protocol
import Testing

@testable import Game

@Suite("An agenda")
struct AgendaTests {
    @Test(
        "gives what was planned by time, and equals as they were planned",
        arguments: 1...10 as ClosedRange<UInt64>)
    func order(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var agenda = Agenda<Int>()
        var naive: [(atUs: Int64, event: Int)] = []
        for event in 0..<1_000 {
            if Int.random(in: 0..<3, using: &random) > 0 {
                let atUs = Int64.random(in: 0..<50, using: &random)
                agenda.plan(event, atUs: atUs)
                let place = naive.firstIndex { $0.atUs > atUs } ?? naive.count
                naive.insert((atUs, event), at: place)
            } else {
                let next = agenda.next()
                #expect(next?.event == naive.first?.event)
                #expect(next?.atUs == naive.first?.atUs)
                if !naive.isEmpty { naive.removeFirst() }
            }
            #expect(agenda.nextUs == naive.first?.atUs)
            #expect(agenda.count == naive.count)
        }
    }
}
