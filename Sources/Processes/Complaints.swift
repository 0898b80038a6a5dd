import Glibc

/// What a process writes to its standard error, of which the end is kept.
struct Complaints {
    /// More than a line with an address and a key, so that none is cut where it couldn't be told any more.
    private static let maxBytes = 8 * 1024

    /// The file, or the pipe's end to read from.
    private let descriptor: Int32
    private let kind: ProcessOrder.Complaints
    /// The end of what came through the pipe.
    private var kept: [UInt8] = []
    private var isOver = false

    /// Takes a descriptor over.
    init(_ descriptor: Int32, _ kind: ProcessOrder.Complaints) {
        self.descriptor = descriptor
        self.kind = kind
        if kind == .pipe { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
    }

    /// What poll(2) may wait for; nothing where no more can come.
    var awaited: Int32 {
        switch kind {
        case .file: -1
        case .pipe: isOver ? -1 : descriptor
        }
    }

    /// Takes what has come.
    mutating func read() {
        guard awaited >= 0 else { return }
        var part = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Glibc.read(descriptor, &part, part.count)
            guard count > 0 else {
                isOver = count == 0
                return
            }
            kept += part[..<count]
            kept.removeFirst(max(0, kept.count - Self.maxBytes))
        }
    }

    /// The last lines, in their order.
    func lines(_ count: Int) -> [String] {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).suffix(count).map(String.init)
    }

    private var bytes: [UInt8] {
        switch kind {
        case .pipe: return kept
        case .file:
            let start = max(0, lseek(descriptor, 0, SEEK_END) - Self.maxBytes)
            var bytes = [UInt8](repeating: 0, count: Self.maxBytes)
            let count = pread(descriptor, &bytes, bytes.count, start)
            return Array(bytes.prefix(max(0, count)))
        }
    }

    func close() {
        Glibc.close(descriptor)
    }
}
