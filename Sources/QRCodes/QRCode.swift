import CQREncode

/// A text as a square of dark and light modules (ISO/IEC 18004), without the quiet zone around it.
public struct QRCode: Hashable, Sendable {
    /// How much of a code may be hidden or misread before its text is lost.
    public enum Correction: Hashable, Sendable {
        /// About 7 %, which a screen that nothing scratches needs no more of.
        case low
        /// About 15 %.
        case medium
    }

    /// Light modules that must surround the code on each side, for readers to find it.
    public static let quietModules = 4
    /// The longest text that is taken, in bytes: any address that a person is sent to.
    public static let maxTextBytes = 512

    /// Modules on a side: 21 to 177.
    public let side: Int
    /// Row by row: whether a module is dark.
    private let modules: [Bool]

    /// Encodes a text in the smallest code that holds it.
    ///
    /// - Parameter text: 1 to `maxTextBytes` bytes, none of them zero.
    /// - Returns: nil for other texts.
    public init?(_ text: String, correction: Correction = .low) {
        guard (1...Self.maxTextBytes).contains(text.utf8.count), !text.utf8.contains(0) else { return nil }
        let level =
            switch correction {
            case .low: QR_ECLEVEL_L
            case .medium: QR_ECLEVEL_M
            }
        guard let code = QRcode_encodeString(text, 0, level, QR_MODE_8, 1) else { return nil }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        // A module's lowest bit is its color; the others tell what it is there for.
        modules = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
    }

    /// Whether a module is dark; those outside, such as the quiet zone's, are light.
    public func isDark(column: Int, row: Int) -> Bool {
        guard (0..<side).contains(column), (0..<side).contains(row) else { return false }
        return modules[row * side + column]
    }
}
