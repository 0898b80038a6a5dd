import Arguments
import Client
import Protocol
import Testing

@testable import TUI

@Suite("An order for a film")
struct FilmOrderTests {
    private static func order(_ words: [String]) throws(ArgumentList.UsageError) -> FilmOrder? {
        let invocation = try Invocation.parse(["pixelwars", "export"] + words) { _ in nil }
        if case .timelapse(let program) = invocation { return program.order }
        return nil
    }

    @Test("has the standard speed of its kind of file, all that is kept, and as many pixels as a screen")
    func standard() throws {
        let film = try #require(try Self.order(["--timelapse", "a.MP4"]))
        #expect(film.format == .mp4 && film.framesPerSecond == 30 && film.length == .seconds(20))
        #expect(film.from == nil && film.to == nil && film.epoch == nil && film.scale == nil && !film.force)
        let gif = try #require(try Self.order(["--timelapse", "b.c.gif", "http://127.0.0.1:9"]))
        #expect(gif.format == .gif && gif.framesPerSecond == 20)
    }

    @Test("takes versions, times and days, and a length by frames or seconds")
    func chosen() throws {
        let film = try #require(
            try Self.order([
                "--timelapse", "a.mp4", "--from", "12", "--to", "1970-01-02", "--epoch", "3", "--fps", "60",
                "--scale", "4", "--versions-per-frame", "50", "--force",
            ]))
        #expect(film.from == .version(12) && film.to == .time(ms: 86_400_000))
        #expect(film.epoch == 3 && film.framesPerSecond == 60 && film.scale == 4 && film.force)
        #expect(film.length == .versionsPerFrame(50))
        let other = try #require(
            try Self.order(["--timelapse", "a.gif", "--from", "1970-01-01T00:00:01+00:00", "--seconds", "7"]))
        #expect(other.from == .time(ms: 1_000) && other.length == .seconds(7))
    }

    @Test(
        "that can't be is refused by the option's name",
        arguments: [
            (["--timelapse", "a.avi"], "--timelapse"), (["--timelapse", "gif"], "--timelapse"),
            (["--timelapse", "a.mp4", "--from", "-1"], "--from"),
            (["--timelapse", "a.mp4", "--to", "soon"], "--to"),
            (["--timelapse", "a.gif", "--fps", "51"], "--fps"),
            (["--timelapse", "a.mp4", "--fps", "0"], "--fps"),
            (["--timelapse", "a.mp4", "--scale", "65"], "--scale"),
            (["--timelapse", "a.mp4", "--seconds", "5", "--versions-per-frame", "2"], "--seconds"),
            (["a.png", "--fps", "3"], "--fps"), (["a.png", "--force"], "--force"),
            (["--timelapse", "a.mp4", "http://127.0.0.1:9", "more"], "more"),
        ])
    func refused(words: [String], option: String) {
        let error = #expect(throws: ArgumentList.UsageError.self) { try Self.order(words) }
        #expect(error?.message.contains(option) == true, "\(error?.message ?? "")")
    }

    @Test("a picture is still a picture")
    func picture() throws {
        #expect(try Self.order(["a.png"]) == nil)
    }
}
