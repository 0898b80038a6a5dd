/// A skin's colors as they are drawn: each part has as many as it takes.
public struct SkinLook: Hashable, Sendable {
    private let inputs: [SkinInput: [BaseColor]]

    /// Takes colors for every part; nil where one has too few or too many.
    public init?(_ inputs: [SkinInput: [BaseColor]]) {
        guard SkinInput.allCases.allSatisfy({ $0.count.contains(inputs[$0]?.count ?? 0) }) else { return nil }
        self.inputs = inputs
    }

    /// The colors of a part with their names.
    public subscript(input: SkinInput) -> [BaseColor] { inputs[input] ?? [] }

    /// The colors of a part; never fewer than it takes.
    public func colors(of input: SkinInput) -> [Palette.Color] { self[input].map(\.color) }

    /// What the screen is filled with.
    public var ground: Palette.Color { self[.palette][0].color }
    /// What is read.
    public var text: Palette.Color { self[.palette][1].color }
    /// What stands back: hints, and what can't be chosen.
    public var quiet: Palette.Color { self[.palette][2].color }
    /// What stands out: titles, and what is chosen.
    public var accent: Palette.Color { self[.palette][3].color }
}

extension Skin {
    /// Its colors as they are drawn; nil where a part lacks some, or a name has no color any more.
    public func look(in colors: BaseColors) -> SkinLook? {
        var looks: [SkinInput: [BaseColor]] = [:]
        for (input, names) in inputs {
            var values: [BaseColor] = []
            for name in names {
                guard let color = colors[name] else { return nil }
                values.append(BaseColor(name: name, color: color))
            }
            looks[input] = values
        }
        return SkinLook(looks)
    }
}
