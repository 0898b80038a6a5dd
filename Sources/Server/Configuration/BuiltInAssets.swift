import Protocol
import Storage

/// What the program carries: the planets of click games, the words of puzzles, the numbers of arcade games, and
/// what the shop and the ads' page begin with.
struct BuiltInAssets {
    let planets: PlanetCatalog
    let puzzleStock: PuzzleStock
    let arcade: ArcadeRules
    let baseColors: BaseColors
    /// In the order of their files' names, like the ads.
    let skins: [Skin]
    let ads: [Ad]

    /// Reads them; a release whose own assets can't be read was never tested.
    init() {
        do throws(Failure) {
            planets = try PlanetCatalog(json: PackageResources.planets_json)
            puzzleStock = try PuzzleStock(json: PackageResources.words_json)
            arcade = try ArcadeRules(json: PackageResources.arcade_json)
            baseColors = try BaseColors(json: PackageResources.base_colors_json)
            skins = try Self.skins(of: baseColors)
            var ads: [Ad] = []
            for json in Self.adFiles { ads.append(try Ad(json: json)) }
            self.ads = ads
        } catch {
            preconditionFailure("a built-in asset: \(error.message)")
        }
    }

    /// What storage is to have of them.
    var stock: Stock { Stock(baseColors: baseColors, skins: skins, ads: ads) }

    private static func skins(of colors: BaseColors) throws(Failure) -> [Skin] {
        var skins: [Skin] = []
        for json in skinFiles { skins.append(try Skin(json: json, colors: colors)) }
        return skins
    }

    /// Every file of `assets/skins`.
    private static var skinFiles: [[UInt8]] {
        [
            PackageResources.amber_crt_json,
            PackageResources.aurora_json,
            PackageResources.candy_json,
            PackageResources.deep_sea_json,
            PackageResources.first_pixel_json,
            PackageResources.forest_json,
            PackageResources.glacier_json,
            PackageResources.lava_json,
            PackageResources.midas_json,
            PackageResources.neon_night_json,
            PackageResources.noir_json,
            PackageResources.paper_and_ink_json,
            PackageResources.pocket_green_json,
            PackageResources.sakura_json,
            PackageResources.synthwave_json,
        ]
    }

    /// Every file of `assets/ads`.
    private static var adFiles: [[UInt8]] {
        [
            PackageResources.canvas_json,
            PackageResources.click_war_json,
            PackageResources.relays_json,
            PackageResources.shaky_dot_json,
            PackageResources.skin_shop_json,
            PackageResources.winter_canvas_json,
            PackageResources.your_ad_here_json,
        ]
    }
}
