/// Why a picture can't be made or read.
public enum RasterError: Error, Hashable, Sendable {
    /// The arguments don't fit each other: too few cells, a color beyond the palette, an impossible scale.
    case badArguments(String)
    /// The bytes are no PNG, or a damaged one; the text is the library's.
    case malformed(String)
    /// The picture has more pixels than the caller takes.
    case tooLarge(width: Int, height: Int)
}

extension RasterError: CustomStringConvertible {
    /// One sentence for whoever can act on it.
    public var description: String {
        switch self {
        case .badArguments(let what): what
        case .malformed(let why): "not a PNG that can be read: \(why)"
        case .tooLarge(let width, let height): "the picture is too large: \(width)x\(height) pixels"
        }
    }
}
