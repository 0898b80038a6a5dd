import Protocol

/// The sides of a PNG, in pixels.
struct PictureSize: Hashable, Sendable {
    var width: Int
    var height: Int

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Reads them from a PNG's first chunk; nil for anything else.
    init?(png: [UInt8]) {
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        guard png.count >= 24, png.starts(with: signature), png[12..<16].elementsEqual("IHDR".utf8) else {
            return nil
        }
        width = png[16..<20].reduce(0) { $0 << 8 | Int($1) }
        height = png[20..<24].reduce(0) { $0 << 8 | Int($1) }
        guard width > 0, height > 0 else { return nil }
    }

    /// Whether Telegram takes it as a photo.
    var isPhoto: Bool {
        width + height <= Limits.maxTelegramPhotoSides
            && max(width, height) <= min(width, height) * Limits.maxTelegramPhotoRatio
    }
}
