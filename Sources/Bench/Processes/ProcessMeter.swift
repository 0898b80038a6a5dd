import Glibc

/// Reads what a process has used so far.
///
/// The total comes from the process's CPU clock (nanoseconds). The split by thread comes from /proc (10 ms steps):
/// the first thread is the event loop of each server measured here.
struct ProcessMeter {
    /// Processor time at one moment.
    struct Reading {
        /// Of all threads, by the process's clock.
        var totalUs: Double
        /// Of the first thread.
        var loopUs: Double
        /// Of all other threads.
        var othersUs: Double

        /// What was used between two readings.
        static func - (later: Reading, earlier: Reading) -> Reading {
            Reading(
                totalUs: later.totalUs - earlier.totalUs, loopUs: later.loopUs - earlier.loopUs,
                othersUs: later.othersUs - earlier.othersUs)
        }
    }

    /// The process.
    let pid: Int32

    /// Processor time up to now.
    func cpu() throws(BenchFailure) -> Reading {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(pid, &clock) == 0, clock_gettime(clock, &time) == 0 else {
            throw BenchFailure("the server process \(pid) is gone")
        }
        var reading = Reading(
            totalUs: Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3, loopUs: 0, othersUs: 0)
        for thread in ProcFile.threads(of: pid) {
            let used = Self.threadUs(pid, thread)
            if thread == pid { reading.loopUs += used } else { reading.othersUs += used }
        }
        return reading
    }

    /// Microseconds of processor time of this program.
    static func ownUs() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }

    /// Resident memory in KB.
    func residentKB() throws(BenchFailure) -> Int {
        let fields = ProcFile.text("/proc/\(pid)/statm")?.split(separator: " ") ?? []
        guard fields.count > 1, let pages = Int(fields[1]) else {
            throw BenchFailure("the server process \(pid) is gone")
        }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE))) / 1024
    }

    /// `utime` + `stime` of proc_pid_stat(5), fields 14 and 15; the name in field 2 may hold blanks.
    private static func threadUs(_ pid: Int32, _ thread: Int32) -> Double {
        guard let text = ProcFile.text("/proc/\(pid)/task/\(thread)/stat"),
            let nameEnd = text.lastIndex(of: ")")
        else { return 0 }
        let fields = text[text.index(after: nameEnd)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            return 0
        }
        return (user + system) * 1e6 / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
