import Foundation
import Protocol
import Raster
import Testing

@testable import TUI

/// Every page against its files under Goldens/matrix; one that is missing is written, and fails.
@Suite struct MatrixTests {
    @Test("a page looks as it did, in every depth of color and every size", arguments: PageMatrix.frames)
    func golden(frame: PageMatrix.Frame) throws {
        let text = GridText.text(of: try Self.grid(of: frame), depth: frame.look.depth)
        let name = frame.testDescription
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Goldens/matrix")
        let file = folder.appending(path: "\(name).txt")
        guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("\(name) had no golden frame; it was recorded, look at it and commit it")
            return
        }
        #expect(text == golden, "\(name) changed; remove the file to record it anew")
    }

    /// The page's frame; without a page the studio's.
    static func grid(of frame: PageMatrix.Frame) throws -> CellGrid {
        if let page = frame.page {
            return View.frame(of: try page.model(columns: frame.columns, rows: frame.rows, look: frame.look))
        }
        var studio = try StudioSamples.studio(
            columns: frame.columns, rows: frame.rows, depth: frame.look.depth)
        studio.charset = frame.look.charset
        studio.theme = frame.look.theme
        studio.go(.trail)
        return StudioView.frame(of: studio)
    }
}
