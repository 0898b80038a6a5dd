extension Ad {
    private static let members = [
        "id", "title", "text", "rows", "inks", "caption", "seconds", "link", "weight", "starts_at", "ends_at",
    ]

    /// `{"id","title","text":[…]}`, or `"rows":[…],"inks":{"a":"#rrggbb",…}` in place of `text`, then `caption`?,
    /// `seconds`, `link`?, `weight`, `starts_at`?, `ends_at`?.
    public func json() -> [UInt8] { JSONWriter.object { write(to: &$0) } }

    /// Reads an ad's file, which is all that `json` writes.
    ///
    /// Throws `bad_request` naming what is wrong: a member that ads don't have, one beyond its limit, a text
    /// with characters that don't show, rows of unequal length, or a letter without a color.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        for name in fields.names where !Self.members.contains(name) {
            throw fields.refusal(PlayerName.displayed(name), "left out, as ads don't have it")
        }
        try self.init(fields)
    }

    func write(to json: inout JSONWriter) {
        json.field("id", id.rawValue)
        json.field("title", title)
        switch body {
        case .text(let lines): json.field("text", lines)
        case .picture(let rows, let inks):
            json.field("rows", rows)
            json.texts("inks", inks.sorted { $0.key < $1.key }.map { (String($0.key), $0.value.hex) })
        }
        json.optional("caption", caption)
        json.field("seconds", seconds)
        json.optional("link", link)
        json.field("weight", weight)
        if let startsAtMs { json.field("starts_at", Timestamp.text(ms: startsAtMs)) }
        if let endsAtMs { json.field("ends_at", Timestamp.text(ms: endsAtMs)) }
    }

    /// Reads what `write` writes.
    ///
    /// Members that ads don't have are passed over: a newer server may send some.
    init(_ fields: JSONFields) throws(Failure) {
        guard let id = AdID(rawValue: try fields.string("id")) else {
            throw fields.refusal("id", "1 to \(Limits.maxAdIDCharacters) of a-z, 0-9 and -")
        }
        let startsAtMs = try fields.optionalTime("starts_at")
        let endsAtMs = try fields.optionalTime("ends_at")
        if let startsAtMs, let endsAtMs, startsAtMs >= endsAtMs {
            throw fields.refusal("ends_at", "later than \"starts_at\"")
        }
        self.init(
            checked: id, title: try fields.shownText("title", max: Limits.maxAdTitleCharacters),
            body: try Body(fields),
            caption: fields.has("caption")
                ? try fields.shownText("caption", max: Limits.maxAdLineCharacters) : nil,
            seconds: try fields.int("seconds", in: Limits.adSeconds),
            link: fields.has("link") ? try fields.link("link") : nil,
            weight: try fields.int("weight", in: Limits.adWeight), startsAtMs: startsAtMs, endsAtMs: endsAtMs)
    }
}

extension Ad.Body {
    /// Reads `text`, or `rows` and `inks`, whichever is there.
    fileprivate init(_ fields: JSONFields) throws(Failure) {
        guard fields.has("text") else {
            self = try Self.picture(fields)
            return
        }
        for name in ["rows", "inks"] where fields.has(name) {
            throw fields.refusal(name, "left out where there is \"text\"")
        }
        let lines = try fields.strings("text")
        guard (1...Limits.maxAdLines).contains(lines.count),
            lines.allSatisfy({ $0.isShown(max: Limits.maxAdLineCharacters) }),
            !lines.allSatisfy({ $0.allSatisfy(\.isWhitespace) })
        else {
            throw fields.refusal(
                "text",
                "1 to \(Limits.maxAdLines) lines of up to \(Limits.maxAdLineCharacters) printable characters")
        }
        self = .text(lines)
    }

    private static func picture(_ fields: JSONFields) throws(Failure) -> Ad.Body {
        let rows = try fields.strings("rows")
        let colors = try fields.object("inks")
        var inks: [Character: Palette.Color] = [:]
        for name in colors.names {
            guard let byte = name.utf8.first, name.utf8.count == 1, (0x21...0x7E).contains(byte), name != ".",
                let color = Palette.Color(hex: try colors.string(name))
            else {
                throw colors.refusal(PlayerName.displayed(name), "one ASCII letter's color, as in #3366cc")
            }
            inks[Character(UnicodeScalar(byte))] = color
        }
        guard (1...Limits.maxAdPictureHeight).contains(rows.count), let width = rows.first?.utf8.count,
            (1...Limits.maxAdPictureWidth).contains(width), rows.allSatisfy({ $0.utf8.count == width }),
            // Of ASCII alone: a Kelvin sign equals the letter K, and is three bytes.
            rows.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }),
            rows.allSatisfy({ $0.allSatisfy { $0 == "." || inks[$0] != nil } }),
            rows.contains(where: { $0.contains { $0 != "." } })
        else {
            throw fields.refusal(
                "rows",
                "up to \(Limits.maxAdPictureHeight) rows of one length, up to \(Limits.maxAdPictureWidth) letters "
                    + "that have a color")
        }
        return .picture(rows: rows, inks: inks)
    }
}

extension AdAnswer: JSONAnswer {
    /// `{"impression_id","ad":{…}}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.field("impression_id", impression.description)
            $0.object("ad") { ad.write(to: &$0) }
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        self.init(impression: try fields.identifier("impression_id"), ad: try Ad(fields.object("ad")))
    }
}

extension String {
    /// Whether a client shows it as it is: no more characters than `max`, and none that hides or commands.
    fileprivate func isShown(max: Int) -> Bool {
        // Counted only where the bytes could be few enough: a character has one byte at least.
        utf8.count <= max * 32 && count <= max
            && PlayerName.displayed(self).unicodeScalars.elementsEqual(unicodeScalars)
    }
}

extension JSONFields {
    /// A text with something to see, of so many characters at most.
    fileprivate func shownText(_ name: String, max: Int) throws(Failure) -> String {
        let text = try string(name)
        guard text.isShown(max: max), !text.allSatisfy(\.isWhitespace) else {
            throw refusal(name, "1 to \(max) printable characters")
        }
        return text
    }

    fileprivate func int(_ name: String, in range: ClosedRange<Int>) throws(Failure) -> Int {
        let value = try int(name)
        guard range.contains(value) else {
            throw refusal(name, "from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// A time that can be written as it is read, or none.
    fileprivate func optionalTime(_ name: String) throws(Failure) -> Int64? {
        guard has(name) else { return nil }
        let ms = try time(name)
        // An offset can lead out of the years that four digits write.
        guard Timestamp.milliseconds(Timestamp.text(ms: ms)) == ms else {
            throw refusal(name, "a time of the years 0000 to 9999 in UTC")
        }
        return ms
    }

    /// An address that a browser can be sent to.
    fileprivate func link(_ name: String) throws(Failure) -> String {
        let text = try string(name)
        guard AdLink.isValid(text) else {
            throw refusal(name, "an https:// address of up to \(Limits.maxAdLinkBytes) ASCII characters")
        }
        return text
    }
}
