import CUV
import Glibc

/// The calling end of a host's command, for programs without a loop: it blocks.
public enum LocalCall {
    /// Sends a line to whoever listens at the socket and waits for the whole answer.
    ///
    /// - Parameters:
    ///   - line: the request, without a line's end in it.
    ///   - timeoutMs: from the call to the answer's last byte.
    ///   - maxAnswerBytes: a longer answer is an error.
    /// - Returns: the answer up to the peer's end; nil where nobody listens.
    public static func send(
        _ line: [UInt8], directory: String, name: String, timeoutMs: Int, maxAnswerBytes: Int
    ) throws(TransportError) -> [UInt8]? {
        precondition(!line.contains(0x0A), "a request is one line")
        let address = LocalAddress(directory: directory, name: name)
        guard address.status != -ENOENT else { return nil }
        guard address.status == 0 else { throw TransportError(uv: address.status, "reach \(address.path)") }
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { throw TransportError(uv: -errno, "make a socket") }
        defer { close(descriptor) }
        let wire = LocalWire(descriptor: descriptor, path: address.path, timeoutMs: timeoutMs)
        guard try wire.connect(to: address) else { return nil }
        try wire.write(line + [0x0A])
        return try wire.readToEnd(maxBytes: maxAnswerBytes)
    }
}

/// A blocking caller's socket and the time it has.
private struct LocalWire {
    let descriptor: Int32
    let path: String
    let endNs: UInt64

    init(descriptor: Int32, path: String, timeoutMs: Int) {
        self.descriptor = descriptor
        self.path = path
        // A day is longer than anybody waits, and adds up without an overflow.
        endNs = uv_hrtime() + UInt64(min(max(0, timeoutMs), 86_400_000)) * 1_000_000
    }

    /// - Returns: false where nobody listens.
    func connect(to address: LocalAddress) throws(TransportError) -> Bool {
        while true {
            // Where the listener's queue is full, only a blocking connect waits, for the time to send.
            let leftMs = try leftMs()
            var left = timeval(tv_sec: Int(leftMs / 1000), tv_usec: Int(leftMs % 1000) * 1000)
            setsockopt(
                descriptor, SOL_SOCKET, SO_SNDTIMEO, &left, socklen_t(MemoryLayout.size(ofValue: left)))
            let status = address.with { Glibc.connect(descriptor, $0, $1) == 0 ? 0 : errno }
            switch status {
            case 0: return true
            case ENOENT, ECONNREFUSED: return false
            case EINTR, EAGAIN: continue
            default: throw TransportError(uv: -status, "reach \(path)")
            }
        }
    }

    func write(_ bytes: [UInt8]) throws(TransportError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
            }
            if count >= 0 { rest = rest.dropFirst(count) } else { try waitAfterRefusal(for: POLLOUT) }
        }
    }

    func readToEnd(maxBytes: Int) throws(TransportError) -> [UInt8] {
        var answer: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = recv(descriptor, &part, part.count, Int32(MSG_DONTWAIT))
            if count == 0 { return answer }
            guard count > 0 else {
                try waitAfterRefusal(for: POLLIN)
                continue
            }
            guard answer.count + count <= maxBytes else {
                throw TransportError(.tooLarge, "the answer from \(path) has more than \(maxBytes) bytes")
            }
            answer += part[..<count]
        }
    }

    /// Waits until the socket is ready, where it wasn't; any other refusal is an error.
    private func waitAfterRefusal(for events: Int32) throws(TransportError) {
        let number = errno
        guard number == EAGAIN || number == EINTR else {
            throw TransportError(uv: -number, "exchange with \(path)")
        }
        var watched = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        // Interrupted or not, the caller tries again and finds out; the time left is counted anew.
        poll(&watched, 1, Int32(clamping: try leftMs()))
    }

    /// The milliseconds left, rounded up.
    private func leftMs() throws(TransportError) -> Int64 {
        let now = uv_hrtime()
        guard now < endNs else { throw TransportError(.timedOut, "no whole answer from \(path) in time") }
        return Int64((endNs - now + 999_999) / 1_000_000)
    }
}
