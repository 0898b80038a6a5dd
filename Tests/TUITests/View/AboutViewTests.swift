import Raster
import Testing

@testable import TUI

@Suite struct AboutViewTests {
    @Test(
        "the server's address is a link to it, over the very words",
        arguments: [(36, 8), (80, 24), (120, 40)])
    func link(size: (Int, Int)) throws {
        let url = "https://pixels.example:8443"
        var model = try SampleModels.playing(columns: size.0, rows: size.1, page: .about)
        #expect(View.frame(of: model).links.isEmpty)
        model.serverURL = url
        let frame = View.frame(of: model)
        guard let link = frame.links.first else {
            // The smallest screens have no row for it.
            #expect(!GridText.text(of: frame, depth: .truecolor).contains("pixels.example"))
            return
        }
        #expect(link.url == url)
        let text = link.columns.compactMap { Unicode.Scalar(frame[$0, link.row].scalar) }.map {
            Character($0)
        }
        #expect(url.hasPrefix(String(text).replacing("…", with: "")))
        #expect(size.0 < 80 || String(text) == url)
    }
}
