import Protocol
import Testing

@Suite struct AdTests {
    private func read(_ text: String) throws -> Ad { try Ad(json: Array(text.utf8)) }

    @Test("an ad of text has each member of its file")
    func text() throws {
        let ad = try read(AdSamples.text())
        #expect(ad.id.rawValue == "tea-1")
        #expect(ad.title == "Tea")
        #expect(ad.body == .text(["Hot", "", "tea"]))
        #expect(ad.caption == "Below")
        #expect(ad.seconds == 5)
        #expect(ad.link == "https://example.org/a?b=c#d")
        #expect(ad.weight == 7)
        #expect(ad.startsAtMs == 1_767_323_045_000)
        #expect(ad.endsAtMs == 1_770_091_506_000)
    }

    @Test("an ad with a picture has its pixels and their colors, and none of what its file leaves out")
    func picture() throws {
        let ad = try read(AdSamples.picture())
        let inks: [Character: Palette.Color] = [
            "a": Palette.Color(red: 0x10, green: 0x20, blue: 0x30),
            "B": Palette.Color(red: 0, green: 0xFF, blue: 0x7F),
        ]
        #expect(ad.body == .picture(rows: [".aB", "Ba."], inks: inks))
        #expect(ad.caption == nil && ad.link == nil && ad.startsAtMs == nil && ad.endsAtMs == nil)
    }

    @Test("an ad is written byte for byte as its members stand, inks in the order of their letters")
    func bytes() throws {
        for text in [AdSamples.text(), AdSamples.picture()] {
            #expect(String(decoding: try read(text).json(), as: UTF8.self) == text)
        }
        let quoted = AdSamples.picture(rows: ##"["\"\\"]"##, inks: ##"{"\"":"#000000","\\":"#ffffff"}"##)
        #expect(String(decoding: try read(quoted).json(), as: UTF8.self) == quoted)
    }

    @Test("times with an offset mean the same in UTC")
    func offsets() throws {
        let text = AdSamples.text(
            rest: #""seconds":1,"weight":1,"starts_at":"2026-01-02T05:04:05+02:00""#)
        #expect(try read(text).startsAtMs == 1_767_323_045_000)
    }

    @Test(
        "each number may be as small and as large as its limit",
        arguments: [
            #""seconds":1,"weight":1"#, #""seconds":30,"weight":100"#, #""seconds":1,"weight":1,"link":null"#,
        ])
    func bounds(rest: String) throws {
        _ = try read(AdSamples.text(rest: rest))
    }

    @Test("texts and pictures may be as large as their limits")
    func largest() throws {
        let line = #""\#(String(repeating: "é", count: 72))""#
        let lines = "[" + Array(repeating: line, count: 12).joined(separator: ",") + "]"
        _ = try read(
            AdSamples.text(
                id: String(repeating: "a", count: 32), title: String(repeating: "漢", count: 40), lines: lines)
        )
        _ = try read(AdSamples.picture(rows: Self.rows(72, 40)))
    }

    static func rows(_ width: Int, _ height: Int) -> String {
        let row = #""\#(String(repeating: "a", count: width))""#
        return "[" + Array(repeating: row, count: height).joined(separator: ",") + "]"
    }

    static let plain = #""seconds":5,"weight":7"#

    @Test(
        "an ad that isn't fit to be shown says what is wrong",
        arguments: [
            ("", "JSON"), ("[]", "object"), ("{}", #""id" is missing"#),
            (AdSamples.text(rest: plain + #","wieght":1"#), #""wieght" must be left out"#),
            (AdSamples.text(rest: plain + #","rows":["a"]"#), #""rows" must be left out"#),
            (AdSamples.text(rest: plain + #","inks":{}"#), #""inks" must be left out"#),
            (AdSamples.text(id: ""), #""id""#), (AdSamples.text(id: "Tea"), #""id""#),
            (AdSamples.text(id: "a b"), #""id""#), (AdSamples.text(id: "té"), #""id""#),
            (AdSamples.text(id: String(repeating: "a", count: 33)), #""id""#),
            (AdSamples.text(title: ""), #""title""#), (AdSamples.text(title: "  "), #""title""#),
            (AdSamples.text(title: String(repeating: "a", count: 41)), #""title""#),
            (AdSamples.text(title: #"a\u001b[31m"#), #""title""#),
            (AdSamples.text(title: #"a\nb"#), #""title""#),
            (AdSamples.text(title: #"a\tb"#), #""title""#),
            (AdSamples.text(title: #"a\u202eb"#), #""title""#),
            (AdSamples.text(title: #"a\u200bb"#), #""title""#),
            (AdSamples.text(title: #"a\ufeff"#), #""title""#),
            (AdSamples.text(title: #"a\u009bb"#), #""title""#),
            (AdSamples.text(title: #"a\ufe0f"#), #""title""#),
            (AdSamples.text(title: #"\u0301a"#), #""title""#),
            (AdSamples.text(lines: "[]"), #""text""#), (AdSamples.text(lines: #"[""," "]"#), #""text""#),
            (AdSamples.text(lines: #"["a\u0007"]"#), #""text""#),
            (AdSamples.text(lines: #"[1]"#), #""text""#),
            (AdSamples.text(lines: rows(73, 1)), #""text""#),
            (AdSamples.text(lines: rows(1, 13)), #""text""#),
            (AdSamples.text(lines: "null"), #""rows" is missing"#),
            (AdSamples.text(rest: plain + #","caption":"""#), #""caption""#),
            (AdSamples.text(rest: plain + #","caption":"\u2066a""#), #""caption""#),
            (
                AdSamples.text(rest: plain + #","caption":"\#(String(repeating: "a", count: 73))""#),
                #""caption""#
            ),
            (AdSamples.text(rest: #""seconds":0,"weight":7"#), "from 1 to 30"),
            (AdSamples.text(rest: #""seconds":31,"weight":7"#), "from 1 to 30"),
            (AdSamples.text(rest: #""seconds":1.5,"weight":7"#), #""seconds""#),
            (AdSamples.text(rest: #""weight":7"#), #""seconds" is missing"#),
            (AdSamples.text(rest: #""seconds":5"#), #""weight" is missing"#),
            (AdSamples.text(rest: #""seconds":5,"weight":0"#), "from 1 to 100"),
            (AdSamples.text(rest: #""seconds":5,"weight":101"#), "from 1 to 100"),
            (AdSamples.text(rest: plain + #","starts_at":"tomorrow""#), #""starts_at""#),
            (AdSamples.text(rest: plain + #","starts_at":"0000-01-01T00:00:00+01:00""#), #""starts_at""#),
            (AdSamples.text(rest: plain + #","ends_at":"9999-12-31T23:59:59-00:01""#), #""ends_at""#),
            (
                AdSamples.text(
                    rest: plain
                        + #","starts_at":"2026-01-01T00:00:00Z","ends_at":"2026-01-01T00:00:00Z""#),
                #""ends_at" must be later"#
            ),
        ])
    func refused(text: String, message: String) throws {
        let failure = try #require(throws: Failure.self) { try read(text) }
        #expect(failure.code == .badRequest)
        #expect(failure.message.contains(message), "\(failure.message)")
    }

    @Test(
        "a picture that can't be drawn says what is wrong",
        arguments: [
            ("[]", ##"{"a":"#102030"}"##, #""rows""#), (#"[""]"#, ##"{"a":"#102030"}"##, #""rows""#),
            (#"["..",".."]"#, ##"{"a":"#102030"}"##, #""rows""#),
            (#"["aa","a"]"#, ##"{"a":"#102030"}"##, #""rows""#),
            (#"["ab"]"#, ##"{"a":"#102030"}"##, #""rows""#),
            (rows(73, 1), ##"{"a":"#102030"}"##, #""rows""#),
            (rows(1, 41), ##"{"a":"#102030"}"##, #""rows""#),
            (#"["a"]"#, ##"{"a":"red"}"##, #""inks.a""#), (#"["a"]"#, ##"{"a":5}"##, #""inks.a""#),
            (#"["a"]"#, ##"{"a":"#102030",".":"#102030"}"##, #""inks..""#),
            (#"["a"]"#, ##"{"a":"#102030"," ":"#102030"}"##, #""inks. ""#),
            (#"["a"]"#, ##"{"a":"#102030","":"#102030"}"##, #""inks.""#),
            (#"["a"]"#, ##"{"a":"#102030","ab":"#102030"}"##, #""inks.ab""#),
            (#"["é"]"#, ##"{"é":"#102030"}"##, #""inks.é""#),
            (#"["\u0007"]"#, ##"{"\u0007":"#102030"}"##, #""inks.""#),
            // A Kelvin sign is canonically the letter K, and three bytes long.
            (#"["KKK","\u212a"]"#, ##"{"K":"#102030"}"##, #""rows""#),
            (#"["a"]"#, "[]", #""inks""#),
        ])
    func undrawable(rows: String, inks: String, message: String) throws {
        let failure = try #require(throws: Failure.self) {
            try read(AdSamples.picture(rows: rows, inks: inks))
        }
        #expect(failure.message.contains(message), "\(failure.message)")
    }

    @Test("an ad is on from its start to the moment before its end, and without them always")
    func times() throws {
        let ad = try read(
            AdSamples.text(
                rest: Self.plain + #","starts_at":"1970-01-01T00:00:01Z","ends_at":"1970-01-01T00:00:02Z""#))
        #expect([999, 1000, 1999, 2000].map { ad.isOn(atMs: $0) } == [false, true, true, false])
        let always = try read(AdSamples.text(rest: Self.plain))
        #expect(always.isOn(atMs: .min) && always.isOn(atMs: 0) && always.isOn(atMs: .max))
        let later = try read(AdSamples.text(rest: Self.plain + #","starts_at":"1970-01-01T00:00:01Z""#))
        #expect([999, 1000, Int64.max].map { later.isOn(atMs: $0) } == [false, true, true])
        let once = try read(AdSamples.text(rest: Self.plain + #","ends_at":"1970-01-01T00:00:01Z""#))
        #expect([Int64.min, 999, 1000].map { once.isOn(atMs: $0) } == [true, true, false])
    }

    @Test("an answer names the impression and has the whole ad")
    func answer() throws {
        let answer = AdAnswer(impression: Identifier(rawValue: 31), ad: try read(AdSamples.picture()))
        let text = String(decoding: answer.json(), as: UTF8.self)
        #expect(text == #"{"impression_id":"000000000000z","ad":\#(AdSamples.picture())}"#)
        #expect(try AdAnswer(json: Array(text.utf8)) == answer)
    }

    @Test("a client passes over what a newer server adds to an ad, and refuses an ad that isn't one")
    func lenient() throws {
        let answer = #"{"impression_id":"000000000000z","ad":\#(AdSamples.picture())}"#
        let newer = answer.replacing(#""id":"dots""#, with: #""id":"dots","sound":"beep""#)
        #expect(try AdAnswer(json: Array(newer.utf8)) == AdAnswer(json: Array(answer.utf8)))
        let broken = answer.replacing(#""weight":100"#, with: #""weight":1000"#)
        let failure = try #require(throws: Failure.self) { try AdAnswer(json: Array(broken.utf8)) }
        #expect(failure.message.contains(#""ad.weight""#))
    }

    @Test("the project's ads are read as any other, each from the file of its name")
    func files() throws {
        let files = try AdSamples.files()
        #expect(files.count >= 6)
        for file in files { #expect(file.name == "\(file.ad.id).json") }
        let pictures = files.filter { if case .picture = $0.ad.body { true } else { false } }
        #expect(pictures.count >= 4)
        for case .picture(let rows, let inks) in files.map(\.ad.body) {
            #expect(rows.count <= 32 && rows[0].count <= 60)
            #expect(Set(rows.joined()).subtracting(["."]) == Set(inks.keys), "each ink is used")
        }
        #expect(files.allSatisfy { (3...6).contains($0.ad.seconds) })
        #expect(files.contains { $0.ad.startsAtMs != nil && $0.ad.endsAtMs != nil })
        #expect(files.contains { $0.ad.startsAtMs == nil && $0.ad.endsAtMs == nil })
    }
}
