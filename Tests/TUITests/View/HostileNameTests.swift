import Protocol
import Raster
import Testing

@testable import TUI

/// Whatever people are called and the server says, each row has the screen's width and every frame is closed.
@Suite struct HostileNameTests {
    static let names = [
        "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "🇩🇪🇯🇵🇺🇦🇩", "👍🏽👍🏿🏽", "❤️☀️✔︎1️⃣#️⃣", "日本語の名前です日本語の名前です",
        "e\u{301}\u{301}\u{301}\u{20dd}Z\u{335}\u{335}a\u{308}l", "\u{202e}evil\u{202c}\u{1b}[31m\u{7}",
        "שלום עולם",
        "한국어\u{1112}\u{1161}\u{11ab}", "\u{200d}\u{fe0f}\u{e0067}\u{3000}", "ﷺ﷽", "\t\n\r", "",
    ]

    /// Every page that shows a name, with this one.
    static func models(_ name: String, columns: Int, rows: Int) throws -> [Model] {
        func account(_ number: Int) -> AccountName {
            AccountName(id: Identifier(rawValue: UInt64(number + 1)), name: name)
        }
        func view(_ status: RelayStatus) throws -> RelayView {
            RelayView(
                relay: GameSamples.relay, code: try #require(RelayCode("BKWXRM")), status: status,
                players: (0..<5).map {
                    RelayPlayer(account: account($0), points: 40 - $0 * 10, isActive: $0 < 4, solves: $0)
                }, options: RelayOptions(), leftMs: 252_000)
        }
        let failure = Failure(.internalError, name + " " + name)
        let prepared: [(inout Model) throws -> Void] =
            [
                { _ = $0.go(.home) }, { _ in }, { _ = $0.type("n" + name) },
                { $0.report(.link(.waiting(attempt: 3, delayMs: 5_000, reason: name)), atMs: 60_000) },
                { $0.report(.link(.closed(name)), atMs: 60_000) },
                { $0.clickWar([(name, 12, 3), (name + "x", 4, 1)]) },
                {
                    _ = $0.go(.relays)
                    _ = $0.hear(.list([try view(.waiting), try view(.running)]))
                },
                {
                    _ = $0.go(.relays)
                    _ = $0.hear(.entered(try view(.waiting)))
                },
                {
                    _ = $0.go(.relays)
                    _ = $0.hear(.entered(try view(.waiting)))
                    let data = PuzzleData.logic(
                        people: [name, "Ben", "Cleo"], items: ["cat", name, "owl"],
                        clues: [name, "Cleo has the owl"], question: name)
                    _ = $0.hear(.state(try view(.running), puzzle: GameSamples.puzzle(data)))
                    _ = $0.hear(.assigned(to: account(0), GameSamples.puzzle(data)))
                    _ = $0.hear(
                        .failed(by: account(1), puzzle: Identifier(rawValue: 902), penalty: 5), atMs: 61_000)
                },
                {
                    _ = $0.go(.relays)
                    _ = $0.hear(.entered(try view(.waiting)))
                    _ = $0.hear(.state(try view(.running), puzzle: nil))
                    _ = $0.hear(.ended(.time, try view(.ended).players, awards: []))
                },
                {
                    _ = $0.go(.arcade)
                    let entry = LeaderboardAnswer.Entry(rank: 1, account: account(0), score: 7)
                    $0.hear(
                        .board(
                            LeaderboardAnswer(board: .arcade(.dot), period: .all, entries: [entry, entry])))
                },
                {
                    _ = $0.go(.boards)
                    let entry = LeaderboardAnswer.Entry(rank: 1, account: account(0), score: 7)
                    for board in Board.allCases {
                        for period in BoardPeriod.allCases {
                            let answer = LeaderboardAnswer(
                                board: board, period: period, entries: [entry, entry])
                            _ = $0.update(.server(.boards(.board(answer))), nowMs: 60_000)
                        }
                    }
                },
                {
                    _ = $0.type("w")
                    let pixel = Pixel(x: $0.cursor.x, y: $0.cursor.y, color: 3)
                    let answer = PixelAnswer(
                        pixel: pixel, version: 7, account: account(1), placedAtMs: GameSamples.startMs)
                    _ = $0.update(.server(.canvas(.cell(answer))), nowMs: 60_000)
                },
                {
                    try $0.shop(points: 500)
                    var offers = try SkinSamples.offers()
                    let colors = try #require(SkinSamples.colors)
                    var skin = offers[0].skin
                    (skin.title, skin.author) = (name, name)
                    offers[0] = try #require(SkinOffer(skin, in: colors, isOwned: false, isEquipped: false))
                    _ = $0.hear(.offers(offers))
                    _ = $0.press([KeyPress(.home), KeyPress(.down)])
                },
                {
                    _ = $0.go(.feedback)
                    _ = $0.update(.input(.paste(name + name + name)), nowMs: 60_000)
                    _ = $0.hear(FeedbackReport.failed(failure))
                },
            ] + hostPages(name, failure)
        return try prepared.map { prepare in
            var model = try SampleModels.playing(columns: columns, rows: rows)
            model.report(.account(name: name, id: Identifier(rawValue: 1)), atMs: 60_000)
            try prepare(&model)
            model.report(.refused(request: nil, failure), atMs: model.clockMs)
            return model
        }
    }

    /// The parts of the page where a server is looked after, with what lies over them.
    private static func hostPages(_ name: String, _ failure: Failure) -> [(inout Model) throws -> Void] {
        let account = AccountName(id: Identifier(rawValue: 2), name: name)
        let box = CanvasBox(1, 2, 30, 40)
        let answers: [(Unicode.Scalar, HostAnswer)] = [
            (
                "2",
                .accounts(
                    [
                        HostAccount(
                            id: account.id, name: name, status: .afk, role: .player, position: nil,
                            idleLeftMs: nil,
                            isConnected: true, sessions: 1, banReason: name)
                    ], total: 1)
            ),
            ("3", .knobs([KnobEntry(name: name, value: name, option: name, isSet: true, wanted: name)])),
            (
                "5",
                .protectedAreas([
                    HostProtectedArea(
                        area: ProtectedArea(id: 1, box: box, note: name), actor: .account(account.id), atMs: 0
                    )
                ])
            ),
            (
                "6",
                .flags([HostFlag(account: account, reason: name, evidence: name, atMs: 0, isBanned: false)])
            ),
            (
                "7",
                .feedback([
                    FeedbackEntry(id: 1, account: account, isGuest: false, message: name + name, atMs: 0)
                ])
            ),
            (
                "8",
                .audit([
                    AuditEntry(
                        id: 1, atMs: 0, actor: .account(account.id), actorName: name, action: name,
                        subject: name,
                        subjectName: name, detail: name + name)
                ])
            ),
        ]
        func come(_ model: inout Model, _ tab: Unicode.Scalar, _ answer: HostAnswer) {
            model.becomeHost(.admin)
            _ = model.open(.admin)
            for case .admin(.ask(let route)) in model.press([KeyPress(tab)]) {
                _ = model.hear(.answer(route, answer))
            }
        }
        return answers.map { tab, answer in { come(&$0, tab, answer) } }
            + answers.prefix(2).flatMap { tab, answer -> [(inout Model) throws -> Void] in
                [
                    {
                        come(&$0, tab, answer)
                        _ = $0.press([KeyPress(.enter)])
                        _ = $0.update(.input(.paste(name + name)), nowMs: $0.clockMs)
                    },
                    {
                        come(&$0, tab, answer)
                        _ = $0.press([KeyPress("K"), KeyPress("d")])
                    },
                ]
            }
    }

    @Test(
        "no name breaks a row or a frame, on any page", arguments: names,
        [(40, 20), (57, 15), (80, 24), (120, 40)])
    func unbroken(name: String, size: (Int, Int)) throws {
        for (number, model) in try Self.models(name, columns: size.0, rows: size.1).enumerated() {
            let frame = View.frame(of: model)
            Self.check(frame, "page \(number)")
        }
    }

    /// Rows are as wide as the screen, wide characters have both of their cells, nothing is a command or joins what
    /// stands beside it, and a frame's sides stand one below the other.
    static func check(_ frame: CellGrid, _ note: Comment) {
        for row in 0..<frame.rows {
            let text = GridText.characters(frame, row: row)
            #expect(TextWidth.of(text) == frame.columns, note)
            for scalar in text.unicodeScalars {
                let isCommand = scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value)
                let joins = scalar.properties.generalCategory == .format || scalar.properties.isEmojiModifier
                let isFlag = (0x1f1e6...0x1f1ff).contains(scalar.value)
                let isSelector = (0xfe00...0xfe0f).contains(scalar.value)
                #expect(!isCommand && !joins && !isFlag && !isSelector, "\(scalar.value)")
            }
            for column in 0..<frame.columns {
                let cell = frame[column, row]
                guard cell.scalar != 0 else { continue }
                let width = Unicode.Scalar(cell.scalar).flatMap { TextWidth.of($0) } ?? 0
                let hasSecond = column + 1 < frame.columns && frame[column + 1, row].scalar == 0
                #expect(hasSecond == (width == 2), note)
            }
        }
        for row in 1..<max(frame.rows, 1) {
            for column in 0..<frame.columns
            where "╰╯".unicodeScalars.contains(where: { $0.value == frame[column, row].scalar }) {
                let above = Unicode.Scalar(frame[column, row - 1].scalar).map(String.init) ?? ""
                #expect("│╭╮".contains(above) || above.isEmpty == false && "├┤▲▼▴▾".contains(above), note)
            }
        }
    }
}
