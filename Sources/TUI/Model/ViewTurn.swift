import Glibc

/// How the view is turned, flipped, sheared and stretched: any linear map but its size, which is the zoom.
///
/// The canvas is mirrored and stretched first, then sheared, then turned, so that each key's change to what is
/// seen is a change of these four numbers.
struct ViewTurn: Hashable, Sendable {
    /// Clockwise, from 0 up to 360.
    private(set) var degrees = 0.0
    /// How far each row of pixels stands to the right of the one above it, in pixels.
    private(set) var shear = 0.0
    /// How many times as wide as it is high a pixel is shown.
    private(set) var stretch = 1.0
    /// Whether left and right change places.
    private(set) var isMirrored = false

    /// As the canvas is.
    static let upright = ViewTurn()

    /// What a key turns by.
    static let stepDegrees = 15.0
    static let shearStep = 0.25
    private static let largestShear = 4.0
    private static let stretches = 0.25...4.0

    /// Whether the canvas is shown as it is.
    var isUpright: Bool { self == .upright }

    /// Whether pixels stand upright, so that they can be shown as exact squares.
    var isSquare: Bool {
        shear == 0 && stretch == 1 && degrees.truncatingRemainder(dividingBy: 90) == 0
    }

    /// Turns what is seen clockwise.
    mutating func rotate(byDegrees angle: Double) {
        let sum = (degrees + angle).truncatingRemainder(dividingBy: 360)
        degrees = sum < 0 ? sum + 360 : sum
        if degrees >= 360 { degrees = 0 }
    }

    /// Changes left and right of what is seen.
    mutating func flipAcross() {
        isMirrored.toggle()
        shear = shear == 0 ? 0 : -shear
        let angle = degrees
        degrees = 0
        rotate(byDegrees: -angle)
    }

    /// Changes top and bottom of what is seen.
    mutating func flipDown() {
        flipAcross()
        rotate(byDegrees: 180)
    }

    /// Shears the canvas further.
    mutating func shear(by amount: Double) {
        let sum = min(max(shear + amount, -Self.largestShear), Self.largestShear)
        shear = sum == 0 ? 0 : sum
    }

    /// Shows pixels so many times as wide as high.
    mutating func stretch(to ratio: Double) {
        stretch = min(max(ratio, Self.stretches.lowerBound), Self.stretches.upperBound)
    }

    /// The map from pixels to half cells at a zoom.
    func linear(at zoom: Zoom) -> ViewTransform.Linear {
        let size = Double(zoom.scale) / Double(zoom.block)
        let (cosine, sine) = Self.circle(degrees)
        let across = (isMirrored ? -stretch : stretch) * size
        return ViewTransform.Linear(
            xx: cosine * across, xy: (cosine * shear - sine) * size,
            yx: sine * across, yy: (sine * shear + cosine) * size)
    }

    /// The size of the box around a canvas at one half cell a pixel.
    func room(for canvas: Extent) -> Extent {
        let linear = linear(at: .actual)
        let (width, height) = (Double(canvas.width), Double(canvas.height))
        // What rounding adds must not take another half cell.
        func whole(_ value: Double) -> Int { max(Int((value - 1e-6).rounded(.up)), 1) }
        return Extent(
            width: whole(abs(linear.xx) * width + abs(linear.xy) * height),
            height: whole(abs(linear.yx) * width + abs(linear.yy) * height))
    }

    /// Cosine and sine, exact for right angles.
    private static func circle(_ degrees: Double) -> (Double, Double) {
        switch degrees {
        case 0: (1, 0)
        case 90: (0, 1)
        case 180: (-1, 0)
        case 270: (0, -1)
        default: (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
        }
    }

    /// What the title line says of it; empty when upright.
    var label: String {
        var words: [String] = []
        // Upside down is what people call it, and not mirrored and turned by half.
        let isFlipped = isMirrored && degrees == 180
        if degrees != 0, !isFlipped {
            words.append("\(Self.short(degrees > 180 ? degrees - 360 : degrees))°")
        }
        if isMirrored { words.append(isFlipped ? "flipped" : "mirrored") }
        if shear != 0 { words.append("shear \(Self.short(shear))") }
        if stretch != 1 { words.append("stretch \(Self.short(stretch))") }
        return words.joined(separator: " ")
    }

    /// At most two digits behind the point, and none that say nothing.
    private static func short(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let sign = hundredths < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(whole)" }
        return rest % 10 == 0
            ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
