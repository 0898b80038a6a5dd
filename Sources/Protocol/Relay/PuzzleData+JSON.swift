extension PuzzleData {
    /// The members that this kind of puzzle has.
    func write(to json: inout JSONWriter) {
        switch self {
        case .arithmetic(let expression):
            json.field("expression", expression)
        case .anagram(let letters, let hint):
            json.field("letters", letters)
            json.field("hint", hint)
        case .sequence(let terms):
            json.field("terms", terms)
        case .oddOneOut(let words):
            json.field("words", words)
        case .rotation(let shape, let options):
            json.field("shape", shape)
            json.field("options", options)
        case .logic(let people, let items, let clues, let question):
            json.field("people", people)
            json.field("items", items)
            json.field("clues", clues)
            json.field("question", question)
        case .memory(let rows, let showMs, let question):
            json.field("rows", rows)
            json.field("show_ms", showMs)
            json.field("question", question)
        }
    }

    /// Reads what `write` writes for a kind.
    init(_ type: PuzzleType, _ fields: JSONFields) throws(Failure) {
        switch type {
        case .arithmetic:
            self = .arithmetic(expression: try fields.string("expression"))
        case .anagram:
            self = .anagram(letters: try fields.string("letters"), hint: try fields.string("hint"))
        case .sequence:
            self = .sequence(terms: try fields.ints("terms"))
        case .oddOneOut:
            self = .oddOneOut(words: try fields.strings("words"))
        case .rotation:
            self = .rotation(shape: try fields.strings("shape"), options: try fields.stringLists("options"))
        case .logic:
            self = .logic(
                people: try fields.strings("people"), items: try fields.strings("items"),
                clues: try fields.strings("clues"), question: try fields.string("question"))
        case .memory:
            self = .memory(
                rows: try fields.strings("rows"), showMs: try fields.gameCount("show_ms"),
                question: try fields.string("question"))
        }
    }

    /// The data as one JSON object.
    public func json() -> [UInt8] { JSONWriter.object { write(to: &$0) } }

    /// Reads what `json` writes for a kind.
    public init(_ type: PuzzleType, json: [UInt8]) throws(Failure) {
        try self.init(type, JSONFields(json))
    }
}
