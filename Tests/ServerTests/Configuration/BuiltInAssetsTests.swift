import Engine
import Protocol
import Storage
import Testing

@testable import Server

@Suite struct BuiltInAssetsTests {
    private let assets = BuiltInAssets()

    @Test func `every skin and every ad of the project is built in`() throws {
        #expect(assets.skins.map { "\($0.id).json" }.sorted() == (try assetNames(in: "skins")))
        #expect(assets.ads.map { "\($0.id).json" }.sorted() == (try assetNames(in: "ads")))
        #expect(assets.skins.count >= 12)
    }

    @Test func `what is built in is what the files say`() throws {
        for skin in assets.skins {
            #expect(try Skin(json: asset("skins/\(skin.id).json"), colors: assets.baseColors) == skin)
        }
        for ad in assets.ads { #expect(try Ad(json: asset("ads/\(ad.id).json")) == ad) }
        #expect(try BaseColors(json: asset("base_colors.json")) == assets.baseColors)
        #expect(try ArcadeRules(json: asset("arcade.json")) == assets.arcade)
    }

    @Test func `all of it is storage's to keep`() {
        let stock = Stock(baseColors: assets.baseColors, skins: assets.skins, ads: assets.ads)
        #expect(assets.stock == stock)
    }

    @Test func `the engine gets the colors, the arcade's numbers and the login bonus`() throws {
        let configuration = try #require(ServerConfiguration.sample(in: "/d"))
        let engine = configuration.engine(palette: .standard, assets)
        #expect(engine.baseColors == assets.baseColors)
        #expect(engine.arcade == assets.arcade)
        #expect(engine.arcade.loginBonus.first > 0)
        var rules = ArcadeRules.standard
        rules.loginBonus.first = 7
        #expect(configuration.engine(palette: .standard, arcade: rules, assets).arcade == rules)
    }
}

extension ServerConfiguration {
    /// The defaults, with a small canvas.
    static func sample(in directory: String) -> ServerConfiguration? {
        CanvasSize(width: 8, height: 8).map { ServerConfiguration(dataDirectory: directory, canvasSize: $0) }
    }
}
