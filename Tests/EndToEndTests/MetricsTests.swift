import Foundation
import Testing

extension EndToEnd.OfServers {
    /// The page for Prometheus.
    @Suite struct MetricsTests {
        @Test("is the text format with what a host watches, and names nobody")
        func page() throws {
            let server = try TestServer(["--max-players", "1"])
            let http = try RawHTTP(port: server.port)
            let ada = try Account(on: server, name: "Ada")
            let bob = try Account(on: server, name: "Bob")
            let playing = try ada.play(on: server)
            let waiting = try RawWebSocket(port: server.port, target: "/ws?play=1", token: bob.accessToken)
            _ = try waiting.message("status")
            try playing.send(#"{"type":"place","id":2,"x":1,"y":1,"color":3}"#)
            _ = try playing.message("placed")
            _ = try http.call("GET", "/api/me")
            let answer = try http.call("GET", "/metrics")
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            for line in [
                #"pixelwars_players{state="playing"} 1"#, #"pixelwars_players{state="stalled"} 0"#,
                #"pixelwars_players{state="queued"} 1"#, "pixelwars_connections 2", "pixelwars_accounts 2",
                "pixelwars_sessions 2", "pixelwars_canvas_version 1", "pixelwars_storage_writable 1",
                #"pixelwars_refusals_total{code="unauthorized"} 1"#,
                #"pixelwars_player_transitions_total{event="promotion"} 1"#,
                #"pixelwars_admission_paused{reason="loop lag"} 0"#,
                "# TYPE pixelwars_commit_seconds histogram", "# TYPE pixelwars_tick_lag_seconds histogram",
            ] {
                #expect(answer.text.contains(line + "\n"), "\(line)")
            }
            #expect(!answer.text.contains("Ada") && !answer.text.contains(ada.id))
            withExtendedLifetime((playing, waiting)) {}
        }

        @Test("has a help, a type and rising buckets for each metric, as the format wants it")
        func format() throws {
            let server = try TestServer()
            let text = try RawHTTP(port: server.port).call("GET", "/metrics").text
            var types: [String: String] = [:]
            var last: (name: String, value: Double)?
            for line in text.split(separator: "\n") {
                if let match = line.wholeMatch(of: /# TYPE (\w+) (counter|gauge|histogram)/) {
                    #expect(types.updateValue(String(match.2), forKey: String(match.1)) == nil)
                } else if !line.hasPrefix("#") {
                    let match = try #require(line.wholeMatch(of: /(\w+)(\{[^}]*\})? ([0-9.e+-]+)/), "\(line)")
                    let name = String(match.1)
                    let value = try #require(Double(match.3))
                    let base = name.replacing(/_(bucket|sum|count)$/, with: "")
                    let type = try #require(types[name] ?? types[base], "\(line)")
                    if type == "histogram", name.hasSuffix("_bucket") {
                        if let last, last.name == name { #expect(value >= last.value) }
                        last = (name, value)
                    }
                }
            }
            #expect(types.count >= 20)
        }
    }
}
