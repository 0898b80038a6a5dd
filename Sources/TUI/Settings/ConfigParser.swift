/// What is wrong with a config file, and on which line.
struct ConfigFault: Error, Hashable, Sendable {
    /// From 1; nil where it is about the whole file.
    var line: Int?
    var words: String

    init(line: Int?, _ words: String) {
        self.line = line
        self.words = words
    }
}

/// A strict reader of a person's JSON file (RFC 8259) that says on which line it stumbled.
struct ConfigParser {
    /// Objects and lists inside each other; a config file needs three.
    private static let maxDepth = 16

    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Takes a whole file apart.
    static func parse(_ bytes: [UInt8]) throws(ConfigFault) -> OrderedJSON {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw ConfigFault(line: nil, "is not UTF-8")
        }
        var parser = ConfigParser(bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.next == nil else { throw parser.fault("nothing may follow the last brace") }
        return value
    }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private func fault(_ words: String) -> ConfigFault {
        ConfigFault(line: line, next == nil && offset > 0 ? "\(words); the file ends here" : words)
    }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) {
            if byte == 0x0a { line += 1 }
            offset += 1
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func value(depth: Int) throws(ConfigFault) -> OrderedJSON {
        guard depth <= Self.maxDepth else { throw fault("is nested too deeply") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .list(try items(depth: depth))
        case UInt8(ascii: "\""): return .text(try string())
        default: return try word()
        }
    }

    private mutating func members(depth: Int) throws(ConfigFault) -> [OrderedJSON.Member] {
        offset += 1
        var members: [OrderedJSON.Member] = []
        skipSpace()
        if take("}") { return members }
        repeat {
            skipSpace()
            let line = line
            guard next == UInt8(ascii: "\"") else { throw fault("a key in quotes is expected") }
            let name = try string()
            if members.contains(where: { $0.name == name }) { throw fault("\"\(name)\" stands twice") }
            skipSpace()
            guard take(":") else { throw fault("\":\" is expected after \"\(name)\"") }
            members.append(
                OrderedJSON.Member(name: name, value: try value(depth: depth + 1), line: line))
            skipSpace()
        } while take(",")
        guard take("}") else { throw fault("\",\" or \"}\" is expected") }
        return members
    }

    private mutating func items(depth: Int) throws(ConfigFault) -> [OrderedJSON] {
        offset += 1
        var items: [OrderedJSON] = []
        skipSpace()
        if take("]") { return items }
        repeat {
            items.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw fault("\",\" or \"]\" is expected") }
        return items
    }

    /// What has neither braces nor quotes: true, false, null and numbers.
    private mutating func word() throws(ConfigFault) -> OrderedJSON {
        let start = offset
        while let byte = next, Self.isWordByte(byte) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        switch text {
        case "true": return .flag(true)
        case "false": return .flag(false)
        case "null": return .null
        default: break
        }
        guard text.wholeMatch(of: /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/) != nil else {
            throw fault(text.isEmpty ? "a value is expected" : "\(text) is no value; texts stand in quotes")
        }
        return .number(text)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private mutating func string() throws(ConfigFault) -> String {
        offset += 1
        var text: [UInt8] = []
        while let byte = next {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20:
                offset -= 1
                throw fault(
                    byte == 0x0a ? "a text ends on its own line" : "a control character needs an escape")
            default: text.append(byte)
            }
        }
        throw fault("a text's closing quote is missing")
    }

    private mutating func escape(into text: inout [UInt8]) throws(ConfigFault) {
        guard let byte = next else { throw fault("a text's closing quote is missing") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += Array(String(try escapedScalar()).utf8)
        default: throw fault("\\\(Unicode.Scalar(byte)) is no escape")
        }
    }

    /// The scalar of `\uXXXX`, or of a surrogate pair of two.
    private mutating func escapedScalar() throws(ConfigFault) -> Unicode.Scalar {
        let high = try hexDigits()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xdc00, take("\\"), take("u") else { throw fault("half of a \\u pair is missing") }
        let low = try hexDigits()
        guard (0xdc00...0xdfff).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
        else { throw fault("half of a \\u pair is missing") }
        return scalar
    }

    private mutating func hexDigits() throws(ConfigFault) -> UInt32 {
        guard offset + 4 <= bytes.count,
            bytes[offset..<offset + 4].allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
            let value = UInt32(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
        else { throw fault("four digits follow \\u") }
        offset += 4
        return value
    }
}
