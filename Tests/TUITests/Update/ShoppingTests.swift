import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct ShoppingTests {
    static func skin(_ id: String) throws -> SkinID { try #require(SkinID(rawValue: id)) }

    static func model(
        points: Int = 500, worn: String? = nil, chosen: String? = nil, columns: Int = 80, rows: Int = 24
    ) throws -> Model {
        var model = try SampleModels.playing(columns: columns, rows: rows)
        try model.shop(points: points, worn: worn, chosen: chosen)
        return model
    }

    @Test("the skin that is worn is asked for at the start, and the screen looks like it from then on")
    func start() throws {
        var model = Model(
            purpose: .play, depth: .truecolor, serverName: "x", columns: 80, rows: 24, page: .canvas)
        let commands = model.update(.server(.link(.connected)), nowMs: 0)
        #expect(commands == [.shop(.look)])
        #expect(model.look == nil)
        let offers = try SkinSamples.offers(worn: "lava")
        _ = model.hear(.offers(offers))
        #expect(model.look == offers.first(where: \.isEquipped)?.look)
        #expect(model.look != nil)
        #expect(View.frame(of: model)[0, 0].background != Theme(.truecolor).bar.background)
    }

    @Test("without the offers, or with a skin that isn't among them, the standard look stays")
    func standard() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        let before = View.frame(of: model)
        _ = model.hear(.failed(.look, Failure(.internalError, "no")))
        #expect(model.look == nil)
        _ = model.hear(.offers(try SkinSamples.offers(worn: "no-such-skin")))
        #expect(model.look == nil)
        #expect(View.frame(of: model) == before)
    }

    @Test("watchers, who have no account, ask for no skins")
    func watchers() throws {
        var model = Model(
            purpose: .watch, depth: .truecolor, serverName: "x", columns: 80, rows: 24, page: .canvas)
        #expect(model.update(.server(.link(.watching)), nowMs: 0) == [])
        #expect(model.go(.shop) == [])
        let text = (0..<24).map { GridText.characters(View.frame(of: model), row: $0) }.joined()
        #expect(text.contains("Skins are for players"))
    }

    @Test("buying is asked about first, with the price and what is left, and then done once")
    func buying() throws {
        var model = try Self.model(points: 500, chosen: "deep-sea")
        #expect(model.press([KeyPress(.enter)]) == [])
        #expect(model.shop.step == .buying)
        let text = (0..<24).map { GridText.characters(View.frame(of: model), row: $0) }.joined(
            separator: "\n")
        #expect(text.contains("It costs 350 points."))
        #expect(text.contains("150 points will be left."))
        #expect(model.type("y") == [.shop(.buy(try Self.skin("deep-sea")))])
        #expect(model.type("yy") == [], "points are spent once")
        _ = model.hear(.bought(PurchaseAnswer(skin: try Self.skin("deep-sea"), points: 150)))
        #expect(model.shop.points == 150)
        #expect(model.shop.step == .looking)
        #expect(model.toast?.text == "Deep Sea is yours: Enter wears it")
        #expect(model.press([KeyPress(.enter)]) == [.shop(.wear(try Self.skin("deep-sea")))])
    }

    @Test("what was bought can be worn by Enter only where it is chosen, and only there that is said")
    func boughtElsewhere() throws {
        var model = try Self.model(points: 500, chosen: "deep-sea")
        _ = model.press([KeyPress(.enter), KeyPress("y")])
        var moved = model
        _ = moved.press([KeyPress(.escape), KeyPress(.down)])
        _ = model.go(.canvas)
        for var here in [model, moved] {
            _ = here.hear(.bought(PurchaseAnswer(skin: try Self.skin("deep-sea"), points: 150)))
            #expect(here.toast?.text == "Deep Sea is yours")
        }
    }

    @Test("Esc at the question buys nothing", arguments: [KeyPress(.escape), KeyPress("n")])
    func leaving(press: KeyPress) throws {
        var model = try Self.model(chosen: "deep-sea")
        #expect(model.press([KeyPress(.enter), press]) == [])
        #expect(model.shop.step == .looking && model.page == .shop)
    }

    @Test("who has too few points is told how many, and the server isn't asked")
    func tooFew() throws {
        var model = try Self.model(points: 349, chosen: "deep-sea")
        #expect(model.press([KeyPress(.enter)]) == [])
        #expect(model.shop.step == .looking)
        #expect(model.toast?.text == "1 point too few for Deep Sea")
    }

    @Test("a skin that is owned is worn by Enter, and the standard look by s")
    func wearing() throws {
        var model = try Self.model(chosen: "amber-crt")
        #expect(model.press([KeyPress(.enter)]) == [.shop(.wear(try Self.skin("amber-crt")))])
        #expect(model.look == nil, "nothing changes before the server has said so")
        _ = model.hear(.worn(try Self.skin("amber-crt")))
        #expect(model.look == model.shop.offer?.look)
        #expect(model.look != nil)
        #expect(model.type("s") == [.shop(.wear(nil))])
        _ = model.hear(.worn(nil))
        #expect(model.look == nil)
    }

    @Test("a skin on trial dresses the whole screen until Esc, or until another screen is opened")
    func tryingOn() throws {
        var model = try Self.model(worn: "noir", chosen: "lava")
        let worn = model.look
        _ = model.type("t")
        #expect(model.keyScene == .tryingOn)
        #expect(model.look == model.shop.offer?.look)
        #expect(model.look != worn)
        _ = model.press([KeyPress(.down)])
        #expect(model.shop.offer?.skin.id.rawValue == "midas", "the next one is a key away")
        #expect(model.look == model.shop.offer?.look)
        _ = model.press([KeyPress(.escape)])
        #expect(model.page == .shop && model.look == worn)
        _ = model.type("t")
        _ = model.go(.canvas)
        #expect(model.look == worn)
    }

    @Test(
        "a refusal is told in words, and the skins are asked for anew",
        arguments: [
            (ErrorCode.notEnoughPoints, "You have too few points for it"),
            (.alreadyOwned, "It is yours already"),
            (.storageUnavailable, "The server can't save now; try again soon"),
        ])
    func refused(code: ErrorCode, words: String) throws {
        var model = try Self.model(chosen: "deep-sea")
        _ = model.press([KeyPress(.enter), KeyPress("y")])
        let commands = model.hear(.failed(.buy(try Self.skin("deep-sea")), Failure(code, "no")))
        #expect(model.toast?.text == words)
        #expect(commands == [.shop(.look)], "its answer may have been lost behind the purchase")
        #expect(model.shop.asking == nil && model.shop.step == .looking)
    }

    @Test("a click chooses, a click on the button buys, a click beside the question leaves it")
    func mouse() throws {
        var model = try Self.model()
        let row = try #require(self.row(of: "Deep Sea", model))
        _ = model.mouse(.press(.left), column: 12, row: row)
        #expect(model.shop.offer?.skin.id.rawValue == "deep-sea")
        let button = try #require(ShopLayout(model).buttons.first)
        #expect(model.mouse(.press(.left), column: button.area.column + 2, row: button.area.row) == [])
        #expect(model.shop.step == .buying)
        _ = model.mouse(.press(.left), column: 1, row: 3)
        #expect(model.shop.step == .looking)
        _ = model.press([KeyPress(.enter)])
        let yes = try #require(ShopLayout(model).buttons.first)
        let commands = model.mouse(.press(.left), column: yes.area.column, row: yes.area.row)
        #expect(commands == [.shop(.buy(try Self.skin("deep-sea")))])
    }

    @Test("on a small screen there is the list alone, and a second click on a skin takes it")
    func small() throws {
        var model = try Self.model(columns: 40, rows: 12)
        #expect(ShopLayout(model).scene == nil)
        let row = try #require(self.row(of: "Amber CRT", model))
        _ = model.mouse(.press(.left), column: 12, row: row)
        let again = try #require(self.row(of: "Amber CRT", model))
        let commands = model.mouse(.press(.left), column: 12, row: again)
        #expect(commands == [.shop(.wear(try Self.skin("amber-crt")))])
    }

    @Test("new offers leave the choice on its skin")
    func newOffers() throws {
        var model = try Self.model(chosen: "lava")
        _ = model.hear(.offers(Array(try SkinSamples.offers().dropFirst(2))))
        #expect(model.shop.offer?.skin.id.rawValue == "lava")
        _ = model.hear(.offers([]))
        #expect(model.shop.offer == nil)
    }

    @Test("what moves on the screen wants the clock, and only there")
    func ticks() throws {
        var model = try Self.model(chosen: "lava")
        #expect(model.pageMs == 60_000 / SkinScene.frameMs * SkinScene.frameMs + SkinScene.frameMs)
        _ = model.go(.feedback)
        #expect(model.pageMs == nil)
        model = try Self.model(columns: 40, rows: 12)
        #expect(model.pageMs == nil)
    }

    private func row(of words: String, _ model: Model) -> Int? {
        let frame = View.frame(of: model)
        return (1..<frame.rows - 2).first { GridText.characters(frame, row: $0).contains(words) }
    }
}
