import Testing

@testable import Server

@Suite struct QuantileTests {
    @Test(arguments: [
        (0.5, [10, 0, 0], 50), (0.99, [100, 0, 0], 99), (1, [10, 10, 0], 200), (0.75, [10, 10, 0], 150),
        (0.5, [0, 10, 0], 150), (0.99, [99, 1, 0], 100), (1, [5, 5, 1], 200), (0.99, [0, 0, 3], 200),
        (0.99, [0, 0, 0], 0),
    ])
    func `a quantile lies on straight lines within its bucket, and no higher than the last bound`(
        share: Double, counts: [Int], value: Int
    ) {
        #expect(Quantile.of(share, counts: counts, bounds: [100, 200]) == value)
    }
}
