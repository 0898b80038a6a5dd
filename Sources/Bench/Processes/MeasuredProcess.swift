import FoundationEssentials
import Glibc
import Processes

/// A server process that lives no longer than the measurement, with a directory that goes with it.
final class MeasuredProcess {
    /// A fresh directory for whatever the process keeps.
    private let directory: String
    private let process: ChildProcess
    private var hasEnded = false

    /// The process's number.
    var pid: Int32 { process.pid }

    /// Starts a program with a fresh directory.
    ///
    /// - Parameters:
    ///   - program: its path, or a name to look up in `PATH`.
    ///   - arguments: made from the path of the fresh directory.
    init(program: String, arguments: (String) -> [String]) throws(BenchFailure) {
        let directory = try Self.makeDirectory()
        var order = ProcessOrder(program, arguments(directory + "/data"))
        order.hasOutput = true
        do throws(ProcessFailure) {
            process = try ChildProcess(order)
        } catch {
            Self.remove(directory)
            throw BenchFailure(error.description)
        }
        self.directory = directory
        Interruption.watch(directory, Self.remove)
    }

    deinit { end() }

    /// Waits for the first line the process prints.
    func firstLine(timeoutMs: Int) throws(BenchFailure) -> String {
        do throws(ProcessFailure) {
            return try process.line(withinMs: timeoutMs)
        } catch {
            let complaint = process.lastLines(3).joined(separator: " / ")
            let what =
                error == .outputClosed
                ? "ended before it listened" : "said nothing within \(timeoutMs) ms"
            throw BenchFailure("the server \(what)\(complaint.isEmpty ? "" : ": \(complaint)")")
        }
    }

    /// Kills the process, waits for its end and removes its directory.
    func end() {
        guard !hasEnded else { return }
        hasEnded = true
        _ = process.end(withinMs: 0)
        Interruption.forget(directory)
        Self.remove(directory)
    }

    private static func makeDirectory() throws(BenchFailure) -> String {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/pixelwars-bench.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw BenchFailure("cannot make a directory in \(parent): \(String(cString: strerror(errno)))")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes a directory made here.
    private static func remove(_ directory: String) {
        do {
            try FileManager.default.removeItem(atPath: directory)
        } catch {
            Report.line("\(directory) stays behind: \(error)")
        }
    }
}
