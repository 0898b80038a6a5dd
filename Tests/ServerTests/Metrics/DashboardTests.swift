import Engine
import Foundation
import Protocol
import Storage
import Testing

@testable import Server

/// What comes with the program for Grafana and Prometheus.
@Suite struct DashboardTests {
    private static let assets = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "assets")

    /// The names of all samples on a page.
    private func samples() throws -> Set<Substring> {
        let configuration = try #require(ServerConfiguration.sample(in: "/d"))
        let engine = ServerEngine(
            configuration: configuration.engine(palette: .standard, BuiltInAssets()),
            recovered: RecoveredState(), at: Moment(monotonicUs: 0, wallMs: 0))
        let meters = Meters()
        meters.count(status: 200)
        let page = MetricsPage(
            meters: meters, commits: { CommitStatistics() }, sentBytes: { 0 }, dataDirectory: "/")
        return Set(
            page.page(engine.counts).split(separator: "\n").filter { !$0.hasPrefix("#") }
                .compactMap { $0.split(separator: /[{ ]/).first })
    }

    @Test(arguments: ["grafana/pixelwars.json", "prometheus/alerts.yml", "prometheus/alerts.test.yml"])
    func `every metric that is named is on the page`(file: String) throws {
        let text = try String(contentsOf: Self.assets.appending(path: file), encoding: .utf8)
        let there = try samples()
        let named = text.matches(of: /\b(?:pixelwars|process)_[a-z0-9_]+/).map(\.output)
        #expect(named.count > 10)
        for name in named { #expect(there.contains(name), "\(name)") }
    }

    @Test func `the dashboard is one, and no two panels lie on each other`() throws {
        let json = try Data(contentsOf: Self.assets.appending(path: "grafana/pixelwars.json"))
        let dashboard = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(dashboard["uid"] as? String == "pixelwars")
        let panels = try #require(dashboard["panels"] as? [[String: Any]])
        var taken: Set<[Int]> = []
        for panel in panels {
            let place = try #require(panel["gridPos"] as? [String: Int])
            let (x, y, width, height) = (place["x"] ?? -1, place["y"] ?? -1, place["w"] ?? 0, place["h"] ?? 0)
            #expect(x >= 0 && x + width <= 24 && y >= 0 && height > 0)
            for column in x..<(x + width) {
                for row in y..<(y + height) { #expect(taken.insert([column, row]).inserted) }
            }
        }
        #expect(Set(panels.compactMap { $0["id"] as? Int }).count == panels.count)
        for title in ["Pushes a second", "Accepted clicks a second", "Pushes refused, by reason", "Backlog"] {
            #expect(panels.contains { $0["title"] as? String == title }, "\(title)")
        }
    }
}
