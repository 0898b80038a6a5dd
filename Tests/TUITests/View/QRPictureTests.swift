import Client
import Protocol
import QRCodes
import Raster
import Testing

@testable import TUI

/// The picture as a camera sees it: cells back to modules.
@Suite struct QRPictureTests {
    private static let looks =
        PageMatrix.looks + PageMatrix.tones + [
            PageMatrix.Look(name: "ascii-truecolor", depth: .truecolor, charset: .ascii),
            PageMatrix.Look(name: "light-mono", depth: .monochrome, theme: .light),
            PageMatrix.Look(name: "light-ascii", depth: .monochrome, charset: .ascii, theme: .light),
        ]

    /// Whether the upper and the lower half of a cell are dark.
    private static func halves(_ cell: Cell, _ look: PageMatrix.Look, isGroundDark: Bool) throws -> (
        Bool, Bool
    ) {
        func isDark(_ ink: Ink, isText: Bool) throws -> Bool {
            if ink == .standard { return isText != isGroundDark }
            let dark: [Ink] = [.indexed(0), Ink(0, 0, 0)]
            let light: [Ink] = [.indexed(15), Ink(255, 255, 255)]
            try #require(dark.contains(ink) || light.contains(ink), "the code is black on white alone")
            return dark.contains(ink)
        }
        var text = try isDark(cell.foreground, isText: true)
        var ground = try isDark(cell.background, isText: false)
        if cell.style.contains(.reverse) { swap(&text, &ground) }
        switch cell.scalar {
        case 0x20: return (ground, ground)
        case 0x2580: return (text, ground)
        case 0x2584: return (ground, text)
        default: throw Failure(.internalError, "no part of a code")
        }
    }

    @Test("every module and four light ones around are seen, in each look", arguments: looks)
    func modules(look: PageMatrix.Look) throws {
        let page = try #require(SignInSamples.pages.first { $0.name == "sign-in-pending" })
        let model = try page.model(columns: 160, rows: 50, look: look)
        let pending = try #require(model.signIn.pending)
        let layout = SignInLayout(model, pending, Theme(model))
        let (picture, left, top) = try #require(layout.picture)
        let grid = View.frame(of: model)
        let code = try #require(QRCode(SignInSamples.address + "?user_code=WDJB-MJHT"))
        let side = code.side + 2 * QRCode.quietModules
        let isASCII = look.charset == .ascii
        #expect(picture.columns == (isASCII ? 2 * side : side))
        for y in 0..<side {
            for x in 0..<side {
                let cell = grid[left + (isASCII ? 2 * x : x), top + (isASCII ? y : y / 2)]
                let (upper, lower) = try Self.halves(
                    cell, look, isGroundDark: look.theme != .light)
                let isDark = !isASCII && y % 2 == 1 ? lower : upper
                let expected = code.isDark(column: x - QRCode.quietModules, row: y - QRCode.quietModules)
                try #require(isDark == expected, "module \(x),\(y)")
                if isASCII { #expect(grid[left + 2 * x + 1, top + y] == cell) }
            }
        }
    }

    @Test(
        "a screen without room shows address and code alone",
        arguments: [(36, 8), (40, 20), (60, 24), (50, 12)])
    func noRoom(columns: Int, rows: Int) throws {
        let page = try #require(SignInSamples.pages.first { $0.name == "sign-in-pending" })
        let model = try page.model(columns: columns, rows: rows, look: .ascii)
        let layout = SignInLayout(model, try #require(model.signIn.pending), Theme(model))
        #expect(layout.picture == nil)
        let text = (0..<rows).map { GridText.characters(View.frame(of: model), row: $0) }.joined(
            separator: "\n")
        #expect(text.contains(SignInSamples.address))
        #expect(text.contains("left"))
        if case .spaced = layout.form { #expect(text.contains("W D J B - M J H T")) }
    }

    @Test("the picture stands beside the words from 80 by 24 on, and over none of them")
    func beside() throws {
        let page = try #require(SignInSamples.pages.first { $0.name == "sign-in-pending" })
        for (columns, rows) in [(80, 24), (100, 30), (120, 40), (200, 60)] {
            let model = try page.model(columns: columns, rows: rows)
            let layout = SignInLayout(model, try #require(model.signIn.pending), Theme(model))
            let (picture, left, top) = try #require(layout.picture)
            let area = Layout.Area(column: left, row: top, columns: picture.columns, rows: picture.rows)
            #expect(!area.overlaps(layout.words))
            #expect(left + picture.columns <= columns && top + picture.rows <= rows - 2)
        }
    }

    @Test("an address that no code holds is shown in words")
    func tooLong() throws {
        var model = try SampleModels.playing(columns: 120, rows: 40)
        model.goToSignIn()
        _ = model.type("g")
        let address = "https://example.org/" + String(repeating: "a", count: 470)
        model.hear(.code(try SignInSamples.code(address: address)))
        let pending = try #require(model.signIn.pending)
        #expect(QRCode(pending.code.linkAddress).map { $0.side > 40 } ?? true)
        let frame = View.frame(of: model)
        let text = (0..<40).map { GridText.characters(frame, row: $0) }.joined()
        #expect(text.contains("https://example.org/aaaa"))
    }
}
