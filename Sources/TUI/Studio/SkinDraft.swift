import Protocol

/// A skin that is being made, and may not be one yet.
struct SkinDraft: Hashable, Sendable {
    private(set) var texts: [StudioField: LineEditor] = [:]
    var inputs: [SkinInput: [String]]

    /// Takes a skin's parts.
    init(_ skin: Skin) {
        inputs = skin.inputs
        let parts: [(StudioField, String, Int)] = [
            (.id, skin.id.rawValue, Limits.maxSkinIDCharacters),
            (.title, skin.title, Limits.maxSkinTitleCharacters),
            (.author, skin.author, Limits.maxNameCharacters), (.price, String(skin.price), 7),
        ]
        for (field, text, most) in parts {
            var editor = LineEditor(maxCharacters: most)
            editor.add(text)
            texts[field] = editor
        }
    }

    /// What to begin with: a whole skin, in colors that are there.
    static func template(id: String?, author: String, colors: BaseColors) -> SkinDraft? {
        let id = id.flatMap(SkinID.init(rawValue:)) ?? SkinID(rawValue: "my-skin")
        guard let id else { return nil }
        let wished: [SkinInput: [String]] = [
            .cursor: ["snow", "amber"], .dot: ["snow", "honey", "coral"],
            .trail: ["honey", "coral", "plum"], .frame: ["lilac", "indigo"],
            .palette: ["midnight", "ice", "periwinkle", "honey"],
        ]
        var skin = Skin(id: id, title: "My skin", author: author, price: 100, inputs: wished)
        for (input, names) in wished where names.contains(where: { colors[$0] == nil }) {
            guard let first = colors.names.first else { return nil }
            skin.inputs[input] = [String](repeating: first, count: input.count.lowerBound)
        }
        return SkinDraft(skin)
    }

    // MARK: Texts

    func text(_ field: StudioField) -> LineEditor { texts[field] ?? LineEditor(maxCharacters: 0) }

    /// Does what a key means to a text; false where it means nothing to it.
    mutating func take(_ press: KeyPress, in field: StudioField) -> Bool {
        guard var editor = texts[field] else { return false }
        if field == .price, case .character(let scalar) = press.key, press.modifiers.isEmpty,
            !("0"..."9").contains(scalar)
        {
            return true
        }
        let isMeant = editor.take(press)
        texts[field] = editor
        return isMeant
    }

    mutating func paste(_ text: String, in field: StudioField) {
        let lines = field == .price ? String(text.filter { ("0"..."9").contains($0) }) : text
        texts[field]?.add(lines)
    }

    // MARK: Checking

    /// The skin; throws what is wrong with the first field that is.
    func skin(colors: BaseColors) throws(Failure) -> Skin {
        guard let id = SkinID(rawValue: text(.id).text) else {
            throw Failure(.badRequest, "field \"id\" must be \(SkinID.rule)")
        }
        guard let price = Int(text(.price).text) else {
            throw Failure(.badRequest, "field \"price\" must be a whole number")
        }
        let skin = Skin(
            id: id, title: text(.title).text, author: text(.author).text, price: price, inputs: inputs)
        // The file's own check is the one check, here too.
        return try Skin(json: skin.json(), colors: colors)
    }

    /// What is wrong with a field, whatever the others are; nil where nothing is.
    func complaint(about field: StudioField, colors: BaseColors) -> String? {
        guard var probe = Self.template(id: nil, author: "me", colors: colors) else { return nil }
        if let input = field.input {
            probe.inputs[input] = inputs[input]
        } else {
            probe.texts[field] = texts[field]
        }
        do throws(Failure) {
            _ = try probe.skin(colors: colors)
            return nil
        } catch {
            guard let start = error.message.firstRange(of: "must be ") else { return error.message }
            return "Must be " + error.message[start.upperBound...]
        }
    }

    /// The fields that are wrong, in their order.
    func faults(colors: BaseColors) -> [StudioField] {
        StudioField.allCases.filter { complaint(about: $0, colors: colors) != nil }
    }

    /// How it looks; nil where a part has no colors to be drawn with.
    func look(in colors: BaseColors) -> SkinLook? {
        guard let id = SkinID(rawValue: "draft") else { return nil }
        return Skin(id: id, title: "", author: "", price: 0, inputs: inputs).look(in: colors)
    }
}
