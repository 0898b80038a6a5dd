import Testing

@testable import Bench

@Suite("The running hash of frames")
struct RunningHashTests {
    private func hash(_ frames: [[UInt8]]) -> RunningHash {
        var hash = RunningHash()
        for frame in frames { frame.withUnsafeBytes { hash.update($0) } }
        return hash
    }

    private let frames: [[UInt8]] = [Array(0..<40), Array(40..<61), [], [1]]

    @Test("equal sequences have equal hashes")
    func equal() {
        #expect(hash(frames) == hash(frames))
    }

    @Test("one changed byte anywhere changes the hash", arguments: [0, 7, 8, 31, 32, 39])
    func change(offset: Int) {
        var changed = frames
        changed[0][offset] ^= 1
        #expect(hash(changed) != hash(frames))
    }

    @Test("the order of frames and the borders between them count")
    func borders() {
        #expect(hash([[1, 2], [3]]) != hash([[1], [2, 3]]))
        #expect(hash([[1], [2]]) != hash([[2], [1]]))
        #expect(hash([[0]]) != hash([[0, 0]]))
    }
}
