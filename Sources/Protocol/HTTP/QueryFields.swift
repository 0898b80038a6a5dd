/// A query's fields (`a=1&b=2`) by name; unknown ones are left alone, a name that stands twice is refused.
struct QueryFields {
    private var values: [String: String] = [:]

    init(_ query: String?) throws(Failure) {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentText.decode(parts[0], plusIsSpace: true),
                let value = PercentText.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { throw Failure(.badRequest, "the query's percent-encoding is malformed") }
            guard values.updateValue(value, forKey: name) == nil else {
                throw JSONFault.duplicateKey(name).failure
            }
        }
    }

    /// A text, or none.
    func text(_ name: String) -> String? { values[name] }

    /// A whole number, or none.
    func int(_ name: String) throws(Failure) -> Int? {
        guard let text = values[name] else { return nil }
        return try Self.int(name, text)
    }

    /// A whole number from 0, or none.
    func version(_ name: String) throws(Failure) -> Version? {
        guard let value = try int(name) else { return nil }
        guard value >= 0 else {
            throw Failure(.badRequest, "field \"\(name)\" must be a whole number from 0")
        }
        return Version(value)
    }

    /// 1 for yes, 0 or nothing for no.
    func flag(_ name: String) throws(Failure) -> Bool {
        switch values[name] {
        case nil, "0": return false
        case "1": return true
        default: throw Failure(.badRequest, "field \"\(name)\" must be 0 or 1")
        }
    }

    /// Reads decimal digits, after at most one minus sign.
    static func int(_ name: String, _ text: String) throws(Failure) -> Int {
        guard text.utf8.first != UInt8(ascii: "+"), let value = Int(text) else {
            throw Failure(.badRequest, "field \"\(name)\" must be a whole number")
        }
        return value
    }
}

/// Percent-encoding (RFC 3986 §2.1).
package enum PercentText {
    /// The text behind the escapes; nil where one is cut short, or where the bytes aren't UTF-8.
    static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(Hex.digit),
                    let low = iterator.next().flatMap(Hex.digit)
                else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
