/// A color with the name that skins call it by.
public struct BaseColor: Hashable, Sendable {
    /// Its name, such as `coral`: 1 to 24 of `a-z`, `0-9` and `-`.
    public var name: String
    /// What it looks like.
    public var color: Palette.Color

    /// Joins the parts.
    public init(name: String, color: Palette.Color) {
        self.name = name
        self.color = color
    }
}

/// The colors that skins are made of, in the order in which they are offered.
public struct BaseColors: Hashable, Sendable {
    /// All of them; no name stands twice.
    public let colors: [BaseColor]

    /// Takes 1 to `Limits.maxBaseColors` colors; throws `bad_request` naming a wrong name or one that stands
    /// twice.
    public init(_ colors: [BaseColor]) throws(Failure) {
        guard (1...Limits.maxBaseColors).contains(colors.count) else {
            throw Failure(.badRequest, "there must be 1 to \(Limits.maxBaseColors) base colors")
        }
        var names: Set<String> = []
        for (index, color) in colors.enumerated() {
            guard SkinID.isWord(color.name, max: Limits.maxBaseColorCharacters) else {
                throw Failure(
                    .badRequest,
                    "field \"items[\(index)].name\" must be 1 to \(Limits.maxBaseColorCharacters) of a-z, 0-9, -"
                )
            }
            guard names.insert(color.name).inserted else {
                throw Failure(.badRequest, "base color \"\(color.name)\" stands twice")
            }
        }
        self.colors = colors
    }

    private init() { colors = [] }

    /// No colors, and so no skins: where a server has none.
    public static let none = BaseColors()

    /// The color of a name; nil for a name there is none of.
    public subscript(name: String) -> Palette.Color? { colors.first { $0.name == name }?.color }

    /// The names, in order.
    public var names: [String] { colors.map(\.name) }
}

extension BaseColor: JSONPart {
    /// `name`, `color`.
    func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("color", color.hex)
    }

    /// Reads what `write` writes.
    init(_ fields: JSONFields) throws(Failure) {
        guard let color = Palette.Color(hex: try fields.string("color")) else {
            throw fields.refusal("color", "a color, as in #3366cc")
        }
        self.init(name: try fields.string("name"), color: color)
    }
}

extension BaseColors {
    /// `[{"name","color":"#rrggbb"},…]`, as `GET /api/base_colors` answers.
    public func json() -> [UInt8] { JSONWriter.array(colors) }

    /// Reads what `json` writes; a failure names what is wrong.
    public init(json: [UInt8]) throws(Failure) {
        try self.init(JSONFields.parts(json: json))
    }
}
