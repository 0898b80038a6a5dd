import Protocol

/// A planet's pixels at the size that there is room for; nil where there is none.
struct PlanetPicture {
    /// Pixels along each side.
    let size: Int
    private let pixels: [Palette.Color?]

    /// The catalog's pictures are as many pixels along each side.
    static let fullSize = 28

    /// Scales a planet's picture; a planet without one is a gray ball.
    init(_ planet: PlanetCatalog.Planet?, size: Int) {
        self.size = size
        let source = planet.map { planet in
            planet.rows.map { row in row.map { $0 == "." ? nil : planet.inks[$0] } }
        }
        pixels = (0..<size * size).map { at in
            let (x, y) = (at % size, at / size)
            return source.map { Self.mean($0, x: x, y: y, size: size) } ?? Self.ball(x: x, y: y, size: size)
        }
    }

    subscript(x: Int, y: Int) -> Palette.Color? {
        x >= 0 && x < size && y >= 0 && y < size ? pixels[y * size + x] : nil
    }

    /// The nearest distance to the planet of a place beside it: 1 or 2; nil where it is farther, or inside.
    func distance(x: Int, y: Int) -> Int? {
        guard self[x, y] == nil else { return nil }
        for reach in 1...2 {
            for (dx, dy) in [
                (reach, 0), (-reach, 0), (0, reach), (0, -reach), (1, 1), (1, -1), (-1, 1), (-1, -1),
            ]
            where self[x + dx, y + dy] != nil { return reach }
        }
        return nil
    }

    /// The mean of the pixels that come to lie on one; none where most of them are none.
    private static func mean(_ source: [[Palette.Color?]], x: Int, y: Int, size: Int) -> Palette.Color? {
        let (height, width) = (source.count, source.first?.count ?? 0)
        let rows = y * height / size..<max((y + 1) * height / size, y * height / size + 1)
        let columns = x * width / size..<max((x + 1) * width / size, x * width / size + 1)
        var (red, green, blue, count) = (0, 0, 0, 0)
        for row in rows {
            for column in columns {
                guard let color = source[row][column] else { continue }
                red += Int(color.red)
                green += Int(color.green)
                blue += Int(color.blue)
                count += 1
            }
        }
        guard count * 2 >= rows.count * columns.count, count > 0 else { return nil }
        return Palette.Color(
            red: UInt8(red / count), green: UInt8(green / count), blue: UInt8(blue / count))
    }

    private static func ball(x: Int, y: Int, size: Int) -> Palette.Color? {
        let (dx, dy) = (2 * x + 1 - size, 2 * y + 1 - size)
        guard dx * dx + dy * dy <= size * size else { return nil }
        let light = UInt8(clamping: 150 - (dx + dy) * 70 / size)
        return Palette.Color(red: light, green: light, blue: light)
    }
}

/// What heat does to colors.
enum Glow {
    private static let ember = Palette.Color(red: 190, green: 24, blue: 8)
    private static let fire = Palette.Color(red: 255, green: 104, blue: 24)
    private static let flash = Palette.Color(red: 255, green: 226, blue: 140)

    /// The color of a heat, from red over orange to a pale yellow.
    static func color(level: Int) -> Palette.Color {
        let percent = min(max(level, 0), PlanetHeat.maxLevel) * 200 / PlanetHeat.maxLevel
        return percent <= 100
            ? ember.blended(with: fire, percent: percent) : fire.blended(with: flash, percent: percent - 100)
    }

    /// A planet's color at a heat: its light side burns brighter than its dark one.
    static func heated(_ color: Palette.Color, level: Int) -> Palette.Color {
        guard level > 0 else { return color }
        let glow = Self.color(level: level)
        let shadow = Palette.Color(red: glow.red / 3, green: glow.green / 6, blue: glow.blue / 8)
        let lit = shadow.blended(with: glow, percent: min(color.luma * 100 / 200, 100))
        return color.blended(with: lit, percent: 4 + level * 58 / PlanetHeat.maxLevel)
    }

    /// What the sky around it shows at a distance of 1 or 2 pixels; nil where it stays dark.
    static func halo(_ sky: Palette.Color, level: Int, distance: Int) -> Palette.Color? {
        let strength = level * 66 / PlanetHeat.maxLevel - (distance - 1) * 34
        guard strength > 0 else { return nil }
        let glow = ember.blended(with: fire, percent: level * 100 / PlanetHeat.maxLevel)
        return sky.blended(with: glow, percent: strength)
    }

    /// The same in 16 colors, where nothing can be mixed.
    static func plainHalo(level: Int, distance: Int) -> Palette.Color? {
        guard level > 0, distance == 1 || level * 2 > PlanetHeat.maxLevel else { return nil }
        return level * 2 > PlanetHeat.maxLevel && distance == 1 ? flash : ember
    }
}
