/// A skin as the shop shows it to an account.
public struct SkinOffer: Hashable, Sendable {
    /// The skin.
    public let skin: Skin
    /// Its colors.
    public let look: SkinLook
    /// Whether the account has it.
    public var isOwned: Bool
    /// Whether the account wears it.
    public var isEquipped: Bool

    /// Offers a skin; nil where it can't be drawn with these colors.
    public init?(_ skin: Skin, in colors: BaseColors, isOwned: Bool, isEquipped: Bool) {
        guard let look = skin.look(in: colors) else { return nil }
        self.skin = skin
        self.look = look
        self.isOwned = isOwned
        self.isEquipped = isEquipped
    }
}

extension SkinOffer: JSONPart {
    /// `id`, `title`, `author`, `price`, `owned`, `equipped`, `inputs`.
    func write(to json: inout JSONWriter) {
        json.field("id", skin.id.rawValue)
        json.field("title", skin.title)
        json.field("author", skin.author)
        json.field("price", skin.price)
        json.field("owned", isOwned)
        json.field("equipped", isEquipped)
        json.objects("inputs", SkinInput.allCases) { input, json in
            json.field("name", input.rawValue)
            json.field("values", look[input])
        }
    }

    /// Reads what `write` writes; inputs that a later server may have are passed over.
    init(_ fields: JSONFields) throws(Failure) {
        var inputs: [SkinInput: [BaseColor]] = [:]
        for part in try fields.objects("inputs") {
            guard let input = SkinInput(rawValue: try part.string("name")) else { continue }
            guard inputs.updateValue(try part.parts("values"), forKey: input) == nil else {
                throw part.refusal("name", "of each input once")
            }
        }
        guard let look = SkinLook(inputs) else {
            throw fields.refusal("inputs", "every input with as many colors as it takes")
        }
        skin = try Skin(fields, inputs: inputs.mapValues { $0.map(\.name) })
        self.look = look
        isOwned = try fields.bool("owned")
        isEquipped = try fields.bool("equipped")
    }

    /// A JSON array of offers, as `GET /api/skins` answers.
    public static func json(_ offers: [SkinOffer]) -> [UInt8] {
        JSONWriter.array(offers)
    }

    /// Reads what `json` writes.
    public static func list(json: [UInt8]) throws(Failure) -> [SkinOffer] {
        try JSONFields.parts(json: json)
    }
}

/// The answer to `POST /api/skins/ID/purchase`, once durable: `{"skin","points"}`.
public struct PurchaseAnswer: Hashable, Sendable {
    /// What was bought.
    public var skin: SkinID
    /// The profile points that are left.
    public var points: Int

    /// Joins the parts.
    public init(skin: SkinID, points: Int) {
        self.skin = skin
        self.points = points
    }
}

extension PurchaseAnswer: JSONAnswer {
    /// `{"skin","points"}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.field("skin", skin.rawValue)
            $0.field("points", points)
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        self.init(skin: try fields.skinID("skin"), points: try fields.gameCount("points"))
    }
}
