/// JSON of what the tables of games keep: texts and lists of numbers.
enum JSONText {
    /// Adds a text in quotes, with escapes where it needs them.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(UInt8(ascii: "0") + byte >> 4)
                bytes.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Adds numbers with commas between them, without brackets.
    static func append(_ numbers: [Int], to bytes: inout [UInt8]) {
        for (index, number) in numbers.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: String(number).utf8)
        }
    }

    /// A list of texts.
    static func array(of texts: [String]) -> [UInt8] {
        var bytes = [UInt8(ascii: "[")]
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(text, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }

    /// A list of lists of numbers.
    static func array(of lists: [[Int]]) -> [UInt8] {
        var bytes = [UInt8(ascii: "[")]
        for (index, list) in lists.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: array(of: list))
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }

    /// A list of numbers.
    static func array(of numbers: [Int]) -> [UInt8] {
        var bytes = [UInt8(ascii: "[")]
        append(numbers, to: &bytes)
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}
