/// How a client can look: colors by name for each of its parts, and what that costs.
public struct Skin: Hashable, Sendable {
    /// What it is called on the wire.
    public var id: SkinID
    /// Its name for people.
    public var title: String
    /// Who made it.
    public var author: String
    /// What it costs, in profile points.
    public var price: Int
    /// Names of base colors for each part.
    public var inputs: [SkinInput: [String]]

    /// Joins the parts as they are; `init(json:colors:)` is what checks them.
    public init(id: SkinID, title: String, author: String, price: Int, inputs: [SkinInput: [String]]) {
        self.id = id
        self.title = title
        self.author = author
        self.price = price
        self.inputs = inputs
    }

    /// The colors of a part; names that there is no color of are left out.
    public func colors(of input: SkinInput, in colors: BaseColors) -> [Palette.Color] {
        (inputs[input] ?? []).compactMap { colors[$0] }
    }
}

extension Skin {
    /// The skin's file, one member a line:
    /// `{"id","title","author","price","inputs":{"cursor":["coral",…],…}}`.
    public func json() -> [UInt8] {
        JSONWriter.file {
            $0.field("id", id.rawValue)
            $0.field("title", title)
            $0.field("author", author)
            $0.field("price", price)
            $0.object("inputs") { json in
                for input in SkinInput.allCases {
                    if let names = inputs[input] { json.field(named: input.rawValue, names) }
                }
            }
        }
    }

    /// Reads what `json` writes, and is the one check of a skin wherever it comes from.
    ///
    /// - Parameter colors: the base colors that its names must be of.
    /// - Throws: `bad_request` naming the field: one that is missing, unknown or of the wrong type, an id, title
    ///   or author that can't be one, a price out of range, a part with too few or too many colors, a name
    ///   that there is no color of.
    public init(json: [UInt8], colors: BaseColors) throws(Failure) {
        guard json.count <= Limits.maxSkinBytes else {
            throw Failure(.badRequest, "a skin must have no more than \(Limits.maxSkinBytes) bytes")
        }
        let fields = try JSONFields(json)
        try fields.allow(["id", "title", "author", "price", "inputs"])
        try self.init(fields, inputs: [:])
        let parts = try fields.object("inputs")
        try parts.allow(SkinInput.allCases.map(\.rawValue))
        for input in SkinInput.allCases {
            let names = try parts.strings(input.rawValue)
            guard input.count.contains(names.count) else {
                throw parts.refusal(input.rawValue, "\(input.countText) names of base colors")
            }
            for name in names where colors[name] == nil {
                throw parts.refusal(
                    input.rawValue,
                    "names of base colors; there is no \"\(PlayerName.displayed(String(name.prefix(32))))\"")
            }
            inputs[input] = names
        }
    }

    /// Reads all but the parts.
    init(_ fields: JSONFields, inputs: [SkinInput: [String]]) throws(Failure) {
        let price = try fields.int("price")
        guard (0...Limits.maxSkinPrice).contains(price) else {
            throw fields.refusal("price", "from 0 to \(Limits.maxSkinPrice)")
        }
        self.init(
            id: try fields.skinID("id"),
            title: try fields.printable("title", max: Limits.maxSkinTitleCharacters),
            author: try fields.printable("author", max: Limits.maxNameCharacters),
            price: price, inputs: inputs)
    }
}
