import Engine
import Game
import Protocol
import Testing

@Suite("Admission by load")
struct AdmissionTests {
    private static let late = LoadReading(loopLagUs: 300_000, sentBitsPerSecond: 0)
    private static let full = LoadReading(loopLagUs: 0, sentBitsPerSecond: 3_000_000)
    private static let calm = LoadReading(loopLagUs: 1_000, sentBitsPerSecond: 1_000)

    private func desk() -> Desk {
        var desk = Desk(recovered: Desk.withAccounts()) {
            $0.maxLoopLagMs = 250
            $0.maxSendMbps = 2
        }
        desk.play(1)
        return desk
    }

    /// Gives a reading each half second.
    private func read(_ desk: inout Desk, _ reading: LoadReading, times: Int) -> [LogEvent] {
        var logs: [LogEvent] = []
        for _ in 0..<times {
            desk.run(ms: 500)
            desk.give(.load(reading))
            logs += desk.logs
        }
        return logs
    }

    @Test(
        "pauses promotion and says why, and who plays plays on",
        arguments: [(late, Admission.Pause.loopLag), (full, .sendRate)])
    func pauses(_ reading: LoadReading, _ pause: Admission.Pause) {
        var desk = desk()
        let logs = read(&desk, reading, times: 10)
        #expect(logs == [.admissionPaused(pause)])
        #expect(desk.engine.counts.admissionPause == pause)
        desk.play(2)
        #expect(desk.status(to: 2) == .queued(position: 1, sinceMs: desk.now.wallMs))
        desk.place(1, 0, 0, 1)
        #expect(desk.engine.headVersion == 1)
        desk.say(1, .leave)
        #expect(desk.engine.counts.players == 0, "its place stays free")
        desk.lose(1)
        desk.open(1, on: 10, play: true)
        #expect(desk.engine.queue.map(\.rawValue) == [2, 1])
    }

    @Test("a paused server lets a stalled player resume: that is no promotion")
    func resumesStalled() {
        var desk = desk()
        _ = read(&desk, Self.late, times: 4)
        desk.lose(1)
        desk.open(1, on: 10)
        #expect(desk.status(to: 10) == desk.playing(forMs: 118_000))
    }

    @Test("resumes by itself once load has been calm for a while, and lets in whom it can in order")
    func resumes() {
        var desk = desk()
        _ = read(&desk, Self.late, times: 4)
        desk.play(2)
        desk.play(3)
        var logs = read(&desk, Self.calm, times: 5)
        #expect(logs.isEmpty)
        #expect(desk.engine.queue.map(\.rawValue) == [2, 3])
        logs = read(&desk, Self.calm, times: 1)
        #expect(
            logs == [
                .admissionResumed, .playing(account: Identifier(rawValue: 2)),
                .playing(account: Identifier(rawValue: 3)),
            ])
        #expect(desk.status(to: 3) == desk.playing())
        #expect(desk.engine.counts.admissionPause == nil)
    }

    @Test("load that swings about the limit neither pauses nor resumes it again and again")
    func hysteresis() {
        var desk = desk()
        var logs: [LogEvent] = []
        for _ in 0..<20 {
            logs += read(&desk, Self.late, times: 2)
            logs += read(&desk, Self.calm, times: 2)
        }
        #expect(logs.isEmpty)
        logs += read(&desk, Self.late, times: 4)
        for _ in 0..<20 {
            logs += read(&desk, Self.calm, times: 3)
            logs += read(&desk, Self.late, times: 1)
        }
        #expect(logs == [.admissionPaused(.loopLag)])
    }
}
