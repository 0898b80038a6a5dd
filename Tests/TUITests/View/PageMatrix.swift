import Protocol
import Raster
import Testing

@testable import TUI

/// Every page at its most usual, once for the golden frames and for whatever must hold on all of them.
enum PageMatrix {
    /// A page, and how one comes to it as a player on a canvas.
    struct Page: Sendable, CustomTestStringConvertible {
        var name: String
        var prepare: @Sendable (inout Model) throws -> Void = { _ in }
        var testDescription: String { name }

        /// The page on a screen of a size.
        func model(columns: Int, rows: Int, look: Look = .truecolor) throws -> Model {
            var model = try SampleModels.playing(columns: columns, rows: rows, depth: look.depth)
            model.charset = look.charset
            model.settings.theme = look.theme
            try prepare(&model)
            return model
        }
    }

    /// What a terminal shows, and what a person wishes of it.
    struct Look: Hashable, Sendable, CustomTestStringConvertible {
        var name: String
        var depth: ColorDepth
        var charset = Charset.unicode
        var theme = Settings.ThemeWish.auto
        var testDescription: String { name }

        static let truecolor = Look(name: "truecolor", depth: .truecolor)
        static let ascii = Look(name: "ascii", depth: .monochrome, charset: .ascii)
    }

    /// A page on a terminal of a size: a picture to compare.
    struct Frame: Sendable, CustomTestStringConvertible {
        var name: String
        var columns: Int
        var rows: Int
        var look: Look
        var page: Page?
        var testDescription: String { "\(name)-\(columns)x\(rows)-\(look.name)" }
    }

    static let sizes = [(40, 20), (80, 24), (120, 40)]

    static let looks: [Look] = [
        .truecolor, Look(name: "256", depth: .ansi256), Look(name: "16", depth: .ansi16),
        Look(name: "mono", depth: .monochrome), .ascii,
    ]

    static let tones: [Look] = [
        Look(name: "light-truecolor", depth: .truecolor, theme: .light),
        Look(name: "light-16", depth: .ansi16, theme: .light),
        Look(name: "contrast-truecolor", depth: .truecolor, theme: .contrast),
    ]

    static let pages: [Page] =
        [
            Page(name: "home") { try welcome(&$0) },
            Page(name: "canvas") { _ = $0.type("g40,30") + $0.press([KeyPress(.enter)]) },
            Page(name: "clicks") { $0.clickWar() },
            Page(name: "lobby") {
                _ = $0.go(.relays)
                _ = $0.hear(.list(try relays()))
            },
            Page(name: "waiting") {
                _ = $0.go(.relays)
                _ = $0.hear(.entered(try GameSamples.view(.waiting, points: [100, 100, 100])))
            },
            Page(name: "race") {
                try $0.relay([87, 40, 61, 12, 0])
                $0.relayGoesOn([87, 40, 61, 12, 0])
            },
            Page(name: "result") {
                try $0.relay([87, 40, 61, 12, 0])
                let award = RelayAward(account: GameSamples.account(0), profilePoints: 30)
                _ = $0.hear(.ended(.time, GameSamples.players([57, 0, 21, 0, 0]), awards: [award]))
            },
            Page(name: "arcade") {
                _ = $0.update(.server(.profile(ArcadeSamples.profile())), nowMs: 60_000)
                _ = $0.go(.arcade)
                $0.hear(.board(ArcadeSamples.board(.dot, scores: ArcadeSamples.hits)))
            },
            Page(name: "run") {
                $0.run($0.columns < 60 ? .steps : .dot)
                $0.hit(atMs: 61_000, seed: 7)
                _ = $0.update(.clock, nowMs: 62_900)
            },
            Page(name: "outcome") {
                $0.run($0.columns < 60 ? .steps : .dot)
                $0.hear(
                    .ended(
                        $0.columns < 60
                            ? ArcadeSamples.result(.steps, .completed, score: 24_370, rank: 1, points: 126)
                            : ArcadeSamples.result(.dot, .time, score: 42, rank: 1, percent: 300, points: 126)
                    ),
                    atMs: 90_100)
                _ = $0.update(.clock, nowMs: 91_500)
            },
            Page(name: "shop") { try $0.shop(points: 500, chosen: "aurora") },
            Page(name: "feedback") {
                _ = $0.go(.feedback)
                let words = "The last push decides, and nobody sees it coming. 日本語の惑星 would be nice."
                _ = $0.update(.input(.paste(words)), nowMs: 60_000)
            },
            Page(name: "boards") {
                _ = $0.go(.boards)
                let board = ArcadeSamples.board(.dot, scores: ArcadeSamples.hits)
                _ = $0.update(.server(.boards(.board(board))), nowMs: 60_000)
            },
            Page(name: "settings") { _ = $0.open(.settings) },
            Page(name: "about") { _ = $0.open(.about) },
            Page(name: "ad") {
                $0.meetAds()
                _ = $0.go(.clicks)
                $0.hearAd(try ArcadeSamples.ad(ArcadeSamples.pictureAd))
            },
            Page(name: "help") { _ = $0.press([KeyPress(.function(1))]) },
        ] + SignInSamples.pages + ReplayScenes.pages + AdminScenes.pages

    /// Every page, the studio too, in all depths and sizes; then the pages that have most colors, in the other tones.
    static let frames: [Frame] = {
        let all = pages.map { ($0.name, Optional($0)) } + [("studio", nil)]
        var frames: [Frame] = []
        for (name, page) in all {
            for look in looks {
                frames += sizes.map { Frame(name: name, columns: $0, rows: $1, look: look, page: page) }
            }
        }
        for page in pages
        where ["home", "canvas", "clicks", "race", "shop", "sign-in-pending"].contains(page.name) {
            frames += tones.map { Frame(name: page.name, columns: 80, rows: 24, look: $0, page: page) }
        }
        return frames
    }()

    static func welcome(_ model: inout Model) throws {
        _ = model.go(.home)
        _ = model.hear(.totals(GameSamples.clicks([("earth", 1_204, 31), ("mars", 1_377, 30)])))
        _ = model.hear(.list(try relays()))
        let bonus = LoginBonusAnswer(points: 15, streakDays: 3)
        _ = model.update(.server(.profile(ArcadeSamples.profile(bonus: bonus))), nowMs: 60_000)
    }

    static func relays() throws -> [RelayView] {
        [
            try GameSamples.view(.waiting, points: [100, 100, 100]),
            try GameSamples.view(
                .running, points: [87, 40, 61, 12], relay: Identifier(rawValue: 78), code: "QZTHJN"),
            try GameSamples.view(.ended, points: [57, 0], relay: Identifier(rawValue: 79), code: "DFGLPV"),
        ]
    }
}
