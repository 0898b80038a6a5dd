import Foundation
import Protocol
import Raster
import Testing

@testable import TUI

/// The skins and base colors of the assets, as a server would offer them.
enum SkinSamples {
    static let colors: BaseColors? = try? BaseColors(json: PackageResources.base_colors_json)

    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "assets/skins")

    /// A skin's file.
    static func file(_ id: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: directory.appending(path: "\(id).json")))
    }

    /// All skins of the assets, in the order of their files' names.
    static func all() throws -> [Skin] {
        let colors = try #require(colors)
        return try FileManager.default.contentsOfDirectory(atPath: directory.path()).sorted()
            .filter { $0.hasSuffix(".json") }
            .map { try Skin(json: try file(String($0.dropLast(5))), colors: colors) }
    }

    /// The skins as offers: one worn, some owned.
    static func offers(
        worn: String? = "aurora", owned: [String] = ["first-pixel", "amber-crt"]
    ) throws -> [SkinOffer] {
        let colors = try #require(colors)
        return try all().map { skin in
            let isWorn = skin.id.rawValue == worn
            return try #require(
                SkinOffer(
                    skin, in: colors, isOwned: isWorn || owned.contains(skin.id.rawValue), isEquipped: isWorn)
            )
        }
    }
}

extension Model {
    mutating func hear(_ report: ShopReport, atMs: Int64 = 60_000) -> [Command] {
        update(.server(.shop(report)), nowMs: atMs)
    }

    mutating func hear(_ report: FeedbackReport, atMs: Int64 = 60_000) -> [Command] {
        update(.server(.feedback(report)), nowMs: atMs)
    }

    /// In the shop, with points and the assets' skins, a skin chosen.
    mutating func shop(
        points: Int = 500, worn: String? = nil, owned: [String] = ["first-pixel", "amber-crt"],
        chosen: String? = nil
    ) throws {
        _ = go(.shop)
        let me = MeAnswer(
            account: GameSamples.account(0), status: .playing, points: points, roles: ["player"])
        _ = update(.server(.profile(me)), nowMs: 60_000)
        _ = hear(.offers(try SkinSamples.offers(worn: worn, owned: owned)))
        choose(chosen)
    }

    /// Goes to a skin of the list; none is the standard look.
    mutating func choose(_ skin: String?) {
        let index = shop.offers?.firstIndex { $0.skin.id.rawValue == skin }.map { $0 + 1 } ?? 0
        _ = press([KeyPress(.home)] + [KeyPress](repeating: KeyPress(.down), count: index))
    }
}
