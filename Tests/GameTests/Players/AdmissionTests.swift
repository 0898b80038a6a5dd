import Protocol
import Testing

@testable import Game

@Suite("Admission by load")
struct AdmissionTests {
    private static let lagLimitUs: Int64 = 100_000
    private static let sendLimit: Int64 = 1_000_000

    private static let calm = LoadReading(loopLagUs: 80_000, sentBitsPerSecond: 800_000)
    private static let between = LoadReading(loopLagUs: 80_001, sentBitsPerSecond: 0)
    private static let late = LoadReading(loopLagUs: 100_001, sentBitsPerSecond: 0)
    private static let full = LoadReading(loopLagUs: 0, sentBitsPerSecond: 1_000_001)

    private func admission() -> Admission {
        Admission(maxLoopLagUs: Self.lagLimitUs, maxSentBitsPerSecond: Self.sendLimit)
    }

    @Test("closes once every reading of two seconds is over a limit, and says which")
    func closes() {
        for (reading, pause) in [(Self.late, Admission.Pause.loopLag), (Self.full, .sendRate)] {
            var admission = admission()
            for _ in 1..<4 {
                let changed = admission.take(reading)
                #expect(!changed)
                #expect(admission.pause == nil)
            }
            let changed = admission.take(reading)
            #expect(changed)
            #expect(admission.pause == pause)
            let changesAgain = admission.take(reading)
            #expect(!changesAgain, "it is told once")
        }
    }

    @Test("a single reading within the limits starts the count anew")
    func interrupted() {
        var admission = admission()
        for _ in 0..<5 {
            for _ in 0..<3 { _ = admission.take(Self.late) }
            _ = admission.take(LoadReading(loopLagUs: Self.lagLimitUs, sentBitsPerSecond: Self.sendLimit))
        }
        #expect(admission.pause == nil)
    }

    @Test("opens again only once every reading of three seconds is well below all limits")
    func opens() {
        var admission = admission()
        for _ in 0..<4 { _ = admission.take(Self.late) }
        for _ in 0..<20 { _ = admission.take(Self.between) }
        #expect(admission.pause == .loopLag, "just below the limit isn't calm")
        for _ in 0..<5 { _ = admission.take(Self.calm) }
        _ = admission.take(Self.full)
        for _ in 0..<5 {
            let changed = admission.take(Self.calm)
            #expect(!changed)
        }
        #expect(admission.pause == .loopLag)
        let changed = admission.take(Self.calm)
        #expect(changed)
        #expect(admission.pause == nil)
    }

    @Test("a limit of 0 is none")
    func unlimited() {
        var admission = Admission(maxLoopLagUs: 0, maxSentBitsPerSecond: 0)
        for _ in 0..<20 {
            let changed = admission.take(LoadReading(loopLagUs: .max / 4, sentBitsPerSecond: .max / 4))
            #expect(!changed)
        }
        #expect(admission.pause == nil)
    }
}
