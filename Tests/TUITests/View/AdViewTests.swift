import Protocol
import Testing

@testable import TUI

@Suite struct AdViewTests {
    /// As long as a link may be.
    static let link =
        "https://long.example/" + String((0..<179).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })

    /// The rows of the screen while an ad with a long link is shown, without what stands around them.
    static func rows(columns: Int, rows: Int) throws -> [String] {
        let json = """
            {"id":"long","title":"Long","text":["Read on"],"caption":"all of it","seconds":5,\
            "link":"\(link)","weight":1}
            """
        var model = try SampleModels.playing(columns: columns, rows: rows)
        model.meetAds()
        _ = model.go(.clicks)
        model.hearAd(try ArcadeSamples.ad(json))
        let frame = View.frame(of: model)
        return (0..<frame.rows).map { row in
            GridText.characters(frame, row: row).filter { $0 != " " && $0 != "│" }
        }
    }

    @Test(
        "a link that is longer than the frame stands there whole, in rows one below the other",
        arguments: [(120, 40), (80, 24), (40, 12)])
    func whole(columns: Int, rows: Int) throws {
        #expect(Self.link.utf8.count == Limits.maxAdLinkBytes)
        let shown = try Self.rows(columns: columns, rows: rows)
        let first = try #require(shown.firstIndex { $0.hasPrefix("https://") })
        #expect(shown[first...].joined().hasPrefix(Self.link))
        #expect(shown[first - 1] == "allofit")
    }

    @Test("where there is no room for all of a link, its end is cut and that is seen")
    func cut() throws {
        let shown = try Self.rows(columns: 36, rows: 8)
        let first = try #require(shown.firstIndex { $0.hasPrefix("https://") })
        let last = try #require(shown.firstIndex { $0.hasSuffix("…") && $0 != shown[0] })
        #expect(Self.link.hasPrefix(shown[first...last].joined().dropLast()))
    }
}
