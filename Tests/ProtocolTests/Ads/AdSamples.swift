import Foundation
import Protocol

/// Ads as their files write them.
enum AdSamples {
    /// Members without what the ad shows.
    static let rest =
        #""caption":"Below","seconds":5,"link":"https://example.org/a?b=c#d","weight":7,"#
        + #""starts_at":"2026-01-02T03:04:05.000Z","ends_at":"2026-02-03T04:05:06.000Z""#

    static func text(
        id: String = "tea-1", title: String = "Tea", lines: String = #"["Hot","","tea"]"#, rest: String = rest
    ) -> String {
        #"{"id":"\#(id)","title":"\#(title)","text":\#(lines),\#(rest)}"#
    }

    static func picture(
        rows: String = ##"[".aB","Ba."]"##, inks: String = ##"{"B":"#00ff7f","a":"#102030"}"##
    ) -> String {
        #"{"id":"dots","title":"Dots","rows":\#(rows),"inks":\#(inks),"seconds":1,"weight":100}"#
    }

    /// The ads that the project comes with, each with its file's name.
    static func files() throws -> [(name: String, ad: Ad)] {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let folder = root.appending(path: "assets/ads")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            ($0, try Ad(json: Array(Data(contentsOf: folder.appending(path: $0)))))
        }
    }
}
