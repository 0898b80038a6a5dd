import Glibc
public import Protocol

/// A color where distance is how different it looks: OKLab (Björn Ottosson, "A perceptual color space for
/// image processing", 2020).
struct OKLab: Hashable, Sendable {
    var lightness: Float
    var greenRed: Float
    var blueYellow: Float

    /// Converts from sRGB.
    init(_ color: Palette.Color) {
        let red = LinearLight.of(color.red)
        let green = LinearLight.of(color.green)
        let blue = LinearLight.of(color.blue)
        let long = cbrtf(0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue)
        let middle = cbrtf(0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue)
        let short = cbrtf(0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue)
        lightness = 0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short
        greenRed = 1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short
        blueYellow = 0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short
    }

    /// The square of the distance, which orders as the distance does.
    func squaredDistance(to other: OKLab) -> Float {
        let first = lightness - other.lightness
        let second = greenRed - other.greenRed
        let third = blueYellow - other.blueYellow
        return first * first + second * second + third * third
    }
}

/// Light as it adds up: sRGB without its transfer curve (IEC 61966-2-1).
enum LinearLight {
    private static let table: [Float] = (0...255).map { value in
        let share = Float(value) / 255
        return share <= 0.040_45 ? share / 12.92 : powf((share + 0.055) / 1.055, 2.4)
    }

    /// 0 to 1 for an 8-bit component.
    static func of(_ component: UInt8) -> Float { table[Int(component)] }

    /// The component whose light is nearest.
    static func component(_ light: Float) -> UInt8 {
        let share = light <= 0.003_130_8 ? light * 12.92 : 1.055 * powf(light, 1 / 2.4) - 0.055
        return UInt8(max(0, min(255, (share * 255).rounded())))
    }

    /// The color whose light is nearest.
    static func color(_ light: SIMD3<Float>) -> Palette.Color {
        Palette.Color(red: component(light.x), green: component(light.y), blue: component(light.z))
    }
}

/// A list of colors that can be asked which of them looks most like another.
public struct PerceptualColors: Sendable {
    private let places: [OKLab]

    /// Takes at least one color.
    public init(_ colors: [Palette.Color]) {
        precondition(!colors.isEmpty, "nothing is near to nothing")
        places = colors.map(OKLab.init)
    }

    /// The index of the color that looks most like it; of equals, the first.
    public func nearest(to color: Palette.Color) -> Int {
        let wanted = OKLab(color)
        var best = 0
        var bestDistance = Float.infinity
        for (index, place) in places.enumerated() {
            let distance = place.squaredDistance(to: wanted)
            if distance < bestDistance {
                best = index
                bestDistance = distance
            }
        }
        return best
    }
}

extension Palette {
    /// The index of the color that looks most like it (distance in OKLab).
    ///
    /// For many colors, make one `PerceptualColors` and ask that.
    public func nearest(to color: Color) -> UInt8 {
        UInt8(PerceptualColors(colors).nearest(to: color))
    }
}
