import Protocol
import Testing

@Suite struct MalformedJSONTests {
    private func failure(_ text: String) -> DecodeFailure? {
        do {
            _ = try MessageCodec.json.decodeClient(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "what is wrong with a field is said with its name and under the message's id",
        arguments: [
            (#"{"id":7,"type":"place","x":1,"y":2}"#, 7, #"field "color" is missing"#),
            (#"{"id":7,"type":"place","x":1.5,"y":2,"color":3}"#, 7, #"field "x" must be a whole number"#),
            (#"{"id":7,"type":"place","x":1e400,"y":2,"color":3}"#, 7, #"field "x" must be a whole number"#),
            (#"{"id":7,"type":"place","x":1.0,"y":2,"color":3}"#, 7, #"field "x" must be a whole number"#),
            (#"{"id":7,"type":"place","x":9223372036854775808,"y":2,"color":3}"#, 7, #"field "x" must be"#),
            (#"{"id":7,"type":"place","x":true,"y":2,"color":3}"#, 7, #"field "x" must be a whole number"#),
            (#"{"id":7,"type":"place","x":"1","y":2,"color":3}"#, 7, #"field "x" must be a whole number"#),
            (#"{"id":7,"type":"place","x":null,"y":2,"color":3}"#, 7, #"field "x" is missing"#),
            (#"{"id":7,"type":"authenticate","token":5}"#, 7, #"field "token" must be a string"#),
            (#"{"id":7,"type":"start_run"}"#, 7, #"field "game" is missing"#),
            (#"{"id":7,"type":"start_run","game":"chess"}"#, 7, #"field "game" must be one of dot"#),
            (
                #"{"id":7,"type":"point","run_id":"0000000000000","seq":1,"x":1,"y":1,"t_ms":-1}"#, 7,
                #"field "t_ms" must be a whole number from 0"#
            ),
            (
                #"{"id":7,"type":"point","run_id":"0000000000000","seq":9999999999,"x":1,"y":1,"t_ms":1}"#, 7,
                #"field "seq" must be no more than"#
            ),
            (
                #"{"id":7,"type":"point","run_id":"0000000000000","seq":1,"x":1.25,"y":1,"t_ms":1}"#, 7,
                #"field "x" must be a whole number"#
            ),
            (#"{"id":7,"type":"end_run","run_id":"x"}"#, 7, #"field "run_id" must be an id"#),
            (#"{"id":7,"type":"dance"}"#, 7, #"field "type" must be a type"#),
            (#"{"id":7}"#, 7, #"field "type" is missing"#),
            (#"{"id":"7","type":"play"}"#, nil, #"field "id" must be a whole number"#),
            (#"{"id":1,"type":"play","type":"leave"}"#, nil, #"field "type" stands twice"#),
        ] as [(String, Int?, String)])
    func named(text: String, id: Int?, message: String) {
        let failure = failure(text)
        #expect(failure?.id == id)
        #expect(failure?.failure.code == .badRequest)
        #expect(failure?.failure.message.hasPrefix(message) == true, "\(failure?.failure.message ?? "taken")")
    }

    private func ended(multiplier: String) -> String {
        #"{"type":"run_ended","run_id":"0000000000000","game":"dot","reason":"time","score":1,"rank":1,"#
            + #""multiplier":\#(multiplier),"profile_points":1}"#
    }

    @Test(
        "a multiplier has at most two decimals",
        arguments: [("3", 300), ("2.5", 250), ("2.50", 250), ("1.05", 105), ("0.5", 50), ("null", nil)])
    func multiplier(text: String, percent: Int?) throws {
        let envelope = try MessageCodec.json.decodeServer(Array(ended(multiplier: text).utf8))
        guard case .runEnded(let result) = envelope.message else {
            Issue.record("\(envelope)")
            return
        }
        #expect(result.multiplierPercent == percent)
    }

    @Test(
        "any other multiplier is refused",
        arguments: [
            "-1", "-0.5", "1.125", "1e2", "2.5e0", #""2.5""#, "92233720368547758.07", "9007199254740992",
            "99999999999999999999.5", "true",
        ])
    func badMultiplier(text: String) {
        #expect(throws: DecodeFailure.self) {
            try MessageCodec.json.decodeServer(Array(ended(multiplier: text).utf8))
        }
    }

    @Test("a whole number that no palette has is a bad color", arguments: [-1, 256, 300, Int.max])
    func badColor(color: Int) {
        let failure = failure(#"{"type":"place","x":1,"y":2,"color":\#(color)}"#)
        #expect(failure?.failure.code == .badColor)
    }

    @Test(
        "text that isn't one JSON object is refused",
        arguments: [
            "", " ", "play", "{", "}", "[]", "1", "null", #""play""#, #"{"type":"play"}x"#,
            #"{"type":"play"}{}"#,
            #"{"type":"play",}"#, #"{type:"play"}"#, #"{'type':'play'}"#, #"{"type":"play" "id":1}"#,
            #"{"type":"play","id":01}"#, #"{"type":"play","id":+1}"#, #"{"type":"play","id":-}"#,
            #"{"type":"play","id":1.}"#, #"{"type":"play","id":.5}"#, #"{"type":"play","id":1e}"#,
            #"{"type":"play","id":NaN}"#, #"{"type":"play","id":tru}"#, #"{"type":"pl\x61y"}"#,
            #"{"type":"\ud800"}"#, #"{"type":"\ud800\u0041"}"#, #"{"type":"\udc00"}"#, #"{"type":"\u12"}"#,
            "{\"type\":\"a\nb\"}", "\u{feff}{\"type\":\"play\"}", "{\"type\":\"play\"}\0",
        ])
    func notJSON(text: String) {
        #expect(failure(text)?.failure.code == .badRequest)
    }

    @Test("a wait that no refusal asks for is refused", arguments: [-1, Limits.maxRetryAfterMs + 1, .max])
    func badWait(retryAfterMs: Int) {
        let wait = Failure(.cooldown, "Wait.", retryAfterMs: retryAfterMs)
        #expect(throws: Failure.self) { try Failure(json: wait.json()) }
        #expect(throws: DecodeFailure.self) {
            try MessageCodec.json.decodeServer(MessageCodec.json.encode(ServerEnvelope(.error(wait))))
        }
    }

    @Test("bytes that aren't UTF-8 are refused")
    func notUTF8() {
        for tail in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]] as [[UInt8]] {
            let bytes = Array(#"{"type":"authenticate","token":""#.utf8) + tail + Array(#""}"#.utf8)
            #expect(throws: DecodeFailure.self) { try MessageCodec.json.decodeClient(bytes) }
        }
    }

    @Test("a depth bomb is refused, shallow surplus is ignored")
    func depth() {
        let bomb = #"{"type":"play","a":"# + String(repeating: "[", count: 100_000)
        #expect(failure(bomb)?.failure.code == .badRequest)
        let deepest = String(repeating: "[", count: 16) + String(repeating: "]", count: 16)
        #expect(failure(#"{"type":"play","a":\#(deepest)}"#) == nil)
        #expect(failure(#"{"type":"play","a":[\#(deepest)]}"#)?.failure.code == .badRequest)
    }

    @Test("white space, escapes and unknown fields are taken")
    func taken() throws {
        let text =
            " { \"\\u0074ype\" : \"authenticate\" ,\r\n\t\"token\":\"\\ud83d\\ude42\\/\\n\", \"more\":[1.5e-3,{}] } "
        #expect(
            try MessageCodec.json.decodeClient(Array(text.utf8))
                == ClientEnvelope(.authenticate(token: "🙂/\n")))
        #expect(
            try MessageCodec.json.decodeClient(Array(#"{"type":"undo","id":null}"#.utf8))
                == ClientEnvelope(.undo))
    }

    @Test("the ends of the 64-bit range are read exactly", arguments: [Int.min, .max, 0, -1])
    func ends(number: Int) throws {
        let bytes = Array(#"{"type":"play","id":\#(number)}"#.utf8)
        #expect(try MessageCodec.json.decodeClient(bytes).id == number)
    }

    @Test(
        "pixels that aren't triples on a canvas are refused",
        arguments: [
            "1", "{}", "[1]", "[[1,2]]", "[[1,2,3,4]]", "[[1,2,256]]", "[[-1,2,3]]", "[[1.5,2,3]]",
            "[[1,2,3],]", "[[1,2,3]", "[[01,2,3]]", "[[1,2,\"3\"]]", "[[16384,0,0]]", "[[9999999999,0,0]]",
            "null",
            "[[1,2,3],[1,2,3],[1,2,3]]",
        ])
    func badPixels(pixels: String) {
        let text = #"{"type":"pixels","from":1,"to":3,"epoch":1,"pixels":\#(pixels)}"#
        #expect(throws: DecodeFailure.self) { try MessageCodec.json.decodeServer(Array(text.utf8)) }
        #expect(throws: Failure.self) { try ChangesAnswer(json: Array(text.utf8)) }
    }

    @Test("pixels are read with white space between")
    func spacedPixels() throws {
        let text = #"{"from":1,"to":3,"epoch":1,"pixels": [ [ 1 , 2 , 3 ] , [4,5,6] ] }"#
        let answer = try ChangesAnswer(json: Array(text.utf8))
        #expect(answer.run.pixels == [Pixel(x: 1, y: 2, color: 3), Pixel(x: 4, y: 5, color: 6)])
    }
}
