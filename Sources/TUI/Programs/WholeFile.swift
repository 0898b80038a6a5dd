import Glibc

/// Files that appear whole or not at all.
enum WholeFile {
    /// Writes beside the file, then puts it in its place.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(ProgramFailure) {
        let beside = "\(path).\(getpid()).part"
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(path) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written >= 0 else { throw giveUp(descriptor, beside, path) }
            rest = rest.dropFirst(written)
        }
        guard fsync(descriptor) == 0 else { throw giveUp(descriptor, beside, path) }
        close(descriptor)
        guard rename(beside, path) == 0 else {
            let failure = failure(path)
            unlink(beside)
            throw failure
        }
    }

    /// Reads a small file.
    static func read(_ path: String, maxBytes: Int) throws(ProgramFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { return bytes }
            bytes += part[..<count]
            guard bytes.count <= maxBytes else { throw ProgramFailure("\(path): too long") }
        }
    }

    private static func failure(_ path: String) -> ProgramFailure {
        ProgramFailure("\(path): \(String(cString: strerror(errno)))")
    }

    private static func giveUp(_ descriptor: Int32, _ beside: String, _ path: String) -> ProgramFailure {
        let failure = failure(path)
        close(descriptor)
        unlink(beside)
        return failure
    }
}
