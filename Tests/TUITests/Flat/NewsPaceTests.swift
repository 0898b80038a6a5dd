import Protocol
import Testing

@testable import TUI

@Suite struct NewsPaceTests {
    @Test("news are said one a second, in their order")
    func order() {
        var pace = NewsPace()
        for word in ["one", "two"] { pace.add(Announcement(.relay, word, .inTurn)) }
        #expect(pace.take(nowMs: 5_000)?.text == "one")
        #expect(pace.take(nowMs: 5_999) == nil)
        #expect(pace.dueMs == 6_000)
        #expect(pace.take(nowMs: 6_000)?.text == "two")
        #expect(pace.dueMs == nil)
    }

    @Test("what a later word makes old isn't said any more")
    func latest() {
        var pace = NewsPace()
        pace.add(Announcement(.clicks, "Earth is ahead", .latest))
        pace.add(Announcement(.relay, "Ben joined", .inTurn))
        pace.add(Announcement(.clicks, "Mars is ahead", .latest))
        #expect(pace.takeAll().map(\.text) == ["Ben joined", "Mars is ahead"])
    }

    @Test("where too many come the oldest are forgotten, and that is said")
    func tooMany() {
        var pace = NewsPace()
        for number in 1...30 { pace.add(Announcement(.relay, "\(number)", .inTurn)) }
        #expect(pace.take(nowMs: 0)?.line == "news: 22 more things happened")
        #expect(pace.take(nowMs: 1_000)?.text == "23")
    }

    @Test("a single pixel is told with its color, several with where they are")
    func sums() {
        let names = ColorNames(.standard)
        var sum = ChangeSum()
        #expect(sum.take(names) == nil)
        sum.add(Pixel(x: 3, y: 4, color: 7))
        sum.add(Pixel(x: 3, y: 4, color: 4))
        #expect(sum.take(names)?.line == "pixel: 3,4 is black now")
        #expect(sum.isEmpty)
        for x in 0..<12 { sum.add(Pixel(x: 5 + x, y: 20, color: 1)) }
        #expect(sum.take(names)?.line == "pixels: 12 pixels changed near 10,20")
        sum.add(Pixel(x: 0, y: 9, color: 1))
        sum.add(Pixel(x: 900, y: 3, color: 1))
        #expect(sum.take(names)?.line == "pixels: 2 pixels changed between 0,3 and 900,9")
    }
}
