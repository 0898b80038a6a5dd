import Protocol
import Testing

@testable import Server

/// A document whose fetches wait until the test ends them.
private final class Shelf {
    var nowMs: Int64 = 1_000_000
    var fetches = 0
    private var done: ((Result<(value: Int, freshSeconds: Int?), Failure>) -> Void)?
    private(set) lazy var document = FetchedDocument<Int>(nowMs: { [unowned self] in nowMs }) {
        [unowned self] done in
        fetches += 1
        self.done = done
    }

    func end(_ value: Int, freshSeconds: Int?) { done?(.success((value, freshSeconds))) }

    func fail() { done?(.failure(Failure(.googleUnavailable, "gone"))) }
}

@Suite("A document of the identity provider's")
struct FetchedDocumentTests {
    private let shelf = Shelf()

    private final class Heard {
        var values: [Result<Int, Failure>] = []
        var latest: Int? { if case .success(let value) = values.last { value } else { nil } }
    }

    private let heard = Heard()

    private func get() { shelf.document.get { [heard] in heard.values.append($0) } }

    private func getNewer() {
        shelf.document.getNewer(pauseMs: 60_000) { [heard] in heard.values.append($0) }
    }

    @Test("is fetched once for all who want it at the same time")
    func once() {
        for _ in 0..<3 { get() }
        #expect(shelf.fetches == 1)
        #expect(heard.values.isEmpty)
        shelf.end(7, freshSeconds: 100)
        #expect(heard.values == [.success(7), .success(7), .success(7)])
        get()
        #expect(heard.values.count == 4)
        #expect(shelf.fetches == 1)
    }

    @Test(
        "is kept as long as it says, an hour where it doesn't say, and a day at most",
        arguments: [
            (100, 100), (nil, 3_600), (0, 2), (1_000_000, 86_400),
        ] as [(Int?, Int64)])
    func freshness(said: Int?, kept: Int64) {
        get()
        shelf.end(1, freshSeconds: said)
        shelf.nowMs += kept * 1000 - 1
        get()
        #expect(shelf.fetches == 1)
        shelf.nowMs += 1
        get()
        #expect(shelf.fetches == 2)
        shelf.end(2, freshSeconds: said)
        #expect(heard.latest == 2)
    }

    @Test("is fetched anew for what it lacks, but not within the pause")
    func newer() {
        get()
        shelf.end(1, freshSeconds: 3_600)
        shelf.nowMs += 59_999
        getNewer()
        #expect(shelf.fetches == 1)
        #expect(heard.latest == 1)
        shelf.nowMs += 1
        getNewer()
        getNewer()
        #expect(shelf.fetches == 2)
        shelf.end(2, freshSeconds: 3_600)
        #expect(heard.values.suffix(2) == [.success(2), .success(2)])
        getNewer()
        #expect(shelf.fetches == 2)
    }

    @Test("that can't be had is tried again after a moment, and an old one isn't given in its place")
    func failure() {
        get()
        shelf.end(1, freshSeconds: 10)
        shelf.nowMs += 10_000
        get()
        shelf.fail()
        #expect(heard.latest == nil)
        get()
        #expect(shelf.fetches == 2)
        #expect(heard.values.count == 3)
        shelf.nowMs += Limits.providerRetryMs
        get()
        #expect(shelf.fetches == 3)
        shelf.end(2, freshSeconds: 10)
        #expect(heard.latest == 2)
    }
}
