import Protocol
import Raster

@testable import TUI

/// The canvas's tools as scenes: each on a large and a small screen, in color and without.
enum ToolScenes {
    typealias Scene = GoldenFrameTests.Scene

    static let all: [Scene] =
        scenes("owner") { $0.askForOwner() }
        + scenes("owner-nobody") {
            $0.askForOwner(PixelAnswer(pixel: $0.cursorPixel, version: 0, account: nil, placedAtMs: nil))
        }
        + scenes("following") {
            $0.askForOwner()
            _ = $0.type("f")
        }
        + scenes("bookmarks") {
            $0.bookmark("The sun", 33, 20)
            $0.bookmark("日本語の島", 80, 45)
            $0.bookmark("corner", 99, 59)
            _ = $0.type("Bj")
        }
        + scenes("bookmark-name") { _ = $0.type("bThe sun") }
        + scenes("template-prompt") { _ = $0.type("T~/pictures/sun.png@20,5") }
        + scenes("progress") {
            $0.takeTemplate()
            _ = $0.type("tt%")
        }
        + scenes("undo") {
            _ = $0.type("5 ")
            $0.report(.placed(request: 1, version: 1_300), atMs: 60_050)
            $0.report(.changed([Pixel(x: 50, y: 30, color: 5)], version: 1_300), atMs: 60_060)
        }

    private static func scenes(
        _ name: String, _ prepare: @escaping @Sendable (inout Model) throws -> Void
    ) -> [Scene] {
        let depths: [(String, ColorDepth)] = [("truecolor", .truecolor), ("mono", .monochrome)]
        let sizes = [(80, 24), (40, 20)]
        return depths.flatMap { depth in
            sizes.map { size in
                Scene(
                    name: "tool-\(name)-\(size.0)x\(size.1)-\(depth.0)", depth: depth.1, columns: size.0,
                    rows: size.1, prepare: prepare)
            }
        }
    }
}

extension Model {
    fileprivate var cursorPixel: Pixel { Pixel(x: cursor.x, y: cursor.y, color: 0) }

    /// Opens the box that tells who placed the cursor's cell.
    fileprivate mutating func askForOwner(_ answer: PixelAnswer? = nil) {
        let usual = PixelAnswer(
            pixel: cursorPixel, version: 1_200,
            account: AccountName(id: Identifier(rawValue: 4_711), name: "Grace 日本"),
            placedAtMs: 1_700_000_060_000 - 150_000)
        _ = type("w")
        _ = update(.clock, nowMs: 60_150)
        report(.canvas(.cell(answer ?? usual)), atMs: 60_160)
    }

    fileprivate mutating func bookmark(_ name: String, _ x: Int, _ y: Int) {
        if let bookmark = Bookmark(name: name, x: x, y: y) { _ = desk.bookmarks.add(bookmark) }
    }

    /// A template that is painted in part: the sun's ring, and a flag that nobody began.
    mutating func takeTemplate() {
        let width = 24
        let cells = (0..<width * 12).map { at -> UInt8? in
            let (x, y) = (at % width, at / width)
            if x < 8 { return y < 6 ? 8 : nil }
            return x < 10 ? nil : [6, 9, 18, 13, 24, 10, 31, 20, 14, 27, 0, 0][y]
        }
        let template = Template(
            name: "flag.png", origin: Place(x: 34, y: 16), width: width, height: 12, cells: cells)
        report(.canvas(.template(template)), atMs: 60_000)
    }
}
