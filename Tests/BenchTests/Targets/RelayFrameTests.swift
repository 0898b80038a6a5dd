import Protocol
import Testing

@testable import Bench

@Suite("What frames mean to members of a relay's room")
struct RelayFrameTests {
    private let relay = Identifier(rawValue: 77)
    private let ann = AccountName(id: Identifier(rawValue: 1), name: "Ann")
    private let puzzle = PuzzleView(
        id: Identifier(rawValue: 5), type: .arithmetic, data: .arithmetic(expression: "1 + 2"), worth: 10)

    private func bytes(_ kind: RelayEvent.Kind, replyTo: Int? = nil) -> [UInt8] {
        MessageCodec.binary.encode(
            ServerEnvelope(replyTo: replyTo, .relay(RelayEvent(relay: relay, kind))))
    }

    private func frame(_ bytes: [UInt8]) -> RelayFrame? { bytes.withUnsafeBytes { RelayFrame($0) } }

    private func publicHash(_ bytes: [UInt8]) -> UInt64? {
        bytes.withUnsafeBytes { payload in RelayFrame(payload)?.publicHash(of: payload) }
    }

    @Test("a decay tells the time that is left, another change of points doesn't count as one")
    func decay() {
        let ring = [RelayPlayer(account: ann, points: 40, isActive: true, solves: 2)]
        for leftMs in [0, 7, 299_000, 86_400_000] {
            #expect(frame(bytes(.pointsChanged(.decay, ring, leftMs: leftMs))) == .decay(leftMs: leftMs))
        }
        #expect(frame(bytes(.pointsChanged(.award, ring, leftMs: 5))) == .other)
        #expect(frame(bytes(.pointsChanged(.penalty, ring, leftMs: 5))) == .other)
    }

    @Test("a verdict tells whose answer it was, and an assignment comes with its puzzle")
    func verdicts() {
        let verdict = RelayFrame.verdict(account: ann.id, puzzle: puzzle.id)
        #expect(frame(bytes(.solved(by: ann, puzzle: puzzle.id, worth: 3, awardedTo: ann))) == verdict)
        #expect(frame(bytes(.failed(by: ann, puzzle: puzzle.id, penalty: 5))) == verdict)
        #expect(frame(bytes(.assigned(to: ann, puzzle))) == .assigned(account: ann.id, puzzle))
    }

    @Test("the state comes first, and what is no event of a room is none")
    func others() {
        let view = RelayView(
            relay: relay, code: RelayCode(random: 8), status: .waiting, players: [], options: RelayOptions(),
            leftMs: 1)
        #expect(frame(bytes(.state(view, puzzle: nil))) == .state)
        #expect(frame(bytes(.started(view))) == .other)
        #expect(frame(bytes(.eliminated(ann))) == .other)
        #expect(frame(bytes(.eliminated(ann), replyTo: 3)) == nil)
        #expect(frame(MessageCodec.binary.encode(ServerEnvelope(.ok))) == nil)
        let totals = ClickGameView(
            game: relay, status: .active, startsAtMs: 0, endsAtMs: 1, planets: [], winner: nil)
        #expect(frame(MessageCodec.binary.encode(ServerEnvelope(.clickTotals(totals)))) == nil)
        #expect(frame([]) == nil)
    }

    @Test("everyone hears an assignment alike but for the puzzle's data, and another one otherwise")
    func hashes() {
        let own = publicHash(bytes(.assigned(to: ann, puzzle)))
        #expect(own != nil)
        #expect(own == publicHash(bytes(.assigned(to: ann, puzzle.withoutData))))
        var harder = puzzle
        harder.worth = 11
        #expect(own != publicHash(bytes(.assigned(to: ann, harder))))
        #expect(publicHash(bytes(.eliminated(ann))) == publicHash(bytes(.eliminated(ann))))
    }
}
