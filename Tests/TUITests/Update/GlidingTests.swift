import Protocol
import Testing

@testable import TUI

/// Views on their way from one zoom or turn to the next.
@Suite struct GlidingTests {
    static func model(_ easing: Settings.Easing) throws -> Model {
        var model = try SampleModels.playing(columns: 80, rows: 24, width: 600, height: 400)
        model.settings.easing = easing
        return model
    }

    @Test("a zoom is seen on its way, and nothing wants the clock once it is there")
    func eases() throws {
        var model = try Self.model(.eased)
        #expect(model.deadlineMs == nil)
        _ = model.type("+")
        #expect(model.viewport.zoom == .magnified(2))
        var scales = [model.eye.scale]
        var nowMs: Int64 = 60_000
        while let deadline = model.deadlineMs, scales.count < 100 {
            #expect(deadline > nowMs)
            nowMs = deadline
            _ = model.update(.clock, nowMs: nowMs)
            #expect(View.frame(of: model).rows == 24)
            scales.append(model.eye.scale)
        }
        #expect(scales.count > 5 && scales == scales.sorted())
        #expect(scales.first.map { $0 > 1 } ?? false)
        #expect(scales.last == 2 && model.glide == nil)
        #expect(nowMs - 60_000 <= ViewGlide.lengthMs)
    }

    @Test("in steps there are few pictures, and instantly there is one", arguments: [true, false])
    func steps(isReduced: Bool) throws {
        var model = try Self.model(.stepped)
        _ = model.type("+")
        var pictures = 1
        while let deadline = model.deadlineMs, pictures < 100 {
            _ = model.update(.clock, nowMs: deadline)
            pictures += 1
        }
        #expect(pictures == 4)
        model.settings.isMotionReduced = isReduced
        if !isReduced { model.settings.easing = .instant }
        _ = model.type("+")
        #expect(model.glide == nil && model.eye == model.viewport.transform)
    }

    @Test(
        "the pixel under the cursor keeps still while the view zooms and turns",
        arguments: ["+", "-", ".", ">"])
    func anchor(key: String) throws {
        var model = try Self.model(.eased)
        let start = model.eye.middle(of: model.cursor)
        _ = model.type(key)
        while let deadline = model.deadlineMs, model.glide != nil {
            let now = model.eye.middle(of: model.cursor)
            let end = model.viewport.transform.middle(of: model.cursor)
            #expect(abs(now.x - start.x) <= abs(end.x - start.x) + 0.01)
            #expect(abs(now.y - start.y) <= abs(end.y - start.y) + 0.01)
            _ = model.update(.clock, nowMs: deadline)
        }
    }

    @Test("a click on a view that is on its way means the pixel that is seen there")
    func clickOnTheWay() throws {
        var model = try Self.model(.eased)
        _ = model.type("++.")
        _ = model.update(.clock, nowMs: 60_050)
        #expect(model.glide != nil)
        let seen = [0, 1].map { model.eye.pixel(column: 20, halfRow: 12 + $0) }
        let event = MouseEvent(kind: .press(.left), column: 20, row: 7)
        _ = model.update(.input(.mouse(event)), nowMs: 60_050)
        #expect(seen.contains(model.cursor))
    }

    @Test("every picture of a flip is drawn, the flat one in its middle too")
    func flip() throws {
        for easing in [Settings.Easing.eased, .stepped] {
            var model = try Self.model(easing)
            _ = model.type("Y")
            while let deadline = model.deadlineMs, model.glide != nil {
                #expect(View.frame(of: model).columns == 80)
                _ = model.update(.clock, nowMs: deadline)
            }
            #expect(model.viewport.turn.label == "flipped")
        }
    }

    @Test("a drag takes hold of the view where it goes to")
    func drag() throws {
        var model = try Self.model(.eased)
        _ = model.type("+")
        _ = model.mouse(.press(.right), column: 40, row: 11)
        _ = model.mouse(.motion(.right), column: 30, row: 11)
        #expect(model.glide == nil)
    }
}
