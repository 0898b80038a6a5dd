import Glibc
import Protocol

/// A recording of what the terminal shows, as asciicast v2: a header, then one event a line.
///
/// It is written as it goes on, through a buffer with a limit. A disk that is full ends the recording and nothing else.
final class Recording {
    private let path: String
    private let beganNs: Int64
    private var descriptor: Int32
    private var buffer: [UInt8]
    private var flushedNs: Int64
    /// Why it ended before its time.
    private(set) var failure: String?

    /// So much is kept back for one write.
    private static let chunkBytes = 32 * 1024
    /// A reader that takes nothing (a pipe's) may keep so much waiting.
    private static let maxBufferBytes = 4 << 20
    private static let maxDelayNs: Int64 = 1_000_000_000

    /// Begins a new file, or writes to a pipe that is there; a file that is there stays as it is.
    init(
        path: String, columns: Int, rows: Int, term: String, nowNs: Int64, secondsSince1970: Int = time(nil)
    ) throws(ProgramFailure) {
        // Not to wait for a pipe's reader.
        let flags = O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
        descriptor = open(path, flags | O_CREAT | O_EXCL, 0o644)
        if descriptor < 0, errno == EEXIST, !Self.isFile(path) { descriptor = open(path, flags) }
        guard descriptor >= 0 else {
            throw ProgramFailure(
                "can't record to \(PlayerName.displayed(path)): \(String(cString: strerror(errno)))")
        }
        self.path = path
        beganNs = nowNs
        flushedNs = nowNs
        buffer = CastLine.header(columns: columns, rows: rows, term: term, secondsSince1970: secondsSince1970)
    }

    deinit { close() }

    /// Whether what is there holds something that would be lost.
    private static func isFile(_ path: String) -> Bool {
        var found = stat()
        let isKnown = stat(path, &found) == 0
        // The call of `open` says what is wrong.
        errno = EEXIST
        return !isKnown || found.st_mode & S_IFMT == S_IFREG
    }

    /// Adds what a frame put on the terminal.
    func frame(_ bytes: some Sequence<UInt8>, nowNs: Int64) {
        add(
            CastLine.event("o", String(decoding: Array(bytes), as: UTF8.self), afterNs: nowNs - beganNs),
            nowNs: nowNs)
    }

    /// Adds that the window has another size.
    func resize(columns: Int, rows: Int, nowNs: Int64) {
        add(CastLine.event("r", "\(columns)x\(rows)", afterNs: nowNs - beganNs), nowNs: nowNs)
    }

    /// When what is kept back is to be on the disk; nil where nothing is.
    var dueNs: Int64? { buffer.isEmpty ? nil : flushedNs + Self.maxDelayNs }

    /// Writes what was kept back for long enough.
    func keepUp(nowNs: Int64) {
        guard let dueNs, dueNs <= nowNs else { return }
        write(nowNs: nowNs)
    }

    /// Writes what is left and closes the file.
    func close() {
        guard descriptor >= 0 else { return }
        flush()
        if failure == nil, !buffer.isEmpty { end("nobody reads it") }
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    private func add(_ line: [UInt8], nowNs: Int64) {
        guard descriptor >= 0 else { return }
        buffer += line
        guard buffer.count >= Self.chunkBytes || nowNs - flushedNs >= Self.maxDelayNs else { return }
        write(nowNs: nowNs)
    }

    private func write(nowNs: Int64) {
        flushedNs = nowNs
        flush()
        if buffer.count > Self.maxBufferBytes { end("nobody reads it") }
    }

    private func flush() {
        var done = 0
        while done < buffer.count {
            let count = buffer[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { break }
            guard count > 0 else {
                end(String(cString: strerror(errno)))
                return
            }
            done += count
        }
        buffer.removeFirst(done)
    }

    private func end(_ reason: String) {
        failure = "the recording in \(PlayerName.displayed(path)) ended early: \(reason)"
        Glibc.close(descriptor)
        descriptor = -1
        buffer = []
    }
}

/// The lines of an asciicast (docs.asciinema.org/manual/asciicast/v2).
enum CastLine {
    /// The first line: what was recorded, and where.
    static func header(columns: Int, rows: Int, term: String, secondsSince1970: Int) -> [UInt8] {
        bytes(
            .fields([
                ("version", .number("2")), ("width", .number("\(columns)")), ("height", .number("\(rows)")),
                ("timestamp", .number("\(secondsSince1970)")), ("env", .fields([("TERM", .text(term))])),
            ]))
    }

    /// One event: seconds since the beginning, its kind, its text.
    static func event(_ kind: String, _ text: String, afterNs: Int64) -> [UInt8] {
        let microseconds = max(afterNs, 0) / 1000
        let rest = "\(microseconds % 1_000_000)"
        let zeros = String(repeating: "0", count: 6 - rest.count)
        return bytes(
            .list([.number("\(microseconds / 1_000_000).\(zeros)\(rest)"), .text(kind), .text(text)]))
    }

    private static func bytes(_ json: OrderedJSON) -> [UInt8] { Array((json.line + "\n").utf8) }
}
