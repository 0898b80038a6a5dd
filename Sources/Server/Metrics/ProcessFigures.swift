import Glibc

/// What the system says of this process (proc(5)).
struct ProcessFigures {
    /// Memory in use, in bytes.
    var residentBytes: Int64 = 0
    /// Memory that it has addresses for, in bytes.
    var virtualBytes: Int64 = 0
    /// Processor time used, in seconds.
    var cpuSeconds: Double = 0

    /// Reads them now.
    static func read() -> ProcessFigures {
        var figures = ProcessFigures()
        var time = timespec()
        if clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 {
            figures.cpuSeconds = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        if let file = fopen("/proc/self/statm", "r") {
            var line = [CChar](repeating: 0, count: 128)
            if fgets(&line, Int32(line.count), file) != nil {
                let text = String(
                    decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                let pages = text.split(separator: " ").prefix(2).map { Int64($0) ?? 0 }
                let pageBytes = Int64(sysconf(Int32(_SC_PAGESIZE)))
                figures.virtualBytes = (pages.first ?? 0) * pageBytes
                figures.residentBytes = (pages.last ?? 0) * pageBytes
            }
            fclose(file)
        }
        return figures
    }

    /// What the disk of a directory has left for whoever isn't root, in bytes; nil where the system doesn't tell.
    static func freeBytes(at directory: String) -> Int64? {
        var disk = statvfs()
        guard statvfs(directory, &disk) == 0 else { return nil }
        return Int64(clamping: UInt64(disk.f_bavail) &* UInt64(disk.f_frsize))
    }
}
