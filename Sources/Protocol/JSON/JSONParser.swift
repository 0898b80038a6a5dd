/// A strict reader of JSON texts (RFC 8259) that bounds its depth and keeps integers exact.
///
/// Written here rather than taken from Foundation because that reads `1.0` and `1e0` as integers, gives no
/// bound on depth, and costs its start-up time in every program; this one also reads a hundred thousand
/// `[x,y,color]` without a value for each number.
struct JSONParser {
    /// Arrays and objects inside each other; the protocol's own texts nest four deep.
    static let maxDepth = 16

    private let bytes: [UInt8]
    private var offset = 0
    private let readsPixels: Bool

    private init(_ bytes: [UInt8], readsPixels: Bool) {
        self.bytes = bytes
        self.readsPixels = readsPixels
    }

    /// Takes a whole text apart; nothing but white space may follow the value.
    ///
    /// - Parameter readsPixels: whether top-level members `pixels` and `changes` are read as what `JSONValue`
    ///   has for them.
    static func parse(_ bytes: [UInt8], readsPixels: Bool = false) throws(JSONFault) -> JSONValue {
        var parser = JSONParser(bytes, readsPixels: readsPixels)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.offset == bytes.count else { throw .unexpected(offset: parser.offset) }
        return value
    }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        offset += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(JSONFault) {
        guard take(byte) else { throw .unexpected(offset: offset) }
    }

    private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= Self.maxDepth else { throw .tooDeep }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        for index in 0..<text.utf8CodeUnitCount {
            try expect(text.utf8Start[index])
        }
        return value
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
        offset += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            let key = try string()
            skipSpace()
            try expect(UInt8(ascii: ":"))
            let member: JSONValue
            if readsPixels, depth == 0, key == "pixels" {
                member = .pixels(try pixels())
            } else if readsPixels, depth == 0, key == "changes" {
                member = .changes(try changes())
            } else {
                member = try value(depth: depth + 1)
            }
            guard members.updateValue(member, forKey: key) == nil else { throw .duplicateKey(key) }
            skipSpace()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
        offset += 1
        var items: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(items) }
        repeat {
            items.append(try value(depth: depth + 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return .array(items)
    }

    private mutating func digits() throws(JSONFault) {
        let start = offset
        while let byte = next, byte >= 0x30, byte <= 0x39 { offset += 1 }
        guard offset > start else { throw .unexpected(offset: offset) }
    }

    private mutating func number() throws(JSONFault) -> JSONValue {
        let isNegative = take(UInt8(ascii: "-"))
        let start = offset
        try digits()
        let end = offset
        guard bytes[start] != 0x30 || end == start + 1 else { throw .unexpected(offset: start + 1) }
        var fraction = end..<end
        if take(UInt8(ascii: ".")) {
            let point = offset
            try digits()
            fraction = point..<offset
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
            return .otherNumber
        }
        guard let whole = Self.negated(bytes[start..<end]) else { return .otherNumber }
        switch fraction.count {
        case 0:
            if isNegative { return .integer(whole) }
            return whole == .min ? .otherNumber : .integer(-whole)
        case 1, 2:
            let rest = Self.negated(bytes[fraction] + (fraction.count == 1 ? [0x30] : [])) ?? 0
            let (hundreds, overflow) = whole.multipliedReportingOverflow(by: 100)
            let (sum, underflow) = hundreds.addingReportingOverflow(rest)
            guard !overflow, !underflow, sum != .min else { return .otherNumber }
            return .hundredths(isNegative ? sum : -sum)
        default: return .otherNumber
        }
    }

    /// The number of some digits, negative: that side holds one more than the positive.
    ///
    /// Nil where none holds it.
    private static func negated(_ digits: some Sequence<UInt8>) -> Int? {
        var sum = 0
        for digit in digits {
            let (tens, overflow) = sum.multipliedReportingOverflow(by: 10)
            let (next, underflow) = tens.subtractingReportingOverflow(Int(digit &- 0x30))
            if overflow || underflow { return nil }
            sum = next
        }
        return sum
    }
}

// MARK: - Strings

extension JSONParser {
    private mutating func string() throws(JSONFault) -> String {
        try expect(UInt8(ascii: "\""))
        let start = offset
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
            offset += 1
        }
        if next == UInt8(ascii: "\"") {
            guard let text = String(validating: bytes[start..<offset], as: UTF8.self) else {
                throw .unexpected(offset: start)
            }
            offset += 1
            return text
        }
        var text = Array(bytes[start..<offset])
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw .unexpected(offset: offset) }
            offset += 1
            if byte == UInt8(ascii: "\\") {
                try escape(into: &text)
            } else {
                text.append(byte)
            }
        }
        try expect(UInt8(ascii: "\""))
        guard let valid = String(validating: text, as: UTF8.self) else { throw .unexpected(offset: start) }
        return valid
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
        guard let byte = next else { throw .unexpected(offset: offset) }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: try scalar().utf8)
        default: throw .unexpected(offset: offset - 1)
        }
    }

    /// One scalar of four hex digits, or of two escapes that form a surrogate pair.
    private mutating func scalar() throws(JSONFault) -> String {
        let start = offset
        let unit = try hexUnit()
        var value = UInt32(unit)
        if UTF16.isLeadSurrogate(unit) {
            try expect(UInt8(ascii: "\\"))
            try expect(UInt8(ascii: "u"))
            let trail = try hexUnit()
            guard UTF16.isTrailSurrogate(trail) else { throw .unexpected(offset: start) }
            value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw .unexpected(offset: start) }
        return String(scalar)
    }

    private mutating func hexUnit() throws(JSONFault) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Hex.digit(byte) else { throw .unexpected(offset: offset) }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }
}

// MARK: - Pixels

extension JSONParser {
    /// Reads `[[x,y,color],…]` straight into pixels.
    private mutating func pixels() throws(JSONFault) -> [Pixel] {
        skipSpace()
        guard take(UInt8(ascii: "[")) else { throw .badPixels }
        skipSpace()
        var pixels: [Pixel] = []
        if take(UInt8(ascii: "]")) { return pixels }
        repeat {
            skipSpace()
            guard take(UInt8(ascii: "[")) else { throw .badPixels }
            let x = try coordinate(endsWith: UInt8(ascii: ","))
            let y = try coordinate(endsWith: UInt8(ascii: ","))
            let color = try coordinate(endsWith: UInt8(ascii: "]"))
            guard x < Limits.maxCanvasSide, y < Limits.maxCanvasSide, let color = UInt8(exactly: color) else {
                throw .badPixels
            }
            pixels.append(Pixel(x: x, y: y, color: color))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw .badPixels }
        return pixels
    }

    private mutating func coordinate(endsWith end: UInt8) throws(JSONFault) -> Int {
        skipSpace()
        let start = offset
        var value = 0
        // Nine digits can't overflow, and no side of a canvas has more.
        while let byte = next, byte >= 0x30, byte <= 0x39, offset - start < 9 {
            value = value &* 10 &+ Int(byte &- 0x30)
            offset += 1
        }
        guard offset > start, bytes[start] != 0x30 || offset == start + 1 else { throw .badPixels }
        skipSpace()
        guard take(end) else { throw .badPixels }
        return value
    }
}

// MARK: - Changes

extension JSONParser {
    /// Reads `[[x,y,color,dt_ms,account_index],…]` straight into changes.
    private mutating func changes() throws(JSONFault) -> [HistoryChange] {
        skipSpace()
        guard take(UInt8(ascii: "[")) else { throw .badChanges }
        skipSpace()
        var changes: [HistoryChange] = []
        if take(UInt8(ascii: "]")) { return changes }
        repeat {
            skipSpace()
            guard take(UInt8(ascii: "[")), changes.count < Limits.maxHistoryChanges,
                let x = digits(endsWith: UInt8(ascii: ",")), x < Limits.maxCanvasSide,
                let y = digits(endsWith: UInt8(ascii: ",")), y < Limits.maxCanvasSide,
                let color = digits(endsWith: UInt8(ascii: ",")).flatMap({ UInt8(exactly: $0) })
            else { throw .badChanges }
            skipSpace()
            let isNegative = take(UInt8(ascii: "-"))
            guard let ms = digits(endsWith: UInt8(ascii: ",")),
                let account = digits(endsWith: UInt8(ascii: "]"))
            else { throw .badChanges }
            guard let account = UInt32(exactly: account) else { throw .badChanges }
            changes.append(
                HistoryChange(
                    x: UInt16(x), y: UInt16(y), color: color, account: account,
                    afterMs: Int64(isNegative ? -ms : ms)))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw .badChanges }
        return changes
    }

    /// A whole number from 0 and the byte after it; nil for anything else.
    private mutating func digits(endsWith end: UInt8) -> Int? {
        skipSpace()
        let start = offset
        var value = 0
        // Fifteen digits can't overflow, and no time between two changes has more.
        while let byte = next, byte >= 0x30, byte <= 0x39, offset - start < 15 {
            value = value &* 10 &+ Int(byte &- 0x30)
            offset += 1
        }
        guard offset > start, bytes[start] != 0x30 || offset == start + 1 else { return nil }
        skipSpace()
        return take(end) ? value : nil
    }
}
