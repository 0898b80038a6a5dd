import CHTTPParser

/// Reads one HTTP/1.1 message through http-parser; a fresh one is made for each message.
final class MessageReader {
    /// What bounds it.
    struct Limits {
        var maxHeaderBytes: Int
        var maxBodyBytes: Int
    }

    /// How far it came.
    enum Progress {
        case wantsMore
        case done
        case refused(HTTPRefusal)
    }

    private(set) var target: [UInt8] = []
    private(set) var headers = HTTPHeaders()
    private(set) var body: [UInt8] = []
    private(set) var isHeadDone = false
    private(set) var keepsAlive = false
    private(set) var method = ""
    private(set) var status = 0
    private(set) var isHTTP11 = false

    private let parser: UnsafeMutablePointer<http_parser>
    private let limits: Limits
    private let isRequest: Bool
    private let hasNoBody: Bool
    private var headBytes = 0
    private var bodyWireBytes = 0
    private var name: [UInt8] = []
    private var value: [UInt8] = []
    private var isInValue = false
    private var isDone = false
    private var refusal: HTTPRefusal?

    /// - Parameter answersHead: the message is the answer to a HEAD request and has no body, whatever it says.
    init(isRequest: Bool, limits: Limits, answersHead: Bool = false) {
        self.isRequest = isRequest
        self.limits = limits
        hasNoBody = answersHead
        parser = .allocate(capacity: 1)
        http_parser_init(parser, isRequest ? HTTP_REQUEST : HTTP_RESPONSE)
        parser.pointee.data = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit { parser.deallocate() }

    /// Whether any byte of it came.
    var hasBegun: Bool { headBytes > 0 }

    /// What was read, as a client's answer.
    var response: HTTPResponse { HTTPResponse(status: status, headers: headers, body: body) }

    /// Takes bytes off the input's front, at most to the message's end.
    func read(_ input: inout UnsafeRawBufferPointer) -> Progress {
        while !input.isEmpty && !isDone {
            let room = isHeadDone ? input.count : min(input.count, limits.maxHeaderBytes - headBytes + 1)
            let wasHead = !isHeadDone
            let count = parse(UnsafeRawBufferPointer(rebasing: input[..<room]))
            if let refusal { return .refused(refusal) }
            let error = http_errno(parser.pointee.http_errno)
            guard error == HPE_OK || (isDone && error == HPE_PAUSED) else {
                return .refused(Self.refusal(error))
            }
            input = UnsafeRawBufferPointer(rebasing: input[min(count, input.count)...])
            if wasHead { headBytes += count } else { bodyWireBytes += count }
            if !isHeadDone && headBytes > limits.maxHeaderBytes { return .refused(.headTooLarge) }
            // One-byte chunks take six bytes each; chunk extensions beyond that are an attack.
            if bodyWireBytes > 8 * limits.maxBodyBytes + limits.maxHeaderBytes {
                return .refused(.bodyTooLarge)
            }
        }
        return isDone ? .done : .wantsMore
    }

    /// Notes the connection's end, which ends an answer that had no length.
    ///
    /// - Returns: whether the message is whole.
    func readEnd() -> Bool {
        if !isDone { _ = parse(UnsafeRawBufferPointer(start: nil, count: 0)) }
        return isDone
    }

    private func parse(_ bytes: UnsafeRawBufferPointer) -> Int {
        var settings = Self.settings
        return http_parser_execute(
            parser, &settings, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }

    private func refuse(_ reason: HTTPRefusal) -> Int32 {
        refusal = reason
        return -1
    }
}

// MARK: What http-parser calls

extension MessageReader {
    private func takeName(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        guard !isHeadDone else { return 0 }
        if isInValue { finishField() }
        name.append(contentsOf: bytes)
        return 0
    }

    private func takeValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        guard !isHeadDone else { return 0 }
        isInValue = true
        value.append(contentsOf: bytes)
        return 0
    }

    private func finishField() {
        guard !name.isEmpty else { return }
        // http-parser's lenient build takes spaces inside names, which others read as another name.
        if !name.allSatisfy(Self.isTokenByte) { refusal = .malformed("a header's name has a bad character") }
        while let last = value.last, last == 0x20 || last == 0x09 { value.removeLast() }
        headers.add(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
        name = []
        value = []
        isInValue = false
    }

    private func finishHead() -> Int32 {
        finishField()
        isHeadDone = true
        keepsAlive = http_should_keep_alive(parser) != 0
        isHTTP11 = parser.pointee.http_major == 1 && parser.pointee.http_minor == 1
        status = Int(parser.pointee.status_code)
        if isRequest {
            method = http_method_str(http_method(parser.pointee.method)).map { String(cString: $0) } ?? ""
        }
        if refusal != nil { return -1 }
        if isRequest, let fault = RequestRules.fault(in: self, version: version) { return refuse(fault) }
        let length = parser.pointee.content_length
        if length != UInt64.max && length > UInt64(limits.maxBodyBytes) && !hasNoBody {
            return refuse(.bodyTooLarge)
        }
        return hasNoBody ? 1 : 0
    }

    private var version: (Int, Int) { (Int(parser.pointee.http_major), Int(parser.pointee.http_minor)) }

    private func takeBody(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        guard body.count + bytes.count <= limits.maxBodyBytes else { return refuse(.bodyTooLarge) }
        body.append(contentsOf: bytes)
        return 0
    }

    private func finishMessage() -> Int32 {
        isDone = true
        // What follows belongs to the next message, which gets a reader of its own.
        http_parser_pause(parser, 1)
        return 0
    }

    /// Whether RFC 9110 §5.6.2 allows the byte in a header's name.
    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60,
            0x7C,
            0x7E:
            true
        default: false
        }
    }

    private static func refusal(_ error: http_errno) -> HTTPRefusal {
        switch error {
        case HPE_HEADER_OVERFLOW: return .headTooLarge
        case HPE_INVALID_VERSION: return .versionNotSupported
        default:
            let reason = http_errno_description(error).map { String(cString: $0) }
            return .malformed(reason ?? "it isn't HTTP")
        }
    }

    private static func from(_ parser: UnsafeMutablePointer<http_parser>?) -> MessageReader? {
        parser?.pointee.data.map { Unmanaged<MessageReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func bytes(_ start: UnsafePointer<CChar>?, _ count: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: UnsafeRawPointer(start)?.assumingMemoryBound(to: UInt8.self), count: count)
    }

    private static var settings: http_parser_settings {
        var settings = http_parser_settings()
        settings.on_url = { parser, start, count in
            MessageReader.from(parser)?.target.append(contentsOf: MessageReader.bytes(start, count))
            return 0
        }
        settings.on_header_field = { parser, start, count in
            MessageReader.from(parser)?.takeName(MessageReader.bytes(start, count)) ?? -1
        }
        settings.on_header_value = { parser, start, count in
            MessageReader.from(parser)?.takeValue(MessageReader.bytes(start, count)) ?? -1
        }
        settings.on_headers_complete = { parser in MessageReader.from(parser)?.finishHead() ?? -1 }
        settings.on_body = { parser, start, count in
            MessageReader.from(parser)?.takeBody(MessageReader.bytes(start, count)) ?? -1
        }
        settings.on_message_complete = { parser in MessageReader.from(parser)?.finishMessage() ?? -1 }
        return settings
    }
}
