import Client
import Protocol
import Testing

@Suite("A film's plan")
struct FilmPlanTests {
    @Test(
        "begins with its first version, ends with its last, and goes forward evenly",
        arguments: [
            (0, 0, 1), (5, 5, 1), (0, 10, 11), (7, 1_000_007, 600), (0, 599, 600), (3, 602, 600),
            (0, 600, 600),
            (1, 9_000_000_000_000, 600),
        ] as [(Version, Version, Int)])
    func evenly(from: Version, to: Version, frames: Int) {
        let plan = FilmPlan(from: from, to: to, length: .seconds(20), framesPerSecond: 30)
        #expect(plan.frameCount == frames)
        let versions = (0..<plan.frameCount).map { plan.version(ofFrame: $0) }
        #expect(versions.first == (frames == 1 ? to : from) && versions.last == to)
        let steps = zip(versions.dropFirst(), versions).map { $0 - $1 }
        #expect(steps.allSatisfy { $0 > 0 })
        #expect((steps.max() ?? 0) - (steps.min() ?? 0) <= 1)
    }

    @Test("shows every Nth version where that was asked for, and the last one in any case")
    func versionsPerFrame() {
        let plan = FilmPlan(from: 10, to: 110, length: .versionsPerFrame(30), framesPerSecond: 30)
        #expect(plan.frameCount == 5)
        #expect(plan.version(ofFrame: 0) == 10 && plan.version(ofFrame: 4) == 110)
        let each = FilmPlan(from: 10, to: 110, length: .versionsPerFrame(1), framesPerSecond: 30)
        #expect((0..<each.frameCount).map { each.version(ofFrame: $0) } == Array(10...110))
    }

    @Test(
        "fits a screen unless told otherwise",
        arguments: [(1_000, 1_000, 1), (100, 50, 19), (4, 4, 64), (5_000, 9, 1)])
    func scale(width: Int, height: Int, scale: Int) throws {
        #expect(FilmPlan.standardScale(of: try #require(CanvasSize(width: width, height: height))) == scale)
    }

    @Test("counts as many versions as a server may say there are")
    func farVersions() {
        let plan = FilmPlan(
            from: 0, to: Limits.maxVersion - 1, length: .versionsPerFrame(2), framesPerSecond: 30)
        #expect(plan.version(ofFrame: plan.frameCount - 1) == plan.to)
        #expect(plan.version(ofFrame: plan.frameCount / 2) - plan.to / 2 <= 2)
    }
}
