import Foundation
import Testing

extension EndToEnd.OfServers {
    /// The contract's rows over HTTP, spoken by hand.
    @Suite struct HTTPContractTests {
        let server: TestServer
        let http: RawHTTP

        init() throws {
            server = try TestServer()
            http = try RawHTTP(port: server.port)
        }

        @Test("the canvas is told with its size, epoch, versions, colors and players")
        func canvas() throws {
            let answer = try http.call("GET", "/api/canvas")
            #expect(answer.status == 200)
            let json = try answer.json()
            #expect(json["width"] as? Int == 64)
            #expect(json["height"] as? Int == 48)
            #expect(json["version"] as? Int == 0)
            #expect(json["snapshot_version"] as? Int == 0)
            #expect(json["epoch"] as? Int != nil)
            #expect(json["players"] as? Int == 0)
            #expect(json["queued"] as? Int == 0)
            let palette = try #require(json["palette"] as? [String])
            #expect(palette.count == 32)
            #expect(palette.allSatisfy { $0.wholeMatch(of: /#[0-9a-f]{6}/) != nil })
        }

        @Test("the snapshot names its version and size, and is not sent twice to whoever has it")
        func snapshot() throws {
            let answer = try http.call("GET", "/api/canvas/snapshot")
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/zlib")
            #expect(answer.headers["x-canvas-version"] == "0")
            #expect(answer.headers["x-canvas-width"] == "64")
            #expect(answer.headers["x-canvas-height"] == "48")
            #expect(answer.headers["x-canvas-epoch"] != nil)
            // A zlib stream's first byte: deflate with a window of 32 KB.
            #expect(answer.body.first == 0x78)
            let tag = try #require(answer.headers["etag"])
            let again = try http.call("GET", "/api/canvas/snapshot", headers: ["If-None-Match": tag])
            #expect(again.status == 304)
            #expect(again.body.isEmpty)
        }

        @Test("a placed pixel is answered with its version and shows in changes, pixel, last pixel and PNG")
        func placing() throws {
            let account = try Account(on: server, name: "Ada")
            let socket = try account.play(on: server)
            let token = account.accessToken
            let placed = try http.call(
                "POST", "/api/canvas/pixels", token: token, body: #"{"x":7,"y":9,"color":5}"#)
            #expect(placed.status == 200, "\(placed.text)")
            #expect(try placed.json()["version"] as? Int == 1)

            let changes = try http.call("GET", "/api/canvas/changes?from=0", token: token).json()
            #expect(changes["pixels"] as? [[Int]] == [[7, 9, 5]])
            #expect(changes["from"] as? Int == 0)
            #expect(changes["to"] as? Int == 1)

            let pixel = try http.call("GET", "/api/canvas/pixels/7/9").json()
            #expect(pixel["color"] as? Int == 5)
            #expect(pixel["version"] as? Int == 1)
            #expect((pixel["account"] as? [String: Any])?["name"] as? String == "Ada")
            #expect((pixel["placed_at"] as? String)?.hasSuffix("Z") == true)

            let last = try http.call("GET", "/api/accounts/\(account.id)/last_pixel").json()
            #expect(last["x"] as? Int == 7)
            #expect(last["y"] as? Int == 9)

            let untouched = try http.call("GET", "/api/canvas/pixels/0/0").json()
            #expect(untouched["account"] is NSNull)

            let png = try http.call("GET", "/api/canvas.png")
            #expect(png.status == 200)
            #expect(png.headers["content-type"] == "image/png")
            #expect(png.body.prefix(8) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

            let undone = try http.call("POST", "/api/canvas/undo", token: token)
            #expect(try undone.json()["version"] as? Int == 2)
            let nothing = try http.call("POST", "/api/canvas/undo", token: token)
            #expect(nothing.status == 409)
            #expect(nothing.errorCode == "nothing_to_undo")
            withExtendedLifetime(socket) {}
        }

        @Test("whoever doesn't play, isn't signed in or is a guest places nothing")
        func whoMayPlace() throws {
            let body = #"{"x":1,"y":1,"color":1}"#
            let nobody = try http.call("POST", "/api/canvas/pixels", body: body)
            #expect(nobody.status == 401)
            #expect(nobody.errorCode == "unauthorized")
            let forged = try http.call("POST", "/api/canvas/pixels", token: "abc.def.ghi", body: body)
            #expect(forged.status == 401)
            let guest = try http.call("POST", "/api/auth/guest", body: "{}")
            #expect(guest.status == 200, "\(guest.text)")
            let token = try #require(try guest.json()["token"] as? String)
            let guestPlaces = try http.call("POST", "/api/canvas/pixels", token: token, body: body)
            #expect(guestPlaces.status == 403)
            #expect(guestPlaces.errorCode == "sign_in_required")
            let account = try Account(on: server)
            let idle = try http.call("POST", "/api/canvas/pixels", token: account.accessToken, body: body)
            #expect(idle.status == 409)
            #expect(idle.errorCode == "not_playing")
        }

        @Test("places and colors beyond the canvas are refused by their codes, and nothing changes")
        func beyond() throws {
            let account = try Account(on: server)
            let socket = try account.play(on: server)
            for (body, code) in [
                (#"{"x":64,"y":0,"color":1}"#, "out_of_bounds"),
                (#"{"x":0,"y":-1,"color":1}"#, "out_of_bounds"),
                (#"{"x":0,"y":0,"color":32}"#, "bad_color"), (#"{"x":0,"y":0}"#, "bad_request"),
                (#"{"x":"0","y":0,"color":1}"#, "bad_request"),
                (#"{"x":0.5,"y":0,"color":1}"#, "bad_request"),
                ("{", "bad_request"), ("", "bad_request"),
            ] {
                let answer = try http.call(
                    "POST", "/api/canvas/pixels", token: account.accessToken, body: body)
                #expect(answer.status == 400, "\(body): \(answer.text)")
                #expect(answer.errorCode == code, "\(body): \(answer.text)")
            }
            #expect(try http.call("GET", "/api/canvas").json()["version"] as? Int == 0)
            withExtendedLifetime(socket) {}
        }

        @Test("unknown paths, wrong methods and bodies too large get the contract's answers")
        func refusals() throws {
            let unknown = try http.call("GET", "/api/nothing")
            #expect(unknown.status == 404)
            #expect(unknown.errorCode == "not_found")
            let wrongMethod = try http.call("DELETE", "/api/canvas")
            #expect(wrongMethod.status == 405)
            #expect(wrongMethod.headers["allow"]?.contains("GET") == true)
            let large = try RawHTTP(port: server.port).call(
                "POST", "/api/auth/guest", body: String(repeating: " ", count: 65 * 1024))
            #expect(large.status == 413)
            #expect(large.errorCode == "body_too_large")
            // Another connection still works after all of this.
            #expect(try http.call("GET", "/healthz").status == 200)
        }

        @Test(
            "changes that can't be asked for are refused",
            arguments: [
                ("from=1", 400, "version_ahead"), ("from=0&to=1", 400, "version_ahead"),
                ("from=-1", 400, "bad_request"), ("from=x", 400, "bad_request"), ("", 400, "bad_request"),
                ("from=0&epoch=123456", 409, "epoch_changed"),
            ])
        func changes(query: String, status: Int, code: String) throws {
            let answer = try http.call("GET", "/api/canvas/changes?\(query)")
            #expect(answer.status == status)
            #expect(answer.errorCode == code)
        }

        @Test("requests sent in one go are answered in order on one connection")
        func pipelining() throws {
            for path in ["/healthz", "/api/nothing", "/api/canvas", "/readyz"] { try http.send("GET", path) }
            #expect(try http.answer().status == 200)
            #expect(try http.answer().status == 404)
            #expect(try http.answer().json()["width"] as? Int == 64)
            #expect(try http.answer().status == 200)
        }

        @Test("the description of the API is served and names its calls")
        func openAPI() throws {
            let answer = try http.call("GET", "/openapi.yaml")
            #expect(answer.status == 200)
            #expect(answer.text.hasPrefix("openapi:") || answer.text.contains("\nopenapi: 3.1"))
            #expect(answer.text.contains("/api/canvas/snapshot"))
        }
    }
}
