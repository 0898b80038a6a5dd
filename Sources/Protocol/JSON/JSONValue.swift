/// A JSON text taken apart (RFC 8259), as far as the protocol tells values from each other.
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number written without fraction or exponent that `Int` holds.
    case integer(Int)
    /// A number with one or two digits after its point, in hundredths.
    case hundredths(Int)
    /// Any other number; no field of the protocol takes one.
    case otherNumber
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
    /// The value of a `pixels` member that was read as `[[x,y,color],…]` without a value for each number.
    case pixels([Pixel])
    /// The value of a `changes` member, likewise.
    case changes([HistoryChange])
}

/// Why a text couldn't be taken apart.
enum JSONFault: Error, Hashable {
    /// The byte at this offset can't stand there.
    case unexpected(offset: Int)
    /// More arrays and objects inside each other than the protocol ever nests.
    case tooDeep
    /// An object holds this key twice.
    case duplicateKey(String)
    /// A `pixels` member isn't an array of `[x,y,color]`.
    case badPixels
    /// A `changes` member isn't an array of `[x,y,color,dt_ms,account_index]`.
    case badChanges

    /// The refusal that says so to a person.
    var failure: Failure {
        switch self {
        case .unexpected(let offset): Failure(.badRequest, "not JSON: unexpected byte at offset \(offset)")
        case .tooDeep: Failure(.badRequest, "not JSON we take: nested deeper than \(JSONParser.maxDepth)")
        case .duplicateKey(let key):
            Failure(.badRequest, "field \"\(PlayerName.displayed(key))\" stands twice")
        case .badChanges:
            Failure(
                .badRequest,
                "field \"changes\" must be an array of [x,y,color,dt_ms,account_index] on a canvas"
            )
        case .badPixels: Failure(.badRequest, "field \"pixels\" must be an array of [x,y,color] on a canvas")
        }
    }
}
