import Foundation
import Testing

extension EndToEnd.OfServers {
    /// Load keeps newcomers in line, by itself and for as long as it lasts.
    @Suite struct AdmissionTests {
        @Test("while more is sent than --max-send-mbps nobody is let in; then whoever waits is")
        func sendRate() throws {
            let server = try TestServer(["--max-send-mbps", "1", "--max-loop-lag-ms", "0"])
            let http = try RawHTTP(port: server.port)
            let paused = #"pixelwars_admission_paused{reason="send rate"} 1"#
            func isPaused() throws -> Bool {
                try http.call("GET", "/metrics").text.contains(paused + "\n")
            }
            #expect(try !isPaused())
            try eventually("the pause") {
                // Some 20 KB each: far more than a megabit a second.
                for _ in 0..<20 { #expect(try http.call("GET", "/openapi.yaml").status == 200) }
                return try isPaused()
            }
            let account = try Account(on: server)
            let socket = try RawWebSocket(
                port: server.port, target: "/ws?play=1", token: account.accessToken)
            let waiting = try socket.message("status")
            #expect(waiting["status"] as? String == "queued", "a place is free, and it isn't given")
            #expect(waiting["position"] as? Int == 1)
            let playing = try socket.message("status")
            #expect(playing["status"] as? String == "playing")
            #expect(try !isPaused())
            #expect(server.process.errors.contains("admission_paused reason=\"send rate\""))
            #expect(server.process.errors.contains("admission_resumed"))
        }
    }
}
