import Client
import Protocol
import Testing

@Suite("A tracker of clicks")
struct ClickTrackerTests {
    static let secondUs: Int64 = 1_000_000

    private func tracker(seed: UInt64 = 1) -> ClickTracker {
        var tracker = ClickTracker(generator: SeededGenerator(seed: seed))
        tracker.linked(pushRateSeconds: 5)
        return tracker
    }

    /// A tracker whose first push, of one click, left at 1 s and was counted at once.
    private func warmTracker() throws -> ClickTracker {
        var tracker = tracker()
        tracker.click(atUs: 0)
        let push = try tracker.push(atUs: Self.secondUs)
        tracker.accepted(batchID: push.batchID, atUs: Self.secondUs)
        return tracker
    }

    @Test("pushes the first clicks after a second, the next ones by the server's rate")
    func pace() throws {
        var tracker = tracker()
        #expect(tracker.nextUs == nil)
        tracker.click(atUs: 0)
        tracker.click(count: 2, atUs: 500_000)
        #expect(tracker.nextUs == Self.secondUs)
        tracker.expectNone(atUs: 999_999)
        let first = try tracker.push(atUs: Self.secondUs)
        #expect(first.clicks == [3])
        tracker.accepted(batchID: first.batchID, atUs: 1_100_000)
        #expect(tracker.nextUs == nil && tracker.heldCount == 0 && tracker.acceptedCount == 3)

        tracker.click(atUs: 1_200_000)
        #expect(tracker.nextUs == 6 * Self.secondUs)
        tracker.click(atUs: 3_000_000)
        let second = try tracker.push(atUs: 6 * Self.secondUs)
        #expect(second.clicks == [1, 1] && second.batchID != first.batchID)
    }

    @Test(
        "keeps one batch on its way, and repeats it under its name with growing pauses until an answer comes")
    func repeats() throws {
        var tracker = tracker()
        tracker.click(count: 4, atUs: 0)
        let push = try tracker.push(atUs: Self.secondUs)
        tracker.click(count: 5, atUs: 2 * Self.secondUs)
        var nowUs = Self.secondUs
        for attempt in 1...8 {
            let deadlineUs = try #require(tracker.nextUs)
            #expect(deadlineUs == nowUs + ClickTracker.answerTimeoutUs)
            tracker.expectNone(atUs: deadlineUs)
            let againUs = try #require(tracker.nextUs)
            let pauseMs = Int((againUs - deadlineUs) / 1000)
            #expect((0...Backoff.boundMs(attempt: attempt)).contains(pauseMs))
            let again = try tracker.push(atUs: againUs)
            #expect(again == push)
            nowUs = againUs
        }
        #expect(tracker.heldCount == 9)
        let isNews = (1...2).map { _ in tracker.accepted(batchID: push.batchID, atUs: nowUs) }
        #expect(isNews == [true, false])
        #expect(tracker.acceptedCount == 4 && tracker.heldCount == 5)
    }

    @Test("holds back what isn't plausible yet: nothing is lost")
    func plausible() throws {
        var tracker = try warmTracker()
        tracker.click(count: 1_000, atUs: Self.secondUs)
        var sums: [Int] = []
        while tracker.heldCount > 0 {
            let nowUs = try #require(tracker.nextUs)
            let push = try tracker.push(atUs: nowUs)
            sums.append(push.clicks.reduce(0, +))
            tracker.accepted(batchID: push.batchID, atUs: nowUs)
        }
        #expect(sums == [Int](repeating: 100, count: 10))
    }

    @Test("takes no more credit for a pause than ten push intervals, and no more numbers than fit")
    func afterPause() throws {
        var tracker = try warmTracker()
        tracker.linkLost(atUs: Self.secondUs)
        for second in 2...3_000 {
            tracker.click(count: 10, atUs: Int64(second) * Self.secondUs)
            tracker.expectNone(atUs: Int64(second) * Self.secondUs)
        }
        tracker.linked(pushRateSeconds: 5)
        let push = try tracker.push(atUs: 3_001 * Self.secondUs)
        #expect(push.clicks.reduce(0, +) == 1_000 && push.clicks.count <= Limits.maxClickStretches)
        #expect(tracker.heldCount == 29_990)
    }

    @Test("waits as long as the server says after a push that came too soon")
    func tooSoon() throws {
        var tracker = tracker()
        tracker.click(atUs: 0)
        let push = try tracker.push(atUs: Self.secondUs)
        let failure = Failure(.pushTooSoon, "too soon", retryAfterMs: 700)
        let dropped = tracker.refused(batchID: push.batchID, failure: failure, atUs: 2 * Self.secondUs)
        #expect(dropped == 0 && tracker.nextUs == 2_700_000)
        let again = try tracker.push(atUs: 2_700_000)
        #expect(again == push)
    }

    @Test(
        "keeps the batch where the server may count it later",
        arguments: [ErrorCode.storageUnavailable, .shuttingDown, .internalError, .rateLimited, .unauthorized])
    func keeps(code: ErrorCode) throws {
        var tracker = tracker()
        tracker.click(atUs: 0)
        let push = try tracker.push(atUs: Self.secondUs)
        let failure = Failure(code, "not now", retryAfterMs: 20_000)
        let dropped = tracker.refused(batchID: push.batchID, failure: failure, atUs: Self.secondUs)
        let againUs = try #require(tracker.nextUs)
        #expect(dropped == 0 && againUs >= 21 * Self.secondUs)
        let again = try tracker.push(atUs: againUs)
        #expect(again == push)
    }

    @Test("drops the batch alone where no game runs, and goes on with the rest")
    func drops() throws {
        var tracker = tracker()
        tracker.click(count: 6, atUs: 0)
        let push = try tracker.push(atUs: Self.secondUs)
        tracker.click(count: 2, atUs: Self.secondUs)
        let failure = Failure(.noActiveGame, "no")
        let dropped = (1...2).map { _ in
            tracker.refused(batchID: push.batchID, failure: failure, atUs: 2 * Self.secondUs)
        }
        #expect(dropped == [6, 0])
        #expect(tracker.droppedCount == 6 && tracker.heldCount == 2)
        let next = try tracker.push(atUs: 6 * Self.secondUs)
        #expect(next.clicks == [2] && next.batchID != push.batchID)
    }

    @Test("cuts a batch that the server found implausible into smaller ones, and loses none of it")
    func slowerServer() throws {
        var tracker = try warmTracker()
        tracker.click(count: 300, atUs: Self.secondUs)
        let push = try tracker.push(atUs: 6 * Self.secondUs)
        #expect(push.clicks == [100])
        let failure = Failure(.implausibleClicks, "too many")
        let dropped = tracker.refused(batchID: push.batchID, failure: failure, atUs: 6 * Self.secondUs)
        #expect(dropped == 0 && tracker.heldCount == 300)
        let next = try tracker.push(atUs: 11 * Self.secondUs)
        #expect(next.clicks == [50] && next.batchID != push.batchID)
    }

    @Test("says the same batch again on the next connection, and not before")
    func reconnect() throws {
        var tracker = tracker()
        tracker.click(atUs: 0)
        let push = try tracker.push(atUs: Self.secondUs)
        tracker.linkLost(atUs: 2 * Self.secondUs)
        tracker.expectNone(atUs: 60 * Self.secondUs)
        tracker.linked(pushRateSeconds: 2)
        let again = try tracker.push(atUs: 60 * Self.secondUs)
        #expect(again == push)
    }

    @Test("names batches in a way that the wire takes, and never twice")
    func names() throws {
        var seen: Set<String> = []
        for seed in 1...200 {
            var tracker = tracker(seed: UInt64(seed))
            tracker.click(atUs: 0)
            let push = try tracker.push(atUs: Self.secondUs)
            let id = try #require(push.batchID)
            #expect((1...Limits.maxBatchIDCharacters).contains(id.count) && seen.insert(id).inserted)
        }
    }

    @Test(
        "counts each click once over a link that drops, doubles, delays and reorders, and a server that crashes",
        arguments: 0..<20)
    func lossy(block: Int) {
        var (crashes, refusals, clicks) = (0, 0, 0)
        for number in 0..<150 {
            let seed = UInt64(block * 150 + number + 1)
            var world = LossyClickWorld(seed: seed)
            world.run()
            guard world.held == 0, world.dropped == 0, world.counted == world.made,
                world.accepted == world.made, world.standsByItsWord, world.isPlausible, world.repeatsItself
            else {
                Issue.record(
                    """
                    seed \(seed): made \(world.made), counted \(world.counted), accepted \(world.accepted), \
                    held \(world.held), dropped \(world.dropped), plausible \(world.isPlausible)
                    """)
                return
            }
            crashes += world.crashCount
            refusals += world.refusalCount
            clicks += world.made
        }
        #expect(crashes > 100 && refusals > 100 && clicks > 10_000)
    }
}

extension ClickTracker {
    /// The push that is due.
    fileprivate mutating func push(atUs nowUs: Int64) throws -> ClickPush {
        let push = due(atUs: nowUs)
        return try #require(push)
    }

    /// Nothing is due.
    fileprivate mutating func expectNone(atUs nowUs: Int64) {
        let push = due(atUs: nowUs)
        #expect(push == nil)
    }
}
