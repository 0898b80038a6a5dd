/// The planets that a click game can be about, with the pictures that clients draw.
public struct PlanetCatalog: Hashable, Sendable {
    /// A planet.
    public struct Planet: Hashable, Sendable {
        /// Its name on the wire, such as `earth`.
        public var name: String
        /// Its name for people, such as `Earth`.
        public var title: String
        /// Its picture, row by row: a letter of `inks` a pixel, a dot where there is none.
        public var rows: [String]
        /// The color of each letter.
        public var inks: [Character: Palette.Color]

        /// Joins the parts.
        public init(name: String, title: String, rows: [String], inks: [Character: Palette.Color]) {
            self.name = name
            self.title = title
            self.rows = rows
            self.inks = inks
        }
    }

    /// All of them, in their order; the first two are those of a game that nobody ordered otherwise.
    public var planets: [Planet]

    /// Wraps the planets.
    public init(planets: [Planet]) {
        self.planets = planets
    }

    /// The planet with a name.
    public subscript(name: String) -> Planet? { planets.first { $0.name == name } }

    /// The names, in order.
    public var names: [String] { planets.map(\.name) }

    /// Reads `{"planets":[{"name","title","inks":{"a":"#rrggbb",…},"rows":["..aa..",…]},…]}`.
    ///
    /// Throws `bad_request` naming what is wrong: fewer than two planets, a name that stands twice, rows of
    /// unequal length, or a letter without a color.
    public init(json: [UInt8]) throws(Failure) {
        var planets: [Planet] = []
        for fields in try JSONFields(json).objects("planets") {
            let colors = try fields.object("inks")
            var inks: [Character: Palette.Color] = [:]
            for name in colors.names {
                guard let letter = name.first, name.count == 1, letter != ".",
                    let color = Palette.Color(hex: try colors.string(name))
                else { throw colors.refusal(name, "one letter's color, as in #3366cc") }
                inks[letter] = color
            }
            let rows = try fields.strings("rows")
            guard let width = rows.first?.count, width > 0, rows.allSatisfy({ $0.count == width }),
                rows.allSatisfy({ $0.allSatisfy { $0 == "." || inks[$0] != nil } })
            else { throw fields.refusal("rows", "rows of one length, of letters that have a color") }
            planets.append(
                Planet(
                    name: try fields.name(), title: try fields.string("title"), rows: rows, inks: inks))
        }
        guard planets.count >= 2, Set(planets.map(\.name)).count == planets.count else {
            throw Failure(.badRequest, "field \"planets\" must be at least two planets of different names")
        }
        self.init(planets: planets)
    }
}
