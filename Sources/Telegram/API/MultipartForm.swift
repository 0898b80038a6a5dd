/// A form with a file in it, as `multipart/form-data` (RFC 7578).
struct MultipartForm {
    private let boundary: String
    private var bytes: [UInt8] = []

    /// Begins a form.
    ///
    /// - Parameter file: the file that will stand in it: the boundary is one that isn't in there.
    init(around file: [UInt8]) {
        var number = 0
        var boundary = Self.boundary(number)
        while file.firstRange(of: Array(boundary.utf8)) != nil {
            number += 1
            boundary = Self.boundary(number)
        }
        self.boundary = boundary
        bytes.reserveCapacity(file.count + 1024)
    }

    private static func boundary(_ number: Int) -> String { "----pixelwars-form-\(number)-7f3c9a2e51d84b06" }

    /// What the `Content-Type` header says.
    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    /// The whole form.
    var body: [UInt8] { bytes + Array("--\(boundary)--\r\n".utf8) }

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
}
