/// Bodies and queries of the type `application/x-www-form-urlencoded`.
package enum FormText {
    package static let contentType = "application/x-www-form-urlencoded"

    /// Whether a `Content-Type` is a form's.
    package static func isForm(contentType: String?) -> Bool {
        guard let type = contentType?.split(separator: ";").first else { return false }
        return type.lowercased().filter { $0 != " " } == Self.contentType
    }

    /// `a=1&b=2`, those without a value left out.
    package static func encode(_ fields: [(name: String, value: String?)]) -> String {
        fields.compactMap { name, value in value.map { "\(name)=\(PercentText.encode($0))" } }
            .joined(separator: "&")
    }

    /// The same after a `?`; nothing where there is no field.
    static func query(_ fields: [(name: String, value: String?)]) -> String {
        let text = encode(fields)
        return text.isEmpty ? "" : "?" + text
    }
}

extension PercentText {
    /// The text with all but the unreserved characters (RFC 3986 §2.3) escaped.
    package static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension QueryFields {
    /// Whether a body is a form's.
    static func isForm(_ headers: (String) -> String?) -> Bool {
        FormText.isForm(contentType: headers("Content-Type"))
    }

    /// Reads a form's body.
    init(form headers: (String) -> String?, _ body: [UInt8]) throws(Failure) {
        guard Self.isForm(headers), let text = String(validating: body, as: UTF8.self) else {
            throw Failure(.badRequest, "a form is expected, of the type \(FormText.contentType)")
        }
        try self.init(text)
    }

    /// A text of so many bytes at most, or none.
    func bounded(_ name: String, maxBytes: Int) throws(Failure) -> String? {
        guard let text = text(name) else { return nil }
        guard text.utf8.count <= maxBytes else {
            throw Failure(.badRequest, "field \"\(name)\" must have \(maxBytes) bytes at most")
        }
        return text
    }

    /// A text of so many bytes at most, which must be there.
    func needed(_ name: String, maxBytes: Int) throws(Failure) -> String {
        guard let text = try bounded(name, maxBytes: maxBytes) else {
            throw Failure(.badRequest, "field \"\(name)\" is missing")
        }
        return text
    }
}

extension RouteRequest {
    /// A form as a browser sends it.
    static func form(_ target: String, _ fields: [(name: String, value: String?)]) -> RouteRequest {
        RouteRequest(
            method: "POST", target: target, headers: [Header("Content-Type", FormText.contentType)],
            body: Array(FormText.encode(fields).utf8))
    }
}
