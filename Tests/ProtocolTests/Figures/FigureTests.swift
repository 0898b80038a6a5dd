import Protocol
import Testing

@Suite struct FigureTests {
    private func sample(_ number: Int) -> FigureSample {
        var sample = FigureSample()
        sample.placements = number
        sample.players = number + 1
        sample.queued = number + 2
        sample.connections = number + 3
        sample.sentBytes = number * 1_000
        sample.commitP99Us = number + 4
        sample.lagP99Us = number + 5
        sample.refusals = number + 6
        sample.memoryBytes = number << 30
        return sample
    }

    @Test("a ring remembers the last seconds in their order", arguments: [0, 1, 2, 3, 4, 7, 8, 30])
    func ring(count: Int) {
        var ring = FigureRing(capacity: 4)
        for number in 0..<count { ring.add(sample(number)) }
        #expect(ring.inOrder == (max(0, count - 4)..<count).map(sample))
    }

    @Test("figures come back from their JSON", arguments: [0, 1, 300])
    func roundTrip(count: Int) throws {
        let figures = FiguresAnswer(atMs: 1_700_000_000_000, samples: (0..<count).map(sample))
        #expect(try FiguresAnswer(json: figures.json()) == figures)
    }

    @Test("they are a list a figure, by its name")
    func form() {
        let figures = FiguresAnswer(atMs: 9, samples: [sample(1), sample(2)])
        #expect(
            String(decoding: figures.json(), as: UTF8.self)
                == #"{"at_ms":9,"interval_ms":1000,"placements":[1,2],"players":[2,3],"queued":[3,4],"#
                + #""connections":[4,5],"sent_bytes":[1000,2000],"commit_p99_us":[5,6],"tick_lag_p99_us":[6,7],"#
                + #""refusals":[7,8],"memory_bytes":[1073741824,2147483648]}"#)
    }

    @Test(
        "lists of other lengths, other intervals and numbers below 0 are refused",
        arguments: [
            (#""players":[2,3]"#, #""players":[2]"#), (#""queued":[3,4]"#, #""queued":[3,-4]"#),
            (#""interval_ms":1000"#, #""interval_ms":500"#), (#""refusals":[7,8]"#, #""other":[7,8]"#),
        ])
    func malformed(part: String, other: String) {
        let figures = FiguresAnswer(atMs: 9, samples: [sample(1), sample(2)])
        let text = String(decoding: figures.json(), as: UTF8.self).replacing(part, with: other)
        #expect(throws: Failure.self) { try FiguresAnswer(json: Array(text.utf8)) }
    }
}
