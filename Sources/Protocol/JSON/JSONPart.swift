/// A value that is the members of an object, written and read side by side.
protocol JSONPart {
    /// Writes its members.
    func write(to json: inout JSONWriter)
    /// Reads what `write` writes.
    init(_ fields: JSONFields) throws(Failure)
}

extension JSONWriter {
    /// A member that is an array of such objects.
    mutating func field(_ name: StaticString, _ parts: [some JSONPart]) {
        objects(name, parts) { $0.write(to: &$1) }
    }

    /// The text of an array of such objects.
    static func array(_ parts: [some JSONPart]) -> [UInt8] {
        array(parts) { $0.write(to: &$1) }
    }
}

extension JSONFields {
    /// An array of such objects.
    func parts<Part: JSONPart>(_ name: String) throws(Failure) -> [Part] {
        try Self.parts(objects(name))
    }

    /// The objects of a text that must be an array of them.
    static func parts<Part: JSONPart>(json: [UInt8]) throws(Failure) -> [Part] {
        try parts(array(json))
    }

    private static func parts<Part: JSONPart>(_ objects: [JSONFields]) throws(Failure) -> [Part] {
        var parts: [Part] = []
        for fields in objects { parts.append(try Part(fields)) }
        return parts
    }
}
