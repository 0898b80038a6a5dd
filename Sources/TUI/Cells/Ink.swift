import Protocol

/// A color as a cell asks for it, before the terminal's depth is known: 24-bit, one of the terminal's own by
/// number, or the terminal's default.
struct Ink: Hashable, Sendable {
    /// The kind in the top byte, the value below; one word, so that grids compare fast.
    let raw: UInt32

    private static let indexedKind: UInt32 = 1 << 24
    private static let standardKind: UInt32 = 2 << 24

    private init(raw: UInt32) {
        self.raw = raw
    }

    /// A 24-bit color.
    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        raw = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    }

    /// A palette's color.
    init(_ color: Palette.Color) {
        self.init(color.red, color.green, color.blue)
    }

    /// The terminal's own foreground or background.
    static let standard = Ink(raw: standardKind)

    /// Color `number` of the terminal's table.
    static func indexed(_ number: UInt8) -> Ink {
        Ink(raw: indexedKind | UInt32(number))
    }

    /// The 24-bit color, where it is one.
    var rgb: Palette.Color? {
        guard raw < Self.indexedKind else { return nil }
        return Palette.Color(red: UInt8(raw >> 16), green: UInt8(raw >> 8 & 255), blue: UInt8(raw & 255))
    }

    /// The number in the terminal's table, where it is one.
    var index: UInt8? {
        raw & 0xff00_0000 == Self.indexedKind ? UInt8(raw & 255) : nil
    }
}

extension Palette.Color {
    /// How bright the color looks, 0 to 255, by the weights of ITU-R BT.601 in whole numbers.
    var luma: Int {
        (299 * Int(red) + 587 * Int(green) + 114 * Int(blue)) / 1000
    }

    /// This color moved `percent` of the way to another.
    func blended(with other: Palette.Color, percent: Int) -> Palette.Color {
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
            UInt8((Int(a) * (100 - percent) + Int(b) * percent) / 100)
        }
        return Palette.Color(
            red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    /// Black or white, whichever is read more easily on this color.
    var readable: Palette.Color {
        luma > 140
            ? Palette.Color(red: 0x12, green: 0x12, blue: 0x18)
            : Palette.Color(red: 255, green: 255, blue: 255)
    }
}
