/// The colors of a canvas; a cell holds an index into them.
public struct Palette: Hashable, Sendable {
    /// 8 bits each of red, green and blue.
    public struct Color: Hashable, Sendable {
        /// Red, 0 to 255.
        public var red: UInt8
        /// Green, 0 to 255.
        public var green: UInt8
        /// Blue, 0 to 255.
        public var blue: UInt8

        /// Joins the parts.
        public init(red: UInt8, green: UInt8, blue: UInt8) {
            self.red = red
            self.green = green
            self.blue = blue
        }

        /// Reads `#rrggbb`; nil for anything else.
        public init?(hex: String) {
            let text = hex.utf8
            guard text.count == 7, text.first == UInt8(ascii: "#"),
                text.dropFirst().allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
                let value = UInt32(hex.dropFirst(), radix: 16)
            else { return nil }
            self.init(red: UInt8(value >> 16), green: UInt8(value >> 8 & 255), blue: UInt8(value & 255))
        }

        /// `#rrggbb` in lower case.
        public var hex: String {
            let value = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
            let digits = String(value, radix: 16)
            return "#" + String(repeating: "0", count: 6 - digits.count) + digits
        }
    }

    /// The colors in order; cell value 0 is the canvas's ground.
    public let colors: [Color]

    /// Takes 2 to `Limits.maxPaletteColors` colors; nil for any other number.
    public init?(colors: [Color]) {
        guard (2...Limits.maxPaletteColors).contains(colors.count) else { return nil }
        self.colors = colors
    }

    /// Takes colors written in this package as `0xRRGGBB`, whose number is known to be right.
    init(unchecked rgb: [UInt32]) {
        precondition((2...Limits.maxPaletteColors).contains(rgb.count), "a palette has 2 to 256 colors")
        colors = rgb.map {
            Color(red: UInt8($0 >> 16 & 255), green: UInt8($0 >> 8 & 255), blue: UInt8($0 & 255))
        }
    }

    /// How many colors there are.
    public var count: Int { colors.count }

    /// Bits that hold any index: 5 for 32 colors.
    public var indexBits: Int {
        Int.bitWidth - (colors.count - 1).leadingZeroBitCount
    }

    /// The `#rrggbb` texts in order.
    public var hexes: [String] { colors.map(\.hex) }
}
