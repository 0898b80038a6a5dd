/// The members of one JSON object, read by name; what is missing or of the wrong type is named.
///
/// Rooms that read others' JSON, such as an identity provider's, share it within the package.
package struct JSONFields {
    private let members: [String: JSONValue]
    private let path: String

    private init(members: [String: JSONValue], path: String) {
        self.members = members
        self.path = path
    }

    /// Takes a text apart that must be an object.
    package init(_ bytes: [UInt8], readsPixels: Bool = false) throws(Failure) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes, readsPixels: readsPixels)
        } catch {
            throw error.failure
        }
        guard case .object(let members) = value else {
            throw Failure(.badRequest, "a JSON object is expected")
        }
        self.init(members: members, path: "")
    }

    /// The refusal of a member for what its value must be.
    func refusal(_ name: String, _ must: String, _ code: ErrorCode = .badRequest) -> Failure {
        Failure(code, "field \"\(path)\(name)\" must be \(must)")
    }

    private func required(_ name: String) throws(Failure) -> JSONValue {
        guard let value = present(name) else {
            throw Failure(.badRequest, "field \"\(path)\(name)\" is missing")
        }
        return value
    }

    /// The value of a member; none where it is absent or null.
    private func present(_ name: String) -> JSONValue? {
        guard let value = members[name], value != .null else { return nil }
        return value
    }

    /// Whether the member is there and not null.
    package func has(_ name: String) -> Bool { present(name) != nil }

    /// A whole number.
    package func int(_ name: String) throws(Failure) -> Int {
        guard case .integer(let value) = try required(name) else { throw refusal(name, "a whole number") }
        return value
    }

    /// A number from 0 with at most two digits after its point, in hundredths.
    func hundredths(_ name: String) throws(Failure) -> Int {
        let most = Limits.maxGameNumber / 100
        switch try required(name) {
        case .integer(let whole) where (0...most).contains(whole): return whole * 100
        case .hundredths(let parts) where (0...most).contains(parts): return parts
        default: throw refusal(name, "a number from 0 with at most two decimals")
        }
    }

    /// A whole number, or none.
    package func optionalInt(_ name: String) throws(Failure) -> Int? {
        has(name) ? try int(name) : nil
    }

    /// A text.
    package func string(_ name: String) throws(Failure) -> String {
        guard case .string(let text) = try required(name) else { throw refusal(name, "a string") }
        return text
    }

    /// A text, or none.
    package func optionalString(_ name: String) throws(Failure) -> String? {
        has(name) ? try string(name) : nil
    }

    /// An object's members.
    func object(_ name: String) throws(Failure) -> JSONFields {
        guard case .object(let members) = try required(name) else { throw refusal(name, "an object") }
        return JSONFields(members: members, path: "\(path)\(name).")
    }

    /// An array of texts.
    package func strings(_ name: String) throws(Failure) -> [String] {
        guard case .array(let items) = try required(name) else { throw refusal(name, "an array of strings") }
        var texts: [String] = []
        for item in items {
            guard case .string(let text) = item else { throw refusal(name, "an array of strings") }
            texts.append(text)
        }
        return texts
    }

    /// Yes or no.
    package func bool(_ name: String) throws(Failure) -> Bool {
        guard case .bool(let value) = try required(name) else { throw refusal(name, "true or false") }
        return value
    }

    /// An array of whole numbers.
    func ints(_ name: String) throws(Failure) -> [Int] {
        guard case .array(let items) = try required(name) else {
            throw refusal(name, "an array of whole numbers")
        }
        var numbers: [Int] = []
        for item in items {
            guard case .integer(let number) = item else { throw refusal(name, "an array of whole numbers") }
            numbers.append(number)
        }
        return numbers
    }

    /// An array of objects, each with its own members.
    package func objects(_ name: String) throws(Failure) -> [JSONFields] {
        guard case .array(let items) = try required(name) else { throw refusal(name, "an array of objects") }
        var objects: [JSONFields] = []
        for (index, item) in items.enumerated() {
            guard case .object(let members) = item else { throw refusal(name, "an array of objects") }
            objects.append(JSONFields(members: members, path: "\(path)\(name)[\(index)]."))
        }
        return objects
    }

    /// An array of arrays of texts.
    func stringLists(_ name: String) throws(Failure) -> [[String]] {
        guard case .array(let items) = try required(name) else {
            throw refusal(name, "an array of arrays of strings")
        }
        var lists: [[String]] = []
        for item in items {
            lists.append(try JSONFields(members: [name: item], path: path).strings(name))
        }
        return lists
    }

    /// The members of each object of a text that must be an array of objects.
    static func array(_ bytes: [UInt8]) throws(Failure) -> [JSONFields] {
        let value: JSONValue
        do { value = try JSONParser.parse(bytes, readsPixels: false) } catch { throw error.failure }
        return try JSONFields(members: ["items": value], path: "").objects("items")
    }

    /// Refuses members of any other name than these, for texts in which a slip must not go unseen.
    func allow(_ names: [String]) throws(Failure) {
        for name in self.names where !names.contains(name) {
            throw Failure(
                .badRequest, "field \"\(path)\(PlayerName.displayed(String(name.prefix(32))))\" is unknown")
        }
    }

    /// The members' names, sorted.
    package var names: [String] { members.keys.sorted() }

    /// An array of `[x,y,color]`.
    func pixels(_ name: String = "pixels") throws(Failure) -> [Pixel] {
        guard case .pixels(let pixels) = try required(name) else {
            throw refusal(name, "an array of [x,y,color]")
        }
        return pixels
    }
}

extension JSONFields {
    /// An array of `[x,y,color,dt_ms,account_index]`.
    func changes(_ name: String = "changes") throws(Failure) -> [HistoryChange] {
        guard case .changes(let changes) = try required(name) else {
            throw refusal(name, "an array of [x,y,color,dt_ms,account_index]")
        }
        return changes
    }
}

// MARK: - The protocol's own types

extension JSONFields {
    /// A time in RFC 3339, UTC, as milliseconds since 1970.
    func time(_ name: String) throws(Failure) -> Int64 {
        guard let ms = Timestamp.milliseconds(rfc3339: try string(name)) else {
            throw refusal(name, "a time as in RFC 3339, such as 2026-01-02T03:04:05Z")
        }
        return ms
    }

    /// A time in milliseconds since 1970.
    func ms(_ name: String) throws(Failure) -> Int64 { Int64(try int(name)) }

    /// A time in milliseconds since 1970; nil where there is none.
    func optionalMs(_ name: String) throws(Failure) -> Int64? { has(name) ? try ms(name) : nil }

    /// A text of 1 to so many characters.
    func shortText(_ name: String, max: Int) throws(Failure) -> String {
        let text = try string(name)
        // Counted only where the bytes could be few enough: a character has one byte at least.
        guard !text.isEmpty, text.utf8.count <= max * 32, text.count <= max else {
            throw refusal(name, "1 to \(max) characters")
        }
        return text
    }

    /// An index into a palette; a whole number that no palette has is `bad_color`.
    func color(_ name: String = "color") throws(Failure) -> UInt8 {
        let value = try int(name)
        guard let color = UInt8(exactly: value) else {
            throw refusal(name, "an index into the palette", .badColor)
        }
        return color
    }

    /// A whole number that isn't negative, such as a version or a count.
    func count(_ name: String) throws(Failure) -> Int {
        let value = try int(name)
        guard value >= 0 else { throw refusal(name, "a whole number from 0") }
        return value
    }

    /// A whole number of a game: from 0, and small enough that sums of them are numbers still.
    func gameCount(_ name: String) throws(Failure) -> Int {
        let value = try count(name)
        guard value <= Limits.maxGameNumber else { throw refusal(name, "no more than 2^53") }
        return value
    }

    /// A cell and its color.
    func pixel() throws(Failure) -> Pixel {
        Pixel(x: try int("x"), y: try int("y"), color: try color())
    }

    /// An id's 13 characters.
    func identifier(_ name: String) throws(Failure) -> Identifier {
        guard let identifier = Identifier(try string(name)) else { throw refusal(name, "an id") }
        return identifier
    }

    /// `{"id","name"}`.
    func account(_ name: String = "account") throws(Failure) -> AccountName {
        try AccountName(object(name))
    }

    /// One of the words for an account's state.
    func status(_ name: String = "status") throws(Failure) -> StatusWord {
        guard let word = StatusWord(rawValue: try string(name)) else {
            throw refusal(name, "one of " + StatusWord.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return word
    }

    /// Width and height within the limits.
    func canvasSize() throws(Failure) -> CanvasSize {
        let width = try int("width")
        let height = try int("height")
        guard let size = CanvasSize(width: width, height: height) else {
            throw refusal("width", "a canvas's width, and its height likewise")
        }
        return size
    }

    /// `["#rrggbb",…]`.
    func palette(_ name: String) throws(Failure) -> Palette {
        var colors: [Palette.Color] = []
        for hex in try strings(name) {
            guard let color = Palette.Color(hex: hex) else { throw refusal(name, "an array of #rrggbb") }
            colors.append(color)
        }
        guard let palette = Palette(colors: colors) else {
            throw refusal(name, "2 to \(Limits.maxPaletteColors) colors")
        }
        return palette
    }

    /// `width`, `height`, `epoch`, `version`, `palette`.
    func canvasHead() throws(Failure) -> CanvasHead {
        CanvasHead(
            size: try canvasSize(), epoch: try int("epoch"), version: Version(try count("version")),
            palette: try palette("palette"))
    }

    /// `from`, `to`, `epoch`, `pixels`.
    func pixelRun() throws(Failure) -> PixelRun {
        let from = try count("from")
        let to = try count("to")
        guard from <= to else { throw refusal("to", "no less than \"from\"") }
        let pixels = try pixels()
        guard pixels.count <= to - from else {
            throw refusal("pixels", "no longer than \"to\" less \"from\"")
        }
        return PixelRun(from: Version(from), to: Version(to), epoch: try int("epoch"), pixels: pixels)
    }

    /// Bytes in base64.
    func bytes(_ name: String, count: Int? = nil) throws(Failure) -> [UInt8] {
        guard let bytes = Base64Text.decode(try string(name)) else { throw refusal(name, "base64") }
        if let count, bytes.count != count { throw refusal(name, "base64 of \(count) bytes") }
        return bytes
    }

    /// A text of 1 to so many characters that all show, as a name's do.
    func printable(_ name: String, max: Int) throws(Failure) -> String {
        guard let text = PlayerName.validated(try string(name), maxCharacters: max) else {
            throw refusal(name, "1 to \(max) printable characters")
        }
        return text
    }

    /// A player's name as the contract allows it, or none.
    func optionalName() throws(Failure) -> String? {
        has("name") ? try name() : nil
    }

    /// A player's name as the contract allows it.
    func name() throws(Failure) -> String {
        guard let name = PlayerName.validated(try string("name")) else {
            throw refusal("name", "1 to \(Limits.maxNameCharacters) printable characters")
        }
        return name
    }
}
