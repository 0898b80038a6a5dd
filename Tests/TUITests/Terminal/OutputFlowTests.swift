import Testing

@testable import TUI

@Suite struct OutputFlowTests {
    /// A way to a terminal, in virtual time: bytes go out at a rate, answers come back later.
    struct Way {
        var bytesPerSecond: Int
        var roundTripMs: Int64
        var nowNs: Int64 = 0
        var flow = OutputFlow()
        /// When the last of the bytes reaches the terminal.
        private var clearNs: Int64 = 0
        private var answers: [(atNs: Int64, isResync: Bool)] = []
        /// Answers that get lost on the way.
        var losses = 0
        private(set) var sent = 0

        init(bytesPerSecond: Int, roundTripMs: Int64) {
            self.bytesPerSecond = bytesPerSecond
            self.roundTripMs = roundTripMs
        }

        /// How long what is sent now takes to be seen.
        var delayMs: Int64 { max(clearNs - nowNs, 0) / 1_000_000 + roundTripMs / 2 }

        mutating func send(_ count: Int) {
            sent += count
            let asks = flow.send(count, nowNs: nowNs)
            let isResync = flow.dueQuestion == OutputFlow.resyncQuestion
            clearNs = max(clearNs, nowNs) + Int64(count) * 1_000_000_000 / Int64(bytesPerSecond)
            if asks, losses > 0 {
                losses -= 1
            } else if asks {
                answers.append((clearNs + roundTripMs * 1_000_000, isResync))
            }
            flow.leave(nowNs: nowNs)
        }

        mutating func pass(ms: Int64) {
            for _ in 0..<ms {
                nowNs += 1_000_000
                while let next = answers.first, next.atNs <= nowNs {
                    answers.removeFirst()
                    flow.answer(nowNs: next.atNs, isResync: next.isResync)
                }
                flow.noticeSilence(nowNs: nowNs)
            }
        }

        /// Sends frames as large as may be, 60 a second, and returns the longest time that a new one takes to be seen.
        mutating func fill(seconds: Int64) -> Int64 {
            var worstMs: Int64 = 0
            let endNs = nowNs + seconds * 1_000_000_000
            while nowNs < endNs {
                let room = flow.roomBytes()
                if room > 0 {
                    send(room)
                    worstMs = max(worstMs, delayMs)
                }
                pass(ms: 16)
            }
            return worstMs
        }
    }

    @Test(
        "at 25 KB a second what is new is seen within 300 ms, and the line stays busy",
        arguments: [1, 20, 80])
    func slow(roundTripMs: Int64) {
        var way = Way(bytesPerSecond: 25_000, roundTripMs: roundTripMs)
        way.send(200)
        way.pass(ms: 300)
        // Learning how slow it is takes the first frame.
        _ = way.fill(seconds: 2)
        let before = way.sent
        let worstMs = way.fill(seconds: 30)
        #expect(worstMs <= 300, "\(worstMs) ms")
        #expect(way.sent - before >= 30 * 25_000 / 2, "\(way.sent - before) bytes")
    }

    @Test("a fast terminal is soon sent whole frames")
    func fast() {
        var way = Way(bytesPerSecond: 50_000_000, roundTripMs: 1)
        way.send(200)
        way.pass(ms: 16)
        _ = way.fill(seconds: 1)
        #expect(way.flow.budgetBytes >= 400_000)
    }

    @Test("a fast terminal far away is sent as much as one nearby")
    func farAway() {
        var way = Way(bytesPerSecond: 5_000_000, roundTripMs: 250)
        way.send(200)
        way.pass(ms: 400)
        _ = way.fill(seconds: 10)
        #expect(way.flow.budgetBytes >= 100_000, "\(way.flow.budgetBytes)")
    }

    @Test("a line that becomes slow is noticed, and one that becomes fast again, too")
    func changing() {
        var way = Way(bytesPerSecond: 500_000, roundTripMs: 5)
        way.send(200)
        way.pass(ms: 16)
        _ = way.fill(seconds: 2)
        #expect(way.flow.budgetBytes > 20_000)
        way.bytesPerSecond = 25_000
        // What is under way already takes its time.
        _ = way.fill(seconds: 10)
        let worstMs = way.fill(seconds: 5)
        #expect(worstMs <= 300, "\(worstMs) ms")
        way.bytesPerSecond = 500_000
        _ = way.fill(seconds: 5)
        #expect(way.flow.budgetBytes > 20_000, "\(way.flow.budgetBytes) bytes")
    }

    @Test("one lost answer holds a quick terminal up for a quarter of a second, not for good")
    func patience() {
        var flow = OutputFlow()
        _ = flow.send(200, nowNs: 0)
        flow.answer(nowNs: 1_000_000)
        _ = flow.send(9000, nowNs: 2_000_000)
        flow.noticeSilence(nowNs: 251_000_000)
        #expect(flow.roomBytes() == 0)
        flow.noticeSilence(nowNs: 252_000_000)
        #expect(!flow.isSilent)
        #expect((1...8192).contains(flow.roomBytes()))
        // What follows asks, however small it is.
        #expect(flow.dueQuestion == OutputFlow.resyncQuestion)
        let isAsked = flow.send(10, nowNs: 253_000_000)
        #expect(isAsked && flow.isAwaiting)
        flow.answer(nowNs: 255_000_000, isResync: true)
        #expect(!flow.isAwaiting)
        #expect(flow.dueQuestion == OutputFlow.question)
    }

    @Test("lost answers leave a line as quick and as busy as it was", arguments: [1, 3])
    func lost(count: Int) {
        var way = Way(bytesPerSecond: 25_000, roundTripMs: 20)
        way.send(200)
        way.pass(ms: 300)
        _ = way.fill(seconds: 2)
        way.losses = count
        _ = way.fill(seconds: 5)
        let before = way.sent
        let worstMs = way.fill(seconds: 10)
        #expect(worstMs <= 300, "\(worstMs) ms")
        #expect(way.sent - before >= 10 * 25_000 / 2, "\(way.sent - before) bytes")
    }

    @Test("a terminal whose answers take long is waited for ten times as long, up to five seconds")
    func patienceOfSlow() {
        for (tookMs, patienceMs) in [(100, 1000), (2000, 5000)] as [(Int64, Int64)] {
            var flow = OutputFlow()
            _ = flow.send(200, nowNs: 0)
            flow.answer(nowNs: tookMs * 1_000_000)
            let askedNs = tookMs * 2_000_000
            _ = flow.send(9000, nowNs: askedNs)
            #expect(flow.silenceNs == askedNs + patienceMs * 1_000_000)
        }
    }

    @Test("an answer that comes after it was given up isn't taken for that of the next question")
    func late() {
        var flow = OutputFlow()
        _ = flow.send(200, nowNs: 0)
        flow.answer(nowNs: 50_000_000)
        _ = flow.send(9000, nowNs: 60_000_000)
        flow.noticeSilence(nowNs: 600_000_000)
        _ = flow.send(500, nowNs: 601_000_000)
        flow.answer(nowNs: 602_000_000)
        #expect(flow.isAwaiting)
        flow.answer(nowNs: 655_000_000, isResync: true)
        #expect(!flow.isAwaiting)
        // Nor is one that comes when nothing is asked kept for later.
        flow.answer(nowNs: 656_000_000)
        _ = flow.send(9000, nowNs: 700_000_000)
        #expect(flow.isAwaiting)
    }

    @Test("a terminal that leaves four questions in a row unanswered is silent, until it answers")
    func losses() {
        var flow = OutputFlow()
        _ = flow.send(200, nowNs: 0)
        flow.answer(nowNs: 1_000_000)
        var nowNs: Int64 = 2_000_000
        for loss in 1...4 {
            let isAsked = flow.send(100 + (loss == 1 ? 9000 : 0), nowNs: nowNs)
            #expect(isAsked && !flow.isSilent)
            nowNs = flow.silenceNs ?? 0
            flow.noticeSilence(nowNs: nowNs)
        }
        #expect(flow.isSilent)
        #expect(nowNs <= 4_000_000_000)
        flow.answer(nowNs: nowNs + 1_000_000)
        #expect(!flow.isSilent)
    }

    @Test("nothing more is begun before the terminal has taken what was sent")
    func waits() {
        var flow = OutputFlow()
        var isAsked = flow.send(200, nowNs: 1)
        #expect(isAsked)
        let room = flow.roomBytes()
        #expect(room > 0)
        isAsked = flow.send(room, nowNs: 2)
        #expect(isAsked)
        #expect(flow.roomBytes() == 0)
        #expect(flow.isAwaiting)
        flow.answer(nowNs: 3_000_000)
        #expect(flow.roomBytes() == 0)
        flow.answer(nowNs: 9_000_000)
        #expect(flow.roomBytes() > 0)
        #expect(!flow.isAwaiting)
    }

    @Test("small frames are sent without a question, up to a kilobyte")
    func small() {
        var flow = OutputFlow()
        _ = flow.send(10, nowNs: 1)
        flow.answer(nowNs: 2)
        var questions = 0
        for at in 0..<100 {
            if flow.send(100, nowNs: Int64(at) * 50_000_000) {
                questions += 1
                flow.answer(nowNs: Int64(at) * 50_000_000 + 1_000_000)
            }
        }
        #expect(questions == 9)
    }

    @Test("a terminal that never answers is sent whatever it has room for, after a second")
    func silence() {
        var flow = OutputFlow()
        _ = flow.send(9000, nowNs: 0)
        flow.leave(nowNs: 500_000_000)
        #expect(flow.roomBytes() == 0)
        #expect(flow.silenceNs == 1_500_000_000)
        flow.noticeSilence(nowNs: 1_499_000_000)
        #expect(flow.roomBytes() == 0)
        flow.noticeSilence(nowNs: 1_500_000_000)
        #expect(flow.roomBytes() == flow.budgetBytes)
        #expect(!flow.isAwaiting)
        #expect(flow.silenceNs == nil)
        var isAsked = flow.send(5000, nowNs: 2_000_000_000)
        #expect(!isAsked)
        isAsked = flow.send(5000, nowNs: 12_000_000_000)
        #expect(isAsked)
        flow.answer(nowNs: 12_001_000_000)
        #expect(!flow.isSilent)
    }

    @Test("a silent terminal's frames are as large as the kernel lets go in a moment")
    func silentRate() {
        var flow = OutputFlow()
        _ = flow.send(9000, nowNs: 0)
        flow.leave(nowNs: 0)
        flow.noticeSilence(nowNs: 2_000_000_000)
        var nowNs: Int64 = 3_000_000_000
        func pass(bytesPerSecond: Int64) {
            for _ in 0..<12 {
                let room = flow.roomBytes()
                _ = flow.send(room, nowNs: nowNs)
                nowNs += Int64(room) * 1_000_000_000 / bytesPerSecond
                flow.leave(nowNs: nowNs)
            }
        }
        pass(bytesPerSecond: 25_000)
        #expect((1024...3000).contains(flow.budgetBytes))
        pass(bytesPerSecond: 100_000_000)
        #expect(flow.budgetBytes > 400_000)
    }

    @Test("answers that nobody asked for change nothing")
    func unasked() {
        var flow = OutputFlow()
        for at in 0..<10 { flow.answer(nowNs: Int64(at)) }
        #expect(flow == OutputFlow())
    }
}
