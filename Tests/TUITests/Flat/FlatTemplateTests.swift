import Protocol
import Testing

@testable import TUI

@Suite struct FlatTemplateTests {
    @Test("a picture is painted pixel by pixel, each with its color chosen, until it is done")
    func painting() throws {
        var sample = try FlatSample.playing()
        sample.say("template art/two.png@10,10")
        let order = try #require(TemplateOrder("art/two.png@10,10"))
        #expect(sample.commands == [.desk(.read(order, .standard))])
        let template = Template(
            name: "two.png", origin: Place(x: 10, y: 10), width: 2, height: 1, cells: [4, 7])
        sample.hear(.canvas(.template(template)))
        #expect(sample.said == ["news: two.png: say next to go to a wrong pixel"])
        sample.say("next")
        #expect(sample.said.last == "cursor: 11,10 white, should be red, which is chosen")
        sample.say("place")
        #expect(sample.commands.last == .place(request: 1, Pixel(x: 11, y: 10, color: 7)))
        sample.hear(.placed(request: 1, version: 13))
        sample.hear(.changed([Pixel(x: 11, y: 10, color: 7)], version: 13))
        sample.say("progress")
        #expect(
            sample.said.suffix(2) == [
                "template: 1 of 2 pixels are right", "template: black: 1 missing",
            ])
        sample.say("next")
        #expect(sample.said.last == "cursor: 10,10 white, should be black, which is chosen")
        sample.hear(.changed([Pixel(x: 10, y: 10, color: 4)], version: 14))
        sample.say("next")
        #expect(sample.said.last == "news: two.png is done")
        sample.say("template")
        sample.say("progress")
        #expect(
            sample.said.suffix(2) == [
                "news: No template now", "warning: No template: say template and a file",
            ])
    }

    @Test("a file that is no picture is told, and the next line goes on")
    func refused() throws {
        var sample = try FlatSample.playing()
        sample.say("template nothing.png")
        sample.say("next")
        sample.hear(.canvas(.templateRefused("nothing.png: No such file or directory")))
        #expect(
            sample.said == [
                "error: nothing.png: No such file or directory",
                "warning: No template: say template and a file",
            ])
    }
}
