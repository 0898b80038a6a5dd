/// Writes one JSON object into bytes, member by member.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false
    /// How deep the object lies whose members get a line each; none where all is one line.
    private var depth: Int?

    /// The text of one object whose members `body` writes.
    static func object(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.braced(body)
        return writer.bytes
    }

    /// The same as a file that people read and edit: one member a line, a line break at the end.
    static func file(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.depth = 0
        writer.braced(body)
        writer.bytes.append(UInt8(ascii: "\n"))
        return writer.bytes
    }

    /// The text of an array of objects, the members of each written by `body`.
    static func array<Item>(_ items: [Item], _ body: (Item, inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.bracketed(items, body)
        return writer.bytes
    }

    private mutating func bracketed<Item>(_ items: [Item], _ body: (Item, inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            braced { body(item, &$0) }
        }
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    private mutating func braced(_ body: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        depth = depth.map { $0 + 1 }
        body(&self)
        depth = depth.map { $0 - 1 }
        breakLine()
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    private mutating func breakLine() {
        guard let depth else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 4 * depth))
    }

    private mutating func space() {
        if depth != nil { bytes.append(UInt8(ascii: " ")) }
    }

    private mutating func beginMember() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
        breakLine()
    }

    /// Names are the protocol's own, so nothing in them needs an escape.
    private mutating func name(_ name: StaticString) {
        beginMember()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        space()
    }

    private mutating func escaped(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20, 0x7F:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Hex.upper(byte >> 4))
                bytes.append(Hex.upper(byte & 15))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A member that is a text.
    mutating func field(_ name: StaticString, _ text: String) {
        self.name(name)
        escaped(text)
    }

    /// A member that is a number.
    mutating func field(_ name: StaticString, _ number: Int) {
        self.name(name)
        bytes.append(contentsOf: String(number).utf8)
    }

    /// A member that is a number in hundredths, with no more decimals than it needs.
    mutating func field(_ name: StaticString, hundredths: Int) {
        self.name(name)
        var text = String(hundredths / 100)
        let rest = hundredths % 100
        if rest > 0 { text += rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)" }
        bytes.append(contentsOf: text.utf8)
    }

    /// A member that is a number of fixed width.
    mutating func field(_ name: StaticString, _ number: Int64) {
        field(name, Int(number))
    }

    /// A member that is a number, left out where there is none.
    mutating func optional(_ name: StaticString, _ number: Int?) {
        if let number { field(name, number) }
    }

    /// A member that is a number of fixed width, left out where there is none.
    mutating func optional(_ name: StaticString, _ number: Int64?) {
        if let number { field(name, number) }
    }

    /// A member that is null.
    mutating func null(_ name: StaticString) {
        self.name(name)
        bytes.append(contentsOf: "null".utf8)
    }

    /// A member that is true or false.
    mutating func field(_ name: StaticString, _ flag: Bool) {
        self.name(name)
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    }

    /// A member that is a text, left out where there is none.
    mutating func optional(_ name: StaticString, _ text: String?) {
        if let text { field(name, text) }
    }

    /// A member that is an array of numbers.
    mutating func field(_ name: StaticString, _ numbers: [Int]) {
        self.name(name)
        listed(numbers) { $0.bytes.append(contentsOf: String($1).utf8) }
    }

    /// A member that is an array of texts.
    mutating func field(_ name: StaticString, _ texts: [String]) {
        self.name(name)
        listed(texts) { $0.escaped($1) }
    }

    /// A member that is an array of texts, under a name that isn't known before.
    mutating func field(named name: String, _ texts: [String]) {
        beginMember()
        escaped(name)
        bytes.append(UInt8(ascii: ":"))
        space()
        listed(texts) { $0.escaped($1) }
    }

    /// A member that is an array of arrays of texts.
    mutating func field(_ name: StaticString, _ lists: [[String]]) {
        self.name(name)
        listed(lists) { writer, list in writer.listed(list) { $0.escaped($1) } }
    }

    private mutating func listed<Item>(_ items: [Item], _ write: (inout JSONWriter, Item) -> Void) {
        bytes.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            if index > 0 {
                bytes.append(UInt8(ascii: ","))
                space()
            }
            write(&self, item)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// A member that is an object of texts, by names that aren't the protocol's own.
    mutating func texts(_ name: StaticString, _ members: [(name: String, text: String)]) {
        self.name(name)
        bytes.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            escaped(member.name)
            bytes.append(UInt8(ascii: ":"))
            escaped(member.text)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// A member that is an array of objects.
    mutating func objects<Item>(
        _ name: StaticString, _ items: [Item], _ body: (Item, inout JSONWriter) -> Void
    ) {
        self.name(name)
        bracketed(items, body)
    }

    /// A member that is an object.
    mutating func object(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
        self.name(name)
        braced(body)
    }

    /// A member that is bytes in base64.
    mutating func base64(_ name: StaticString, _ payload: [UInt8]) {
        self.name(name)
        bytes.append(UInt8(ascii: "\""))
        Base64Text.append(payload, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }
}

// MARK: - The protocol's own types

extension JSONWriter {
    /// `{"id","name"}`.
    mutating func field(_ name: StaticString, _ account: AccountName) {
        object(name) { account.write(to: &$0) }
    }

    /// `width`, `height`, `epoch`, `version`.
    mutating func head(_ head: CanvasHead) {
        field("width", head.size.width)
        field("height", head.size.height)
        field("epoch", head.epoch)
        field("version", head.version)
    }

    /// `from`, `to`, `epoch`, `pixels`.
    mutating func run(_ run: PixelRun) {
        field("from", run.from)
        field("to", run.to)
        field("epoch", run.epoch)
        name("pixels")
        JSONRows.append(run.pixels, to: &bytes)
    }

    /// `changes`, as a page of history has them.
    mutating func changes(_ changes: [HistoryChange]) {
        name("changes")
        JSONRows.append(changes, to: &bytes)
    }
}

extension AccountName: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("id", id.description)
        json.field("name", name)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(id: try fields.identifier("id"), name: try fields.string("name"))
    }
}
