public import Protocol
import Transport

// Who placed what, and where.
extension GameClient {
    /// Who placed a cell, and when.
    public func cell(x: Int, y: Int, _ answer: @escaping Answer<PixelAnswer>) {
        call(.pixel(x: x, y: y), answer) { json throws(Failure) in try PixelAnswer(json: json) }
    }

    /// An account's latest pixel; refused with `not_found` where it has none on the canvas.
    public func latestCell(of account: Identifier, _ answer: @escaping Answer<PixelAnswer>) {
        call(.lastPixel(account: account), answer) { json throws(Failure) in try PixelAnswer(json: json) }
    }
}
