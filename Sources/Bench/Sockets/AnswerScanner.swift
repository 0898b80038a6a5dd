/// Finds a server's HTTP answers in a stream of bytes without copying them (RFC 9112 §2.1, §6.2).
///
/// It reads no more than a load needs: the status, and a body whose length the head tells.
enum AnswerScanner {
    /// One whole answer within a buffer.
    struct Answer: Hashable {
        /// Such as 200.
        var status: Int
        /// Where its body starts in the buffer.
        var bodyStart: Int
        /// Where the answer ends in the buffer.
        var end: Int
    }

    /// What stands at an offset.
    enum Outcome: Hashable {
        case answer(Answer)
        /// More bytes are needed.
        case incomplete
        /// No status, or no length that can be read.
        case malformed
    }

    private static let statusStart = "HTTP/1.1 ".utf8.count
    private static let statusDigits = 3
    private static let maxBodyDigits = 9

    /// Reads the answer that starts at `offset`.
    static func next(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Outcome {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
        guard let headEnd = Upgrade.headEnd(in: rest) else { return .incomplete }
        guard rest.starts(with: "HTTP/1.1 ".utf8),
            let status = number(rest[statusStart..<statusStart + statusDigits]),
            let length = contentLength(rest[..<headEnd])
        else { return .malformed }
        guard rest.count - headEnd >= length else { return .incomplete }
        return .answer(
            Answer(status: status, bodyStart: offset + headEnd, end: offset + headEnd + length))
    }

    private static func contentLength(_ head: Slice<UnsafeRawBufferPointer>) -> Int? {
        let name = Array("\ncontent-length:".utf8)
        var matched = 0
        for index in head.indices {
            let letter = head[index] >= 65 && head[index] <= 90 ? head[index] | 0x20 : head[index]
            matched = letter == name[matched] ? matched + 1 : letter == name[0] ? 1 : 0
            if matched == name.count {
                let value = head[(index + 1)...].drop { $0 == UInt8(ascii: " ") }
                return number(value.prefix { $0 != 13 })
            }
        }
        return nil
    }

    private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int? {
        guard (1...maxBodyDigits).contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard digit >= 48, digit <= 57 else { return nil }
            value = value * 10 + Int(digit - 48)
        }
        return value
    }
}
