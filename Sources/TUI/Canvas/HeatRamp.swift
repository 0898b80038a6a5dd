import Protocol

/// The colors of heat, from a little warm to hot: each is told from its neighbours in sixteen colors and by brightness
/// alone, and the hottest is farthest from the ground.
struct HeatRamp: Hashable, Sendable {
    let colors: [Palette.Color]

    init(on ground: Palette.Color) {
        colors = ground.luma > Self.brightLuma ? Self.onBright : Self.onDark
    }

    /// The color of heat, told in parts of the ramp; beyond its end it is the hottest.
    func color(_ part: Int) -> Palette.Color { colors[min(max(part, 0), colors.count - 1)] }

    private static let brightLuma = 140

    private static let onDark = ramp([0x7a1c1c, 0xa81818, 0xd02020, 0xff4500, 0xff9000, 0xffff00, 0xffffff])
    private static let onBright = ramp([0xf4b400, 0xff9000, 0xff4500, 0xd02020, 0xa81818, 0x7a1c1c, 0x000000])

    private static func ramp(_ values: [UInt32]) -> [Palette.Color] {
        values.map { value in
            Palette.Color(red: UInt8(value >> 16), green: UInt8(value >> 8 & 255), blue: UInt8(value & 255))
        }
    }
}
