import Testing

@testable import Bench

@Suite("Finding frames in a stream")
struct FrameScannerTests {
    private func next(_ bytes: [UInt8], at offset: Int = 0) -> FrameScanner.Outcome {
        bytes.withUnsafeBytes { FrameScanner.next(in: $0, at: offset) }
    }

    @Test(
        "a frame is found with its payload, whatever form its length has",
        arguments: [0, 1, 125, 126, 65_535, 65_536])
    func lengths(count: Int) {
        var head: [UInt8] = [0x82]
        switch count {
        case ..<126: head.append(UInt8(count))
        case ..<65_536: head += [126, UInt8(count >> 8), UInt8(count & 255)]
        default: head += [127, 0, 0, 0, 0] + [24, 16, 8, 0].map { UInt8(count >> $0 & 255) }
        }
        let bytes = head + [UInt8](repeating: 7, count: count)
        let frame = FrameScanner.Frame(opcode: 2, isFinal: true, payloadStart: head.count, end: bytes.count)
        #expect(next(bytes) == .frame(frame))
        #expect(next(Array(bytes.dropLast())) == .incomplete)
    }

    @Test("two frames in one buffer are found one after the other")
    func sequence() {
        let bytes: [UInt8] = [0x81, 2, 65, 66, 0x88, 2, 0x03, 0xE8]
        #expect(next(bytes) == .frame(.init(opcode: 1, isFinal: true, payloadStart: 2, end: 4)))
        #expect(next(bytes, at: 4) == .frame(.init(opcode: 8, isFinal: true, payloadStart: 6, end: 8)))
        #expect(next(bytes, at: 8) == .incomplete)
    }

    @Test(
        "a masked frame, a reserved bit and an absurd length are malformed",
        arguments: [
            [0x82, 0x81, 0, 0, 0, 0, 1], [0xC2, 1, 0], [0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0],
        ])
    func malformed(bytes: [UInt8]) {
        #expect(next(bytes) == .malformed)
    }

    @Test("a client's frame is masked with zeros and holds its payload", arguments: [0, 125, 126, 4_000])
    func clientFrame(count: Int) {
        let payload = [UInt8](repeating: 9, count: count)
        let frame = FrameScanner.clientFrame(opcode: 1, payload: payload)
        #expect(frame[0] == 0x81)
        #expect(frame[1] & 0x80 != 0)
        #expect(Array(frame.suffix(count)) == payload)
        #expect(frame.count == count + (count < 126 ? 6 : 8))
    }
}
