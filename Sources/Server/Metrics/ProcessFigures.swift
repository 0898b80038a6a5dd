import Glibc

/// What the system says of this process (proc(5)).
struct ProcessFigures {
    /// Memory in use, in bytes.
    var residentBytes: Int64 = 0
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
                let pages = text.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0
                figures.residentBytes = pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
            }
            fclose(file)
        }
        return figures
    }
}
