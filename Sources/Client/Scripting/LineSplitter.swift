/// Cuts a stream of bytes into lines, and passes over those that are too long to send.
public struct LineSplitter: Sendable {
    /// A line, or the number (from 1) of one that can't be sent.
    public enum Line: Hashable, Sendable {
        case line([UInt8])
        case tooLong(number: Int)
        case notUTF8(number: Int)
    }

    private let maxBytes: Int
    private var rest: [UInt8] = []
    private var isTooLong = false
    private var number = 0

    /// Takes the length of the longest line, in bytes without its end.
    public init(maxBytes: Int) {
        self.maxBytes = maxBytes
    }

    /// The lines that end in these bytes; empty ones are left out.
    public mutating func take(_ bytes: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var pieces = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        while let piece = pieces.popFirst() {
            if rest.count + piece.count > maxBytes + 1 {
                isTooLong = true
                rest = []
            } else if !isTooLong {
                rest += piece
            }
            if pieces.isEmpty { break }
            if let line = finishLine() { lines.append(line) }
        }
        return lines
    }

    /// The last line, where no line feed ended it.
    public mutating func end() -> Line? {
        rest.isEmpty && !isTooLong ? nil : finishLine()
    }

    private mutating func finishLine() -> Line? {
        number += 1
        defer {
            rest = []
            isTooLong = false
        }
        if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
        if isTooLong || rest.count > maxBytes { return .tooLong(number: number) }
        if rest.isEmpty { return nil }
        guard String(validating: rest, as: UTF8.self) != nil else { return .notUTF8(number: number) }
        return .line(rest)
    }
}
