import Foundation
import Testing

extension EndToEnd.OfServers {
    /// The contract's rows over WebSocket, spoken by hand.
    @Suite struct WebSocketContractTests {
        let server: TestServer

        init() throws {
            server = try TestServer()
        }

        @Test("the first message is a welcome with the canvas as it is")
        func welcome() throws {
            let account = try Account(on: server, name: "Alan")
            let socket = try RawWebSocket(port: server.port, token: account.accessToken)
            let welcome = try socket.message()
            #expect(welcome["type"] as? String == "welcome")
            #expect(welcome["status"] as? String == "afk")
            #expect((welcome["account"] as? [String: Any])?["name"] as? String == "Alan")
            let canvas = try #require(welcome["canvas"] as? [String: Any])
            #expect(canvas["width"] as? Int == 64)
            #expect(canvas["version"] as? Int == 0)
            #expect(welcome["server_time_ms"] as? Int != nil)
            #expect(welcome["heartbeat_ms"] as? Int != nil)
            #expect(welcome["session_id"] as? String != nil)
        }

        @Test("what one player places, another sees in a frame whose versions join")
        func broadcast() throws {
            let painter = try Account(on: server).play(on: server)
            let viewer = try Account(on: server).play(on: server)
            var version = 0
            for color in 1...5 {
                try painter.send(#"{"type":"place","id":\#(color),"x":\#(color),"y":2,"color":\#(color)}"#)
                let placed = try painter.message("placed")
                #expect(placed["reply_to"] as? Int == color)
                #expect(placed["version"] as? Int == color)
                let frame = try viewer.message("pixels")
                #expect(frame["from"] as? Int == version)
                version = try #require(frame["to"] as? Int)
                #expect(frame["pixels"] as? [[Int]] == [[color, 2, color]])
            }
            #expect(version == 5)
        }

        @Test("what makes no sense is answered with bad_request, and the connection lives")
        func nonsense() throws {
            let socket = try Account(on: server).play(on: server)
            for text in [
                "hello", "{}", "[]", #"{"type":"dance"}"#, #"{"type":"place","x":1}"#,
                #"{"type":"place","x":"1","y":1,"color":1}"#,
            ] {
                try socket.send(text)
                let error = try socket.message("error")
                #expect(error["code"] as? String == "bad_request", "\(text): \(error)")
            }
            try socket.send(#"{"type":"place","id":9,"x":999,"y":1,"color":1}"#)
            let error = try socket.message("error")
            #expect(error["code"] as? String == "out_of_bounds")
            #expect(error["reply_to"] as? Int == 9)
            try socket.send(#"{"type":"heartbeat","id":10}"#)
            #expect(try socket.message("heartbeat")["server_time_ms"] as? Int != nil)
        }

        @Test("a message over 4 KiB closes with 1009, broken UTF-8 with 1007, the wrong kind with 1003")
        func closing() throws {
            let account = try Account(on: server)
            func opened() throws -> RawWebSocket {
                try RawWebSocket(port: server.port, token: account.accessToken)
            }
            let large = try opened()
            try large.send(String(repeating: " ", count: 4_097))
            #expect(try large.closeCode() == 1009)
            let broken = try opened()
            try broken.send(opcode: 1, [0xff, 0xfe])
            #expect(try broken.closeCode() == 1007)
            let binary = try opened()
            try binary.send(opcode: 2, [1, 2, 3])
            #expect(try binary.closeCode() == 1003)
        }

        @Test("a message in pieces is one message, with a ping in between answered")
        func fragments() throws {
            let socket = try Account(on: server).play(on: server)
            let text = Array(#"{"type":"place","id":3,"x":1,"y":1,"color":1}"#.utf8)
            try socket.send(opcode: 1, Array(text[..<10]), isLast: false)
            try socket.send(opcode: 9, [42])
            try socket.send(opcode: 0, Array(text[10..<20]), isLast: false)
            try socket.send(opcode: 0, Array(text[20...]))
            var sawPong = false
            try eventually("the answer to the message in pieces") {
                switch try socket.frame() {
                case .pong(let payload): sawPong = payload == [42]
                case .text(let text): return text.contains("placed")
                default: break
                }
                return false
            }
            #expect(sawPong)
        }

        @Test("no token gives 401, a strange origin 403, a second socket closes the first with 4003")
        func admission() throws {
            let account = try Account(on: server)
            let handshake = RawWebSocket.handshake()
            let bare = try RawHTTP(port: server.port).call("GET", "/ws", headers: handshake)
            #expect(bare.status == 401)
            let strange = try RawHTTP(port: server.port).call(
                "GET", "/ws", token: account.accessToken,
                headers: handshake.merging(["Origin": "https://evil.example"]) { $1 })
            #expect(strange.status == 403)
            #expect(strange.errorCode == "origin_refused")
            let first = try RawWebSocket(port: server.port, token: account.accessToken)
            let second = try RawWebSocket(port: server.port, token: account.accessToken)
            #expect(try first.closeCode() == 4003)
            #expect(try second.message()["type"] as? String == "welcome")
        }
    }

    /// The limits that protect a server; they refill so slowly here that no machine is too busy for the counts.
    @Suite struct RateTests {
        @Test("an account that places too fast is told when to come back, and keeps its connection")
        func placeRate() throws {
            let server = try TestServer(["--place-rate", "0.01:20"])
            let socket = try Account(on: server).play(on: server)
            for id in 1...40 {
                try socket.send(#"{"type":"place","id":\#(id),"x":\#(id),"y":1,"color":1}"#)
            }
            var placed = 0
            var refused = 0
            while placed + refused < 40 {
                let message = try socket.message()
                if message["type"] as? String == "placed" { placed += 1 }
                if message["type"] as? String == "error" {
                    refused += 1
                    #expect(message["code"] as? String == "rate_limited")
                    #expect(try #require(message["retry_after_ms"] as? Int) > 0)
                }
            }
            #expect(placed == 20)
        }

        @Test("a socket that talks too fast is closed with 4008")
        func messageRate() throws {
            let server = try TestServer(["--message-rate", "0.01:250"])
            let account = try Account(on: server)
            let socket = try RawWebSocket(port: server.port, token: account.accessToken)
            for _ in 1...251 { try socket.send(#"{"type":"heartbeat"}"#) }
            #expect(try socket.closeCode() == 4008)
        }

        @Test("a spectator's second snapshot within the cooldown is refused with the time to wait")
        func cooldown() throws {
            let server = try TestServer(["--spectator-cooldown", "60"])
            let http = try RawHTTP(port: server.port)
            #expect(try http.call("GET", "/api/canvas/snapshot").status == 200)
            let second = try http.call("GET", "/api/canvas/snapshot")
            #expect(second.status == 429)
            #expect(second.errorCode == "cooldown")
            #expect(try #require(second.headers["retry-after"].flatMap { Int($0) }) > 50)
            // Another kind has a bucket of its own.
            #expect(try http.call("GET", "/api/canvas.png").status == 200)
        }
    }
}
