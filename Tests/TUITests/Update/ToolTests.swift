import Protocol
import Testing

@testable import TUI

@Suite struct ToolTests {
    private static let grace = AccountName(id: Identifier(rawValue: 4_711), name: "Grace")

    static func model(
        purpose: Model.Purpose = .play, columns: Int = 80, rows: Int = 24, width: Int = 400, height: Int = 300
    ) throws -> Model {
        var model = try SampleModels.playing(
            columns: columns, rows: rows, width: width, height: height, purpose: purpose)
        model.settings.isMotionReduced = true
        return model
    }

    private static func answer(_ x: Int, _ y: Int, _ account: AccountName? = grace) -> PixelAnswer {
        PixelAnswer(
            pixel: Pixel(x: x, y: y, color: 3), version: 77, account: account,
            placedAtMs: account.map { _ in 1_700_000_000_000 + 48_000 })
    }

    // MARK: Who placed it

    @Test("w asks who placed the cell once the cursor rests, and again where it comes to rest next")
    func inspect() throws {
        var model = try Self.model()
        let place = model.cursor
        #expect(model.type("w").isEmpty)
        #expect(model.deadlineMs == 60_150)
        #expect(model.update(.clock, nowMs: 60_150) == [.ask(.cell(place))])
        model.report(.canvas(.cell(Self.answer(place.x, place.y))), atMs: 60_160)
        let answer = try #require(model.desk.owners.answer(at: place))
        #expect(model.ageWords(answer) == "12 s ago")
        #expect(model.deadlineMs == 61_000)
        #expect(model.press([KeyPress(.right)], nowMs: 60_900).isEmpty)
        #expect(
            model.update(.clock, nowMs: 61_050) == [.ask(.cell(Place(x: place.x + 1, y: place.y)))])
        _ = model.type("w")
        #expect(model.press([KeyPress(.right)], nowMs: 70_000).isEmpty)
        #expect(model.update(.clock, nowMs: 71_000).isEmpty)
    }

    @Test("without a connection nothing is asked, and nothing waits")
    func offline() throws {
        var model = try Self.model()
        _ = model.type("w")
        model.lose()
        #expect(model.update(.clock, nowMs: 130_000).isEmpty)
        #expect(model.deskMs == nil)
    }

    // MARK: Following

    @Test("f follows whoever placed the cell, asks every two seconds, and goes where the next pixel is")
    func follow() throws {
        var model = try Self.model()
        let place = model.cursor
        _ = model.type("f")
        #expect(model.update(.clock, nowMs: 60_150) == [.ask(.cell(place))])
        #expect(
            model.update(.server(.canvas(.cell(Self.answer(place.x, place.y)))), nowMs: 60_160) == [
                .ask(.latest(of: Self.grace.id))
            ])
        #expect(model.desk.following?.account == Self.grace)
        model.report(.canvas(.latest(Self.answer(300, 200), of: Self.grace.id)), atMs: 60_200)
        #expect(model.cursor == Place(x: 300, y: 200))
        #expect(model.viewport.shows(model.cursor))
        #expect(model.update(.clock, nowMs: 62_159).isEmpty)
        #expect(model.update(.clock, nowMs: 62_160) == [.ask(.latest(of: Self.grace.id))])
        model.report(.canvas(.latest(Self.answer(10, 20), of: Self.grace.id)), atMs: 62_200)
        #expect(model.cursor == Place(x: 10, y: 20))
    }

    @Test("any move of the person's ends following, zooming and painting don't")
    func stop() throws {
        for (keys, stays) in [
            ("+", true), ("3", true), (" ", true), ("h", false), ("J", false), ("c", false),
        ] {
            var model = try Self.model()
            model.desk.following = Following(Self.grace, nowMs: 60_000)
            _ = model.type(keys)
            #expect((model.desk.following != nil) == stays, "\(keys)")
        }
        var model = try Self.model()
        model.desk.following = Following(Self.grace, nowMs: 60_000)
        _ = model.mouse(.motion(.none), column: 3, row: 3)
        #expect(model.desk.following != nil)
        _ = model.mouse(.press(.right), column: 30, row: 13)
        _ = model.mouse(.motion(.right), column: 20, row: 13)
        #expect(model.desk.following == nil)
        model.desk.following = Following(Self.grace, nowMs: 60_000)
        let map = try #require(Placement(model).map?.area)
        _ = model.mouse(.press(.left), column: map.column + 2, row: map.row + 2)
        #expect(model.desk.following == nil)
    }

    @Test("painting with the mouse ends no following, but a tour, as painting with keys does")
    func paint() throws {
        var model = try Self.model()
        model.desk.following = Following(Self.grace, nowMs: 60_000)
        _ = model.mouse(.press(.left), column: 30, row: 13)
        #expect(model.pending.count == 1)
        _ = model.mouse(.press(.left), column: 5, row: model.layout.paletteRow)
        #expect(model.desk.following != nil)
        for isClick in [true, false] {
            model = try Self.model()
            model.desk.tour = Tour(nowMs: 60_000)
            _ = isClick ? model.mouse(.press(.left), column: 30, row: 13) : model.type(" ")
            #expect(model.desk.tour == nil)
        }
    }

    @Test("an answer about somebody else, or about a place outside, moves nothing")
    func strange() throws {
        var model = try Self.model()
        let place = model.cursor
        model.desk.following = Following(Self.grace, nowMs: 60_000)
        model.report(.canvas(.latest(Self.answer(1, 1), of: Identifier(rawValue: 1))), atMs: 60_000)
        model.report(.canvas(.latest(Self.answer(-1, 9_999_999), of: Self.grace.id)), atMs: 60_001)
        #expect(model.cursor == place)
    }

    @Test("who has no pixel isn't followed, a busy server is asked later")
    func refused() throws {
        var model = try Self.model()
        model.desk.following = Following(Self.grace, nowMs: 60_000)
        _ = model.update(.clock, nowMs: 60_000)
        let slow = Failure(.rateLimited, "slow", retryAfterMs: 9_000)
        model.report(.canvas(.failed(.latest(of: Self.grace.id), slow)), atMs: 60_100)
        #expect(model.desk.following?.nextMs == 69_100)
        model.report(.canvas(.failed(.latest(of: Self.grace.id), Failure(.notFound, "none"))), atMs: 70_000)
        #expect(model.desk.following == nil)
        #expect(model.toast?.text == "Grace has no pixel here")
    }

    @Test("F follows by a name that was seen or by an id, and says so where it is neither")
    func followByName() throws {
        var model = try Self.model()
        #expect(model.type("FNobody").isEmpty)
        _ = model.press([KeyPress(.enter)])
        #expect(model.desk.following == nil && model.overlay == .none)
        #expect(model.toast?.kind == .warning)
        _ = model.type("F\(Self.grace.id)")
        #expect(model.press([KeyPress(.enter)]) == [.ask(.latest(of: Self.grace.id))])
        model.report(.canvas(.latest(Self.answer(5, 6), of: Self.grace.id)), atMs: 60_100)
        #expect(model.desk.following?.account.name == "Grace" && model.cursor == Place(x: 5, y: 6))
    }

    // MARK: Places

    @Test("a place that is pasted over the canvas is gone to, anything else is told of")
    func paste() throws {
        var model = try Self.model()
        _ = model.update(.input(.paste(" 12,34\n")), nowMs: 60_000)
        #expect(model.cursor == Place(x: 12, y: 34) && model.viewport.shows(model.cursor))
        for text in [
            "400,1", "1,300", "99999,99999", "q", "\u{1b}[31m", String(repeating: "9", count: 100_000),
        ] {
            _ = model.update(.input(.paste(text)), nowMs: 60_000)
            #expect(model.cursor == Place(x: 12, y: 34))
            #expect(model.toast?.kind == .warning)
        }
        _ = model.type("g5 6")
        _ = model.press([KeyPress(.enter)])
        #expect(model.cursor == Place(x: 5, y: 6))
    }

    @Test(
        "whoever goes to a place follows nobody any more, whichever way they went",
        arguments: ["prompt", "palette", "paste", "bookmark"])
    func goes(way: String) throws {
        var model = try Self.model()
        let bookmark = try #require(Bookmark(name: "here", x: 12, y: 34))
        _ = model.desk.bookmarks.add(bookmark)
        let from = model.cursor
        model.settings.easing = .eased
        model.settings.isMotionReduced = false
        switch way {
        case "paste": break
        case "bookmark": _ = model.type("B")
        case "palette":
            _ = model.press([KeyPress(.character("p"), .control)])
            _ = model.type("12,34")
        default: _ = model.type("g12,34")
        }
        model.desk.following = Following(Self.grace, nowMs: 60_000)
        model.desk.tour = Tour(nowMs: 60_000)
        if way == "paste" {
            _ = model.update(.input(.paste("12,34")), nowMs: 60_000)
        } else {
            _ = model.press([KeyPress(.enter)])
        }
        #expect(model.desk.following == nil && model.desk.tour == nil)
        #expect(from != model.cursor && model.cursor == Place(x: 12, y: 34))
        #expect(model.glide != nil, "the way there is seen")
    }

    @Test("y copies the cursor's place")
    func copy() throws {
        var model = try Self.model()
        _ = model.update(.input(.paste("12,34")), nowMs: 60_000)
        #expect(model.type("y") == [.copy("12,34")])
        #expect(model.toast?.text == "Copied 12,34")
    }

    // MARK: Lenses

    @Test("untouched cells are asked for when they are looked at, once, and again after a gap")
    func touched() throws {
        var model = try Self.model()
        #expect(model.type("v").isEmpty)
        #expect(model.type("v") == [.ask(.touched)])
        #expect(model.update(.clock, nowMs: 61_000).isEmpty)
        model.report(
            .canvas(.touched(CellMask(size: try #require(model.canvas).size), epoch: 1)), atMs: 61_000)
        #expect(model.type("vvv").isEmpty)
        let image = try SampleModels.image(width: 400, height: 300)
        #expect(
            model.update(.server(.replaced(image, epoch: 1, version: 9_000)), nowMs: 62_000) == [
                .ask(.touched)
            ])
    }

    @Test("of a canvas that was reset nothing is known: no heat, no touched cells, nothing to take back")
    func reset() throws {
        var model = try Self.model()
        let size = try #require(model.canvas).size
        let image = try SampleModels.image(width: 400, height: 300)
        func isUntouched(_ x: Int, _ y: Int) -> Bool {
            model.desk.touched?.untouchedPercent(at: Place(x: x, y: y), squaresAtLeast: 1) == 100
        }
        _ = model.type("vv ")
        let place = model.cursor
        model.report(.placed(request: 1, version: 1_300), atMs: 60_050)
        model.report(
            .changed([Pixel(x: place.x, y: place.y, color: model.color)], version: 1_300), atMs: 60_060)
        var mask = CellMask(size: size)
        mask[size.cell(x: 9, y: 9)] = true
        model.report(.canvas(.touched(mask, epoch: 1)), atMs: 60_070)
        // The same canvas whole: what is known of it stays.
        model.report(.replaced(image, epoch: 1, version: 1_301), atMs: 60_080)
        #expect(!isUntouched(9, 9) && !isUntouched(place.x, place.y))
        #expect(model.desk.heat?.isWarm(nowMs: 60_080) == true)
        #expect(model.desk.undo.untilMs(nowMs: 60_080) != nil)
        #expect(
            model.update(.server(.replaced(image, epoch: 2, version: 1_302)), nowMs: 60_090)
                == [.ask(.touched)])
        #expect(isUntouched(9, 9) && isUntouched(place.x, place.y))
        #expect(model.desk.heat?.isWarm(nowMs: 60_090) == false)
        #expect(model.desk.undo.untilMs(nowMs: 60_090) == nil)
        // An answer of before the reset comes late.
        #expect(model.update(.server(.canvas(.touched(mask, epoch: 1))), nowMs: 60_100).isEmpty)
        #expect(isUntouched(9, 9) && model.desk.touched?.knowledge == .asking(sinceMs: 60_090))
        model.report(.canvas(.touched(mask, epoch: 2)), atMs: 60_110)
        #expect(!isUntouched(9, 9) && model.desk.touched?.knowledge == .whole)
    }

    @Test("a cooldown is waited out, another refusal is told and not asked again")
    func touchedRefused() throws {
        var model = try Self.model()
        _ = model.type("vv")
        let cooling = Failure(.cooldown, "wait", retryAfterMs: 4_000)
        model.report(.canvas(.failed(.touched, cooling)), atMs: 60_100)
        #expect(model.deskMs == 64_100)
        #expect(model.update(.clock, nowMs: 64_100) == [.ask(.touched)])
        model.report(.canvas(.failed(.touched, Failure(.notFound, "no such path"))), atMs: 64_200)
        #expect(model.deskMs == nil)
        #expect(model.update(.clock, nowMs: 90_000).isEmpty)
    }

    @Test("nothing ticks while nothing on the canvas changes by time")
    func idle() throws {
        var model = try Self.model()
        #expect(model.deskMs == nil)
        _ = model.type("v")
        #expect(model.deskMs == nil)
        model.report(.changed([Pixel(x: 1, y: 1, color: 1)], version: 1_300), atMs: 60_000)
        #expect(model.deskMs == 62_000)
        _ = model.update(.clock, nowMs: 660_000)
        #expect(model.deskMs == nil)
    }

    // MARK: Touring

    @Test("a tour goes to where pixels come, every eight seconds, until a key is pressed")
    func tour() throws {
        var model = try Self.model(purpose: .watch)
        for _ in 0..<3 {
            model.report(.changed([Pixel(x: 390, y: 290, color: 1)], version: 1_300), atMs: 60_000)
        }
        model.report(.changed([Pixel(x: 20, y: 20, color: 1)], version: 1_301), atMs: 60_000)
        _ = model.type("a")
        #expect(model.cursor == Place(x: 392, y: 296))
        #expect(model.deskMs == 68_000)
        _ = model.update(.clock, nowMs: 68_000)
        #expect(model.cursor == Place(x: 24, y: 24))
        _ = model.mouse(.motion(.none), column: 3, row: 3)
        #expect(model.desk.tour != nil)
        _ = model.type("l")
        #expect(model.desk.tour == nil && model.deskMs == nil)
    }

    @Test("a tour doesn't go on when the canvas is come back to")
    func leftTour() throws {
        var model = try Self.model(purpose: .watch)
        model.report(.changed([Pixel(x: 20, y: 20, color: 1)], version: 1_301), atMs: 60_000)
        _ = model.type("a")
        #expect(model.desk.tour != nil)
        _ = model.press([KeyPress(.function(9))])
        #expect(model.page == .home && model.desk.tour == nil)
        _ = model.press([KeyPress(.function(2))])
        #expect(model.page == .canvas && model.desk.tour == nil)
    }

    // MARK: Undo

    @Test("after a pixel the seconds are counted in which it can be taken back")
    func undo() throws {
        var model = try Self.model()
        _ = model.type(" ")
        #expect(model.desk.undo.untilMs(nowMs: 60_000) == nil)
        model.report(.placed(request: 1, version: 1_300), atMs: 60_050)
        #expect(model.desk.undo.untilMs(nowMs: 60_050) == 65_000)
        #expect(model.deskMs == 61_000)
        _ = model.type("u")
        model.report(.placed(request: 2, version: 1_301), atMs: 60_100)
        #expect(model.desk.undo.untilMs(nowMs: 60_100) == nil)
        _ = model.type(" ")
        model.report(.placed(request: 3, version: 1_302), atMs: 60_200)
        model.report(.refused(request: 4, Failure(.nothingToUndo, "nothing")), atMs: 60_300)
        #expect(model.desk.undo.untilMs(nowMs: 60_300) == nil)
    }
}
