/// Header fields in the order they came; names compare without regard to case.
public struct HTTPHeaders: Sendable, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// Names as written, with their values.
    public private(set) var fields: [(name: String, value: String)]

    /// No fields.
    public init() { fields = [] }

    /// Takes the pairs in their order.
    public init(_ fields: [(String, String)]) {
        self.fields = fields.map { (name: $0.0, value: $0.1) }
    }

    /// Takes the pairs in their order.
    public init(arrayLiteral elements: (String, String)...) { self.init(elements) }

    /// Takes the pairs in their order.
    public init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }

    /// The first value of a field; setting replaces all of its values, or removes them with nil.
    public subscript(name: String) -> String? {
        get { fields.first { Self.isSame($0.name, name) }?.value }
        set {
            fields.removeAll { Self.isSame($0.name, name) }
            if let newValue { fields.append((name: name, value: newValue)) }
        }
    }

    /// Every value of a field, in order.
    public func all(_ name: String) -> [String] {
        fields.filter { Self.isSame($0.name, name) }.map(\.value)
    }

    /// A list-valued field whose lines are one list (RFC 9110 §5.3); nil where there is no line.
    public func list(_ name: String) -> String? {
        let lines = all(name)
        return lines.isEmpty ? nil : lines.joined(separator: ", ")
    }

    /// Appends a field, keeping those of the same name.
    public mutating func add(_ name: String, _ value: String) {
        fields.append((name: name, value: value))
    }

    /// Whether a comma-separated field (such as `Connection`) names the token, without regard to case.
    public func lists(_ name: String, token: String) -> Bool {
        all(name).contains { value in
            value.utf8.split(separator: UInt8(ascii: ",")).contains { Self.isSame(Self.trimmed($0), token) }
        }
    }

    /// The elements of a comma-separated field, trimmed, empty ones left out.
    func elements(_ name: String) -> [String] {
        all(name).flatMap { value in
            value.utf8.split(separator: UInt8(ascii: ",")).map(Self.trimmed)
        }.filter { !$0.isEmpty }
    }

    private static func trimmed(_ text: Substring.UTF8View) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let start = text.drop(while: isBlank)
        let length = start.reversed().drop(while: isBlank).count
        return String(Substring(start.prefix(length)))
    }

    /// Compares ASCII without regard to case.
    static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count
            && zip(left.utf8, right.utf8).allSatisfy { lowercased($0) == lowercased($1) }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }
}
