import Protocol
import Raster

/// What the colors of a palette are called, each by a name of its own.
struct ColorNames: Hashable, Sendable {
    /// By the colors' numbers.
    let names: [String]

    /// Plain words for colors all around; the standard palette has each of them once.
    private static let plain: [(name: String, hex: String)] = [
        ("white", "#ffffff"), ("light gray", "#d4d7d9"), ("gray", "#898d90"), ("dark gray", "#515252"),
        ("black", "#000000"), ("burgundy", "#6d001a"), ("dark red", "#be0039"), ("red", "#ff4500"),
        ("orange", "#ffa800"), ("yellow", "#ffd635"), ("pale yellow", "#fff8b8"), ("dark green", "#00a368"),
        ("green", "#00cc78"), ("light green", "#7eed56"), ("dark teal", "#00756f"), ("teal", "#009eaa"),
        ("light teal", "#00ccc0"), ("dark blue", "#2450a4"), ("blue", "#3690ea"), ("light blue", "#51e9f4"),
        ("indigo", "#493ac1"), ("periwinkle", "#6a5cff"), ("lavender", "#94b3ff"), ("dark purple", "#811e9f"),
        ("purple", "#b44ac0"), ("pale purple", "#e4abff"), ("magenta", "#de107f"), ("pink", "#ff3881"),
        ("light pink", "#ff99aa"), ("dark brown", "#6d482f"), ("brown", "#9c6926"), ("beige", "#ffb470"),
    ]

    /// Names each color by the plain word nearest to it; those that share a word are counted.
    init(_ palette: Palette) {
        let known = Self.plain.compactMap { word in
            Palette.Color(hex: word.hex).map { (name: word.name, color: $0) }
        }
        let nearest = PerceptualColors(known.map(\.color))
        let words = palette.colors.map { color in
            known.first { $0.color == color }?.name ?? known[nearest.nearest(to: color)].name
        }
        var counts: [String: Int] = [:]
        names = words.map { word in
            counts[word, default: 0] += 1
            let number = counts[word] ?? 1
            return number == 1 ? word : "\(word) \(number)"
        }
    }

    /// The name of a color; one that the palette doesn't have shows as its first.
    subscript(index: UInt8) -> String {
        names.indices.contains(Int(index)) ? names[Int(index)] : names.first ?? "color \(index)"
    }

    /// What a text may mean.
    enum Meaning: Hashable, Sendable {
        case color(UInt8)
        /// Several colors, by their names.
        case several([String])
        case none
    }

    /// The color that a number or a name means; a part of a name does where only one has it.
    func meaning(of text: String) -> Meaning {
        let text = text.lowercased().replacing("grey", with: "gray")
        if let number = Int(text) {
            return names.indices.contains(number) ? .color(UInt8(clamping: number)) : .none
        }
        if let index = names.firstIndex(of: text) { return .color(UInt8(clamping: index)) }
        let alike = names.indices.filter { !text.isEmpty && names[$0].contains(text) }
        guard let first = alike.first else { return .none }
        return alike.count == 1 ? .color(UInt8(clamping: first)) : .several(alike.map { names[$0] })
    }
}
