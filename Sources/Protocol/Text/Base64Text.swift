/// Base64 with padding (RFC 4648 §4), where each byte string has exactly one text.
public enum Base64Text {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    /// Appends the text of some bytes.
    public static func append(_ payload: [UInt8], to text: inout [UInt8]) {
        text.reserveCapacity(text.count + (payload.count + 2) / 3 * 4)
        let alphabet = alphabet
        for start in stride(from: 0, to: payload.count, by: 3) {
            let length = min(3, payload.count - start)
            var group = UInt32(payload[start]) << 16
            if length > 1 { group |= UInt32(payload[start + 1]) << 8 }
            if length > 2 { group |= UInt32(payload[start + 2]) }
            text.append(alphabet[Int(group >> 18)])
            text.append(alphabet[Int(group >> 12 & 63)])
            text.append(length > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            text.append(length > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
        }
    }

    /// The bytes of a text; nil where padding, alphabet or the unused bits aren't exactly as written above.
    static func decode(_ text: String) -> [UInt8]? {
        let bytes = Array(text.utf8)
        guard bytes.count.isMultiple(of: 4) else { return nil }
        let padding = bytes.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        let values = values
        var payload: [UInt8] = []
        payload.reserveCapacity(bytes.count / 4 * 3)
        var group: UInt32 = 0
        let end = bytes.count - padding
        for index in 0..<end {
            let value = values[Int(bytes[index])]
            guard value < 64 else { return nil }
            group = group << 6 | UInt32(value)
            if index & 3 == 3 {
                payload.append(UInt8(truncatingIfNeeded: group >> 16))
                payload.append(UInt8(truncatingIfNeeded: group >> 8))
                payload.append(UInt8(truncatingIfNeeded: group))
                group = 0
            }
        }
        switch padding {
        case 1:
            guard group & 3 == 0 else { return nil }
            payload.append(UInt8(truncatingIfNeeded: group >> 10))
            payload.append(UInt8(truncatingIfNeeded: group >> 2))
        case 2:
            guard group & 15 == 0 else { return nil }
            payload.append(UInt8(truncatingIfNeeded: group >> 4))
        default: break
        }
        return payload
    }
}
