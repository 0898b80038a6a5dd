/// What stands between the parts of a form: 128 bits that nobody could guess, so that no file holds them.
public struct FormBoundary: Hashable, Sendable {
    /// As it stands in the form, after two hyphens.
    let text: String

    /// Makes one of fresh bits.
    public init(_ high: UInt64, _ low: UInt64) {
        text = "pixelwars-" + Self.hex(high) + Self.hex(low)
    }

    private static func hex(_ bits: UInt64) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// A form with a file in it, as `multipart/form-data` (RFC 7578).
struct MultipartForm {
    private let boundary: String
    private var bytes: [UInt8] = []

    /// Begins a form.
    ///
    /// - Parameter fileBytes: how long the file is that will stand in it.
    init(_ boundary: FormBoundary, fileBytes: Int) {
        self.boundary = boundary.text
        bytes.reserveCapacity(fileBytes + 1024)
    }

    /// What the `Content-Type` header says.
    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    /// Adds a text.
    mutating func add(_ name: String, _ text: String) {
        bytes += Array(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(text)\r\n".utf8)
    }

    /// Adds the file.
    mutating func add(_ name: String, file: [UInt8], called fileName: String, type: String) {
        let head =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\n"
            + "Content-Type: \(type)\r\n\r\n"
        bytes += Array(head.utf8)
        bytes += file
        bytes += Array("\r\n".utf8)
    }

    /// Ends it: the whole form, with nothing copied.
    consuming func ended() -> [UInt8] {
        bytes += Array("--\(boundary)--\r\n".utf8)
        return bytes
    }
}
